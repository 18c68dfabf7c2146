import { isTooFarAhead } from '../../shared/clock.ts';
import { encodeFrame } from '../../shared/protocol/frame.ts';
import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import {
  MAX_FRAME_BYTES,
  MAX_PUSH_ROWS,
  MAX_SEALED_BYTES,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
} from '../../shared/protocol/limits.ts';
import type { Push } from '../../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { latestClock } from '../../shared/row.ts';
import type { PendingRow, RowName } from '../db/sync-store.ts';
import { jitteredMs } from './back-off.ts';
import { wait } from './deps.ts';
import { holdBack, nameOf, readHeldBack, releaseInTime } from './held-back.ts';
import { settleResults, type Overrides } from './push-results.ts';
import { sealRow, type SealedRow } from './row-codec.ts';
import { correctedNow, timed, type Session, type StepProblem } from './session.ts';

export interface Pushed {
  /** The worker's head after the last batch; null when there was nothing to send. */
  readonly head: number | null;
  readonly isOverQuota: boolean;
  /** Some rows are still waiting: another device was faster each time. */
  readonly isContended: boolean;
}

const badAnswer: StepProblem = { code: 'bad-answer' };

/** Losing the race this often in a row is left for later. */
const MAX_ROUNDS_LOST = 8;
const RETRY_BASE_MS = 40;
/** The header's own members, without its rows. */
const FRAME_OVERHEAD_BYTES = 256;

