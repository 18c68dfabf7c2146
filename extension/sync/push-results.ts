import type { PushResult } from '../../shared/protocol/messages.ts';
import type { AcknowledgedRow, PendingRow } from '../db/sync-store.ts';
import { holdBack, nameOf, releaseHeldBack } from './held-back.ts';
import type { SealedRow } from './row-codec.ts';
import { correctedNow, type Session } from './session.ts';
import { read, type HeldBack } from './store-keys.ts';
import { takeIn, type Received } from './take-in.ts';
import type { Framed } from './worker-request.ts';

/** Versions to build on although they could not be merged, by `nameOf`; good for one exchange. */
export type Overrides = Map<string, number>;

export interface Settled {
  readonly conflicts: number;
  readonly isOverQuota: boolean;
  /** A winning version was too large to come along. */
  readonly needsPull: boolean;
}

/** Each row has its own result, so that one bad row never holds up the rest. */
export async function settleResults(
  session: Session,
  batch: readonly SealedRow[],
  { header, blobs }: Framed<PushResult>,
  overrides: Overrides,
): Promise<Settled> {
  const acknowledged: AcknowledgedRow[] = [];
  const conflicts: { readonly row: SealedRow; readonly winner: Received }[] = [];
  const refused: { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[] = [];
  let isOverQuota = false;
  let needsPull = false;
  batch.forEach((row, index) => {
    const { pending, rkey } = row;
    const { table, id, stamp } = pending;
    const result = header.results[index];
    switch (result?.status) {
      case 'accepted':
      case 'same':
        acknowledged.push({ table, id, stamp, seq: result.seq, rkey, hash: row.hash });
        break;
      case 'conflict': {
        const sealed = blobs[index];
        if (sealed && sealed.length > 0) {
          conflicts.push({ row, winner: { rkey, seq: result.seq, sealed } });
        } else needsPull = true;
        break;
      }
      case 'refused':
        if (result.reason === 'quota-bytes' || result.reason === 'quota-rows') isOverQuota = true;
        else {
          const reason = result.reason === 'too-large' ? 'too-large' : 'refused';
          refused.push({ row: pending, reason });
        }
        break;
      case undefined:
        // A result is missing: the row stays queued and is fetched and sent again.
        needsPull = true;
    }
  });
  await session.deps.store.acknowledge(acknowledged);
  await releaseHeldBack(session.deps.store, acknowledged);
  await holdBack(session.deps.store, refused);
  await skipOwnEcho(session, header);
  await mergeWinners(session, conflicts, overrides);
  return { conflicts: conflicts.length, isOverQuota, needsPull };
}

/** Everything up to `before` was here and the rest is this batch: there is nothing to fetch. */
async function skipOwnEcho({ deps }: Session, { before, head }: PushResult): Promise<void> {
  const cursor = await read(deps.store, 'sync-cursor');
  if (cursor === before && head > before) {
    await deps.store.applyRemote([], head, await correctedNow(deps));
  }
}

async function mergeWinners(
  session: Session,
  conflicts: readonly { readonly row: SealedRow; readonly winner: Received }[],
  overrides: Overrides,
): Promise<void> {
  if (conflicts.length === 0) return;
  const taken = await takeIn(
    session,
    conflicts.map(({ winner }) => winner),
    null,
  );
  const held: { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[] = [];
  for (const { row, winner } of conflicts) {
    const outcome = taken.get(row.rkey);
    if (outcome === 'not-authentic') {
      // No device of this workspace wrote that, so nothing is lost by putting ours in its place.
      overrides.set(nameOf(row.pending), winner.seq);
    } else if (outcome !== 'applied') {
      held.push({ row: row.pending, reason: 'unreadable-there' });
    }
  }
  await holdBack(session.deps.store, held);
}
