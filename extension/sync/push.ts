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
    const next = await nextBatch(session, prepared);
    if (!next.ok) return next;
    const batch = next.value;
    if (batch.length === 0) return succeed({ head, isOverQuota: false, isContended: false });
    const sending = sendBatch(session, epoch, batch, overrides);
    const coming = prepareBehind(session, batch);
    const answer = await sending;
    if (!answer.ok) return answer;
    const { header } = answer.value;
    const settled = await settleResults(session, batch, answer.value, overrides);
    prepared = settled.conflicts > 0 ? null : await stillBelievable(session, await coming);
    head = header.head;
    if (settled.needsState) return fail({ code: 'state-behind' });
    if (settled.isOverQuota) return succeed({ head, isOverQuota: true, isContended: false });
    roundsLost = settled.conflicts > 0 ? roundsLost + 1 : 0;
    if (settled.needsPull || roundsLost > MAX_ROUNDS_LOST) {
      return succeed({ head, isOverQuota: false, isContended: true });
    }
    // A batch that was not full took everything that waits.
    const isLast = batch.length < MAX_PUSH_ROWS && settled.conflicts === 0;
    if (isLast && (await deps.store.pendingCount()) === 0) {
      return succeed({ head, isOverQuota: false, isContended: false });
    }
    if (roundsLost > 1) await wait(deps, jitteredMs(RETRY_BASE_MS, roundsLost, deps.randomBytes));
  }
}

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
  const [ahead, ready] = partition(waiting, ({ row }) =>
    isTooFarAhead(latestClock(row.meta), nowMs),
  );
  return { ahead, ready };
}

const nothing: Waiting = { ready: [], ahead: [] };

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

/** As many as may go in one batch, or somewhat more than fit one frame. */
async function sealSome(
  { deps, member }: Session,
  rows: readonly PendingRow[],
): Promise<readonly SealedRow[]> {
  const { keys, identity } = member;
  const sealed: SealedRow[] = [];
  let bytes = 0;
  while (sealed.length < Math.min(rows.length, MAX_PUSH_ROWS) && bytes < MAX_FRAME_BYTES) {
    const some = rows.slice(0, MAX_PUSH_ROWS).slice(sealed.length, sealed.length + SEALED_AT_ONCE);
    const next = await Promise.all(
      some.map((row) => sealRow(keys, identity.device, row, deps.randomBytes)),
    );
    for (const row of next) bytes += row.sealed.length + ROW_HEADER_BYTES;
    sealed.push(...next);
  }
  return sealed;
}

/**
 * What is queued behind a large batch, read and sealed while the worker is busy with that one. It
 * changes nothing and may be thrown away. Null: nothing is there, or something is to be put right
 * before it is sealed.
 */
async function prepareBehind(
  session: Session,
  batch: readonly SealedRow[],
): Promise<readonly SealedRow[] | null> {
  if (batch.length < Math.min(SEALED_AT_ONCE, MAX_PUSH_ROWS)) return null;
  const names = batch.map(({ pending }) => nameOf(pending));
  const last = batch[names.indexOf(names.toSorted().at(-1) ?? '')]?.pending;
  try {
    const { ahead, ready } = await readWaiting(session, last);
    return ahead.length > 0 || ready.length === 0 ? null : await sealSome(session, ready);
  } catch {
    // Whatever it is, it will be met again when the same is done in its turn.
    return null;
  }
}

/** The last answer may have shown that this device's clock is ahead. */
async function stillBelievable(
  session: Session,
  prepared: readonly SealedRow[] | null,
): Promise<readonly SealedRow[] | null> {
  const nowMs = await correctedNow(session);
  const isAhead = prepared?.some(({ pending }) =>
    isTooFarAhead(latestClock(pending.row.meta), nowMs),
  );
  return isAhead === true ? null : prepared;
}

/** As many sealed rows as fit one frame. */
async function nextBatch(
  session: Session,
  prepared: readonly SealedRow[] | null,
): Promise<Outcome<readonly SealedRow[], StepProblem>> {
  const found = prepared ? nothing : await readWaiting(session);
  const waiting = found.ahead.length > 0 ? await putStampsRight(session) : succeed(found);
  if (!waiting.ok) return waiting;
  const { ahead, ready } = waiting.value;
  await holdBack(
    session,
    ahead.map((row) => ({ row, reason: 'too-far-ahead' as const })),
  );
  const sealed = prepared ?? (await sealSome(session, ready));
  const [tooLarge, sendable] = partition(sealed, (row) => row.sealed.length > MAX_SEALED_BYTES);
  await holdBack(
    session,
    tooLarge.map(({ pending }) => ({ row: pending, reason: 'too-large' as const })),
  );
  let bytes = FRAME_OVERHEAD_BYTES;
  const fitting = sendable.filter((row) => {
    bytes += row.sealed.length + ROW_HEADER_BYTES;
    return bytes <= MAX_FRAME_BYTES;
  });
  // Nothing to send, but only because all of it was just held back: look at what is queued behind.
  const isAllHeld = fitting.length === 0 && ahead.length + tooLarge.length > 0;
  return isAllHeld ? nextBatch(session, null) : succeed(fitting);
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

function partition<Item>(
  items: readonly Item[],
  isFirst: (item: Item) => boolean,
): [Item[], Item[]] {
  const first: Item[] = [];
  const second: Item[] = [];
  for (const item of items) (isFirst(item) ? first : second).push(item);
  return [first, second];
}