/** Sends the outbox, batch by batch, until nothing is left that the worker would take. */
export async function pushAll(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<Pushed, StepProblem>> {
  const { deps, memory } = session;
  const overrides: Overrides = new Map();
  let head: number | null = null;
  let roundsLost = 0;
  let prepared: readonly SealedRow[] | null = null;
  await releaseInTime(memory, deps.now());
  for (;;) {
    const next = prepared ? succeed(prepared) : await nextBatch(session);
    if (!next.ok) return next;
    const batch = next.value;
    if (batch.length === 0) return succeed({ head, isOverQuota: false, isContended: false });
    const sending = sendBatch(session, epoch, batch, overrides);
    const coming = prepareBehind(session, batch);
    const answer = await sending;
    if (!answer.ok) return answer;
    const { header } = answer.value;
    const settled = await settleResults(session, batch, answer.value, overrides);
    prepared = await coming;
    // The answer may have shown that this device's clock is ahead.
    const nowMs = await correctedNow(session);
    if (settled.conflicts > 0 || prepared?.some(({ pending }) => isAhead(pending, nowMs))) {
      prepared = null;
    }
    head = header.head;
    if (settled.needsState) return fail({ code: 'state-behind' });
    if (settled.isOverQuota) return succeed({ head, isOverQuota: true, isContended: false });
    roundsLost = settled.conflicts > 0 ? roundsLost + 1 : 0;
    if (settled.needsPull || roundsLost > MAX_ROUNDS_LOST) {
      return succeed({ head, isOverQuota: false, isContended: true });
    }
    // Most often a batch takes everything that waits; to look for more is to read all of it.
    const isLast = !prepared && settled.conflicts === 0;
    if (isLast && (await deps.store.pendingCount()) === 0) {
      return succeed({ head, isOverQuota: false, isContended: false });
    }
    if (roundsLost > 1) await wait(deps, jitteredMs(RETRY_BASE_MS, roundsLost, deps.randomBytes));
  }
}

const isAhead = ({ row }: PendingRow, nowMs: number): boolean =>
  isTooFarAhead(latestClock(row.meta), nowMs);

interface Waiting {
  readonly ready: readonly PendingRow[];
  /** Every other device would set these aside. */
  readonly ahead: readonly PendingRow[];
}

/** `after`: only what is queued behind that row. */
async function readWaiting(session: Session, after?: RowName): Promise<Waiting> {
  const { deps, memory } = session;
  const held = await readHeldBack(memory);
  const nowMs = await correctedNow(session);
  const queued = await deps.store.pendingRows(MAX_PUSH_ROWS + Object.keys(held).length, after);
  const waiting = queued.filter((row) => held[nameOf(row)]?.stamp !== row.stamp);
  return {
    ahead: waiting.filter((row) => isAhead(row, nowMs)),
    ready: waiting.filter((row) => !isAhead(row, nowMs)),
  };
}

/**
 * Is it the stamps that are ahead, or was this device's clock set back since it was last compared?
 * The worker is asked before any stamp is touched: one that others know must stay as it is.
 */
async function putStampsRight(session: Session): Promise<Outcome<Waiting, StepProblem>> {
  const status = await timed(session, session.api.status);
  if (!status.ok) return status;
  // The worker's own word: this device's clock may have been set again since it was compared.
  await session.deps.store.restampAhead(status.value.serverTimeMs);
  return succeed(await readWaiting(session));
}

/** Sealed step by step, since whoever draws has the same thread. */
const SEALED_AT_ONCE = 200;

interface Sealed {
  /** As many as one batch and one frame hold. */
  readonly batch: readonly SealedRow[];
  readonly tooLarge: readonly PendingRow[];
}

async function sealSome({ deps, member }: Session, rows: readonly PendingRow[]): Promise<Sealed> {
  const { keys, identity } = member;
  const batch: SealedRow[] = [];
  const tooLarge: PendingRow[] = [];
  const end = Math.min(rows.length, MAX_PUSH_ROWS);
  let bytes = FRAME_OVERHEAD_BYTES;
  for (let at = 0; at < end && bytes <= MAX_FRAME_BYTES; at += SEALED_AT_ONCE) {
    const sealing = rows
      .slice(at, Math.min(end, at + SEALED_AT_ONCE))
      .map((row) => sealRow(keys, identity.device, row, deps.randomBytes));
    for (const row of await Promise.all(sealing)) {
      const size = row.sealed.length;
      if (size > MAX_SEALED_BYTES) tooLarge.push(row.pending);
      else if ((bytes += size + ROW_HEADER_BYTES) <= MAX_FRAME_BYTES) batch.push(row);
    }
  }
  return { batch, tooLarge };
}

/**
 * What is queued behind a large batch, read and sealed while the worker is busy with that one. It
 * changes nothing and may be thrown away. Null: nothing is there, or something has to be put right
 * first.
 */
async function prepareBehind(
  session: Session,
  rows: readonly SealedRow[],
): Promise<readonly SealedRow[] | null> {
  if (rows.length < Math.min(SEALED_AT_ONCE, MAX_PUSH_ROWS)) return null;
  const { pending } = rows.reduce((a, b) => (nameOf(a.pending) > nameOf(b.pending) ? a : b));
  try {
    const { ahead, ready } = await readWaiting(session, pending);
    if (ahead.length > 0 || ready.length === 0) return null;
    const { batch, tooLarge } = await sealSome(session, ready);
    return tooLarge.length > 0 ? null : batch;
  } catch {
    // Whatever it is, it will be met again when the same is done in its turn.
    return null;
  }
}

/** As many sealed rows as fit one frame. */
async function nextBatch(session: Session): Promise<Outcome<readonly SealedRow[], StepProblem>> {
  const found = await readWaiting(session);
  const waiting = found.ahead.length > 0 ? await putStampsRight(session) : succeed(found);
  if (!waiting.ok) return waiting;
  const { ahead, ready } = waiting.value;
  await holdBack(
    session,
    ahead.map((row) => ({ row, reason: 'too-far-ahead' as const })),
  );
  const { batch, tooLarge } = await sealSome(session, ready);
  await holdBack(
    session,
    tooLarge.map((row) => ({ row, reason: 'too-large' as const })),
  );
  // Nothing to send, but only because all of it was just held back: look at what is queued behind.
  const isAllHeld = batch.length === 0 && ahead.length + tooLarge.length > 0;
  return isAllHeld ? nextBatch(session) : succeed(batch);
}

async function sendBatch(
  session: Session,
  epoch: StorageEpoch,
  batch: readonly SealedRow[],
  overrides: Overrides,
) {
  const { memory, api } = session;
  const cursor = (await memory.read('sync-cursor')) ?? 0;
  const attempt = async (number: number) => {
    const push: Push = {
      v: PROTOCOL_VERSION,
      type: 'push',
      batch: number,
      epoch,
      cursor,
      rows: batch.map(({ pending, rkey, lane, hash, dead, sealed }) => ({
        rkey,
        lane,
        seq: overrides.get(nameOf(pending)) ?? pending.seq,
        hash,
        dead,
        size: sealed.length,
      })),
    };
    const frame = encodeFrame(
      push,
      batch.map(({ sealed }) => sealed),
    );
    const request = async () => {
      const answer = await timed(session, () => api.push(frame));
      // Another batch's results say nothing about these rows.
      return answer.ok && answer.value.header.batch !== number ? fail(badAnswer) : answer;
    };
    // Stored with what it achieves, not before: a number that a restart has forgotten is refused
    // and the last one named, and is never taken for another batch, whose bytes differ.
    memory.note('sync-batch', number);
    const answer = await request();
    // The answer may be all that was lost; the same number with the same bytes gets it again.
    return !answer.ok && answer.error.code === 'offline' && !session.signal.aborted
      ? request()
      : answer;
  };
  const answer = await attempt(((await memory.read('sync-batch')) ?? 0) + 1);
  // This device's memory is older than the worker's (restored from a backup): carry on from there.
  return !answer.ok && answer.error.code === 'batch-number-used'
    ? attempt(answer.error.last + 1)
    : answer;
}
