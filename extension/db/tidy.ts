import type { MainstayDatabase } from './database.ts';
import { forgetDropped } from './dropped.ts';
import { foldSome } from './fold.ts';

/** When the last sweep through the clients came to its end, UTC milliseconds. */
const SWEPT_KEY = 'tidy-swept-at';
const SWEEP_EVERY_MS = 24 * 60 * 60 * 1000;

/** One step; true while there is more to do. A sweep a day is enough: nobody waits for it. */
export async function tidySome(db: MainstayDatabase, nowMs: number): Promise<boolean> {
  const sweptAt = (await db.kv.get(SWEPT_KEY))?.value;
  const isSwept = typeof sweptAt === 'number' && Math.abs(nowMs - sweptAt) < SWEEP_EVERY_MS;
  if (isSwept) return false;
  if (await forgetDropped(db, nowMs)) return true;
  if (await foldSome(db)) return true;
  await db.kv.put({ key: SWEPT_KEY, value: nowMs });
  return false;
}
