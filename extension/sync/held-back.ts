import type { PendingRow, SyncStore } from '../db/sync-store.ts';
import { read, write, type HeldBack } from './store-keys.ts';

/** Table names and ids may hold anything but a line break between them. */
export const nameOf = ({ table, id }: { readonly table: string; readonly id: string }): string =>
  `${table}\n${id}`;

export const readHeldBack = async (store: SyncStore): Promise<Readonly<Record<string, HeldBack>>> =>
  (await read(store, 'sync-held-back')) ?? {};

export async function holdBack(
  store: SyncStore,
  rows: readonly { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[],
): Promise<void> {
  if (rows.length === 0) return;
  const added = rows.map(({ row, reason }) => [nameOf(row), { stamp: row.stamp, reason }] as const);
  await write(store, 'sync-held-back', {
    ...(await readHeldBack(store)),
    ...Object.fromEntries(added),
  });
}

/** After a merge the worker's version is known again, so the row may be tried again. */
export async function releaseHeldBack(
  store: SyncStore,
  rows: readonly { readonly table: string; readonly id: string }[],
): Promise<void> {
  const held = await readHeldBack(store);
  const released = new Set(rows.map(nameOf));
  await keepOnly(store, held, ([name]) => !released.has(name));
}

/** Time alone makes a stamp believable: each exchange looks at these anew. */
export const releaseTooFarAhead = async (store: SyncStore): Promise<void> =>
  keepOnly(store, await readHeldBack(store), ([, { reason }]) => reason !== 'too-far-ahead');

async function keepOnly(
  store: SyncStore,
  held: Readonly<Record<string, HeldBack>>,
  isKept: (entry: [string, HeldBack]) => boolean,
): Promise<void> {
  const kept = Object.entries(held).filter(isKept);
  if (kept.length < Object.keys(held).length) {
    await write(store, 'sync-held-back', Object.fromEntries(kept));
  }
}
