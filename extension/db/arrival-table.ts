import { Dexie, type Collection } from 'dexie';
import type { Arrival } from './arrival.ts';
import type { MainstayDatabase } from './database.ts';

/** kv key of the number that the next arrival gets. */
const NEXT_KEY = 'arrivals-next';

/** Of those that something lies on; null when all are empty. */
export async function firstShelf(db: MainstayDatabase): Promise<number | null> {
  const [key] = await db.arrivals.limit(1).primaryKeys();
  return key?.[0] ?? null;
}

export const hasArrivals = async (db: MainstayDatabase): Promise<boolean> =>
  (await firstShelf(db)) !== null;

/** Must run inside a transaction over arrivals and kv. */
export async function addArrivals(
  db: MainstayDatabase,
  arrivals: readonly Omit<Arrival, 'n'>[],
): Promise<void> {
  if (arrivals.length === 0) return;
  const next = (await db.kv.get(NEXT_KEY))?.value;
  const first = typeof next === 'number' ? next : 0;
  await Promise.all([
    db.arrivals.bulkAdd(arrivals.map((arrival, index) => ({ ...arrival, n: first + index }))),
    db.kv.put({ key: NEXT_KEY, value: first + arrivals.length }),
  ]);
}

/** Those of the shelves from `from` to before `to`. */
export const arrivalsOf = (
  db: MainstayDatabase,
  from: number,
  to: number,
): Collection<Arrival, [number, number]> =>
  db.arrivals.where(':id').between([from, Dexie.minKey], [to, Dexie.minKey]);
