import { isTooFarAhead } from '../../shared/clock.ts';
import { latestHlc } from '../../shared/merge.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import { unpackRow } from '../../shared/row.ts';
import type { RemoteRow } from '../db/sync-store.ts';
import { releaseHeldBack } from './held-back.ts';
import { openRow } from './row-codec.ts';
import { correctedNow, type Session } from './session.ts';
import { read, write, type SetAside } from './store-keys.ts';

export interface Received {
  readonly rkey: RowKey;
  readonly seq: number;
  readonly sealed: Bytes;
}

/** What became of each received row, by its key: applied, or why it was set aside. */
export type TakenIn = ReadonlyMap<RowKey, 'applied' | SetAside['reason']>;

/**
 * Opens rows, merges what can be read, and moves the cursor in the same transaction. What cannot be
 * read is noted *before* that: once the cursor has passed a row, only the note leads back to it.
 */
export async function takeIn(
  { deps, member }: Session,
  received: readonly Received[],
  cursor: number | null,
): Promise<TakenIn> {
  const { store } = deps;
  const nowMs = await correctedNow(deps);
  const opened = await Promise.all(
    received.map(({ rkey, seq, sealed }) => openRow(member.keys, rkey, seq, sealed)),
  );
  const outcome = new Map<RowKey, 'applied' | SetAside['reason']>();
  const rows: RemoteRow[] = [];
  opened.forEach((row, index) => {
    const rkey = received[index]?.rkey;
    if (rkey === undefined) return;
    if (!row.ok) outcome.set(rkey, row.error);
    else if (isAhead(row.value, nowMs)) outcome.set(rkey, 'too-far-ahead');
    else {
      outcome.set(rkey, 'applied');
      rows.push(row.value);
    }
  });
  await noteSetAside(deps.store, received, outcome);
  await store.applyRemote(rows, cursor, nowMs);
  await clearSetAside(store, outcome);
  await releaseHeldBack(store, rows);
  return outcome;
}

function isAhead({ row }: RemoteRow, nowMs: number): boolean {
  const latest = latestHlc(unpackRow(row));
  return latest === null || isTooFarAhead(latest, nowMs);
}

type Store = Session['deps']['store'];

async function noteSetAside(
  store: Store,
  received: readonly Received[],
  outcome: TakenIn,
): Promise<void> {
  const added: Record<RowKey, SetAside> = {};
  for (const { rkey, seq } of received) {
    const reason = outcome.get(rkey);
    if (reason !== undefined && reason !== 'applied') added[rkey] = { seq, reason };
  }
  if (Object.keys(added).length === 0) return;
  await write(store, 'sync-set-aside', { ...(await read(store, 'sync-set-aside')), ...added });
}

async function clearSetAside(store: Store, outcome: TakenIn): Promise<void> {
  const noted = await read(store, 'sync-set-aside');
  if (!noted) return;
  const kept = Object.entries(noted).filter(([rkey]) => outcome.get(rkey as RowKey) !== 'applied');
  if (kept.length < Object.keys(noted).length) {
    await write(store, 'sync-set-aside', Object.fromEntries(kept));
  }
}
