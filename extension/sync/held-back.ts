import type { PendingRow } from '../db/sync-store.ts';
import type { Memory } from './memory.ts';
import type { Session } from './session.ts';
import type { HeldBack } from './store-keys.ts';

/** Table names and ids may hold anything but a line break between them. */
export const nameOf = ({ table, id }: { readonly table: string; readonly id: string }): string =>
  `${table}\n${id}`;

export const readHeldBack = async (memory: Memory): Promise<Readonly<Record<string, HeldBack>>> =>
  (await memory.read('sync-held-back')) ?? {};

export async function holdBack(
  { deps, memory }: Pick<Session, 'deps' | 'memory'>,
  rows: readonly { readonly row: PendingRow; readonly reason: HeldBack['reason'] }[],
): Promise<void> {
  if (rows.length === 0) return;
  const atMs = deps.now();
  const added = rows.map(
    ({ row, reason }) => [nameOf(row), { stamp: row.stamp, reason, atMs }] as const,
  );
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

/** A worker may learn, be given more room, or stop lying. */
const RETRY_AFTER_MS = 60 * 60 * 1000;

/** Time alone makes a stamp believable: each exchange looks at these anew, and at the rest hourly. */
export const releaseInTime = async (memory: Memory, nowMs: number): Promise<void> =>
  keepOnly(
    memory,
    await readHeldBack(memory),
    ([, { reason, atMs = 0 }]) =>
      reason !== 'too-far-ahead' && Math.abs(nowMs - atMs) < RETRY_AFTER_MS,
  );

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
