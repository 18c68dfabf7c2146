import { isTooFarAhead, type Stamp } from '../../shared/clock.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import type { PushResult } from '../../shared/protocol/messages.ts';
import { latestClock } from '../../shared/row.ts';
import { readEnvelopeHeader } from '../../shared/seal.ts';
import type { AcknowledgedRow, PendingRow } from '../db/sync-store.ts';
import { holdBack, nameOf, releaseHeldBack } from './held-back.ts';
import type { SealedRow } from './row-codec.ts';
import { correctedNow, type Session } from './session.ts';
import type { HeldBack } from './store-keys.ts';
import { takeIn, type Received } from './take-in.ts';
import type { Framed } from './worker-request.ts';

/**
 * Versions to build on whatever is stored here, by `nameOf`; good for one exchange. What stands at the
 * worker is for the worker to say: a number that was made up must not keep a row out for ever.
 */
export type Overrides = Map<string, number>;

export interface Settled {
  readonly conflicts: number;
  readonly isOverQuota: boolean;
  /** A winning version did not come along. */
  readonly needsPull: boolean;
  /** The newest signed state began a key epoch, or made this a viewer's device. */
  readonly needsState: boolean;
}

/** Earlier than any other: acknowledges a version's number without taking the row out of the outbox. */
const NO_STAMP = '0'.repeat(32) as Stamp;

/** Each row has its own result, so that one bad row never holds up the rest. */
export async function settleResults(
  session: Session,
  batch: readonly SealedRow[],
  { header, blobs }: Framed<PushResult>,
  overrides: Overrides,
): Promise<Settled> {
  const acknowledged: AcknowledgedRow[] = [];
  const conflicts: { readonly row: SealedRow; readonly winner: number }[] = [];
  const refused: { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[] = [];
  let isOverQuota = false;
  let needsPull = false;
  let needsState = false;
  const nowMs = await correctedNow(session);
  batch.forEach((row, index) => {
    const { pending, rkey, hash } = row;
    const { table, id, stamp } = pending;
    const result = header.results[index];
    switch (result?.status) {
      case 'accepted':
      case 'same':
        overrides.delete(nameOf(pending));
        // The clock was ahead when it was sent, as the answer has just shown: nobody takes it in, so
        // it stays queued, to be put right and sent again in place of this version.
        acknowledged.push({
          table,
          id,
          stamp: isTooFarAhead(latestClock(pending.row.meta), nowMs) ? NO_STAMP : stamp,
          seq: result.seq,
          rkey,
          hash,
        });
        break;
      case 'conflict':
        if (result.size > 0) conflicts.push({ row, winner: index });
        else needsPull = true;
        break;
      case 'refused':
        if (result.reason === 'quota-bytes' || result.reason === 'quota-rows') isOverQuota = true;
        else if (result.reason === 'old-key-epoch' || result.reason === 'read-only') {
          needsState = true;
        } else {
          const reason = result.reason === 'too-large' ? 'too-large' : 'refused';
          refused.push({ row: pending, reason });
        }
        break;
      case undefined:
        // A result is missing: the row stays queued and is fetched and sent again.
        needsPull = true;
    }
  });
  await acknowledge(session, acknowledged, header);
  await forgetSetAside(session, acknowledged);
  await releaseHeldBack(session.memory, acknowledged);
  await holdBack(session, refused);
  const winners = conflicts.flatMap(({ row, winner }) => {
    const result = header.results[winner];
    const sealed = blobs[winner];
    if (result?.status !== 'conflict' || !sealed) return [];
    return [{ row, received: { rkey: row.rkey, seq: result.seq, hash: result.hash, sealed } }];
  });
  await mergeWinners(session, winners, overrides);
  return { conflicts: conflicts.length, isOverQuota, needsPull, needsState };
}

/** What stood there and could not be read is there no more: ours has taken its place. */
async function forgetSetAside(
  { memory }: Session,
  rows: readonly AcknowledgedRow[],
): Promise<void> {
  const noted = (await memory.read('sync-set-aside')) ?? {};
  const replaced = new Set(rows.map(({ rkey }) => rkey));
  const kept = Object.entries(noted).filter(([rkey]) => !replaced.has(rkey as RowKey));
  if (kept.length < Object.keys(noted).length) {
    await memory.write('sync-set-aside', Object.fromEntries(kept));
  }
}

/** Everything up to `before` was here and the rest is this batch: there is nothing to fetch. */
async function acknowledge(
  { memory, deps }: Session,
  rows: readonly AcknowledgedRow[],
  { batch, before, head }: PushResult,
): Promise<void> {
  const isNext = (await memory.read('sync-cursor')) === before;
  await deps.store.acknowledge(rows, {
    cursor: isNext ? head : null,
    set: { 'sync-batch': batch },
  });
  if (isNext) memory.note('sync-cursor', head);
}

async function mergeWinners(
  session: Session,
  winners: readonly { readonly row: SealedRow; readonly received: Received }[],
  overrides: Overrides,
): Promise<void> {
  if (winners.length === 0) return;
  const fates = await takeIn(
    session,
    winners.map(({ received }) => received),
    { cursor: null },
  );
  const { member } = session;
  const held: { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[] = [];
  for (const { row, received } of winners) {
    const fate = fates.get(row.rkey);
    const isOurs = readEnvelopeHeader(received.sealed)?.device === member.identity.device;
    if (fate === 'applied' || fate === 'not-authentic' || (fate === 'too-far-ahead' && isOurs)) {
      // It is part of ours now; or no device of this workspace wrote it; or this one did, with a clock
      // that was ahead. Nothing is lost by putting ours in its place.
      overrides.set(nameOf(row.pending), received.seq);
    } else {
      held.push({ row: row.pending, reason: 'unreadable-there' });
    }
  }
  await holdBack(session, held);
}
