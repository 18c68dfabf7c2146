import type { PendingRow } from '../db/sync-store.ts';
import type { Memory } from './memory.ts';
import type { HeldBack } from './store-keys.ts';

/** Table names and ids may hold anything but a line break between them. */
export const nameOf = ({ table, id }: { readonly table: string; readonly id: string }): string =>
  `${table}\n${id}`;

export const readHeldBack = async (memory: Memory): Promise<Readonly<Record<string, HeldBack>>> =>
  (await memory.read('sync-held-back')) ?? {};

export async function holdBack(
  memory: Memory,
  rows: readonly { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[],
): Promise<void> {
  if (rows.length === 0) return;
  const added = rows.map(({ row, reason }) => [nameOf(row), { stamp: row.stamp, reason }] as const);
  await memory.write('sync-held-back', {
    ...(await readHeldBack(memory)),
    ...Object.fromEntries(added),
  });
}

/** After a merge the worker's version is known again, so the row may be tried again. */
export async function releaseHeldBack(
  memory: Memory,
  rows: readonly { readonly table: string; readonly id: string }[],
): Promise<void> {
  const held = await readHeldBack(memory);
  if (Object.keys(held).length === 0) return;
  const released = new Set(rows.map(nameOf));
  await keepOnly(memory, held, ([name]) => !released.has(name));
}

/** Time alone makes a stamp believable: each exchange looks at these anew. */
export const releaseTooFarAhead = async (memory: Memory): Promise<void> =>
  keepOnly(memory, await readHeldBack(memory), ([, { reason }]) => reason !== 'too-far-ahead');

async function keepOnly(
  memory: Memory,
  held: Readonly<Record<string, HeldBack>>,
  isKept: (entry: [string, HeldBack]) => boolean,
): Promise<void> {
  const kept = Object.entries(held).filter(isKept);
  if (kept.length < Object.keys(held).length) {
    await memory.write('sync-held-back', Object.fromEntries(kept));
  }
}
