import type { Table } from 'dexie';

/** From here on it pays to look first whether there is anything at all. */
export const MANY = 500;
/** Fewer are asked for one by one: to ask first, or for a stretch, is a wait more. */
export const FEW = 20;

/**
 * As `bulkGet`, which costs a request for each key whether it is there or not. What was edited or
 * has just arrived mostly lies side by side, and IndexedDB reads a stretch in the time of a few
 * requests, with rows in between that nobody asked for. What a sparse stretch does not reach is asked
 * for key by key after all.
 */
export async function getMany<Row>(
  table: Table<Row, string>,
  keys: readonly string[],
  keyOf: (row: Row) => string,
): Promise<(Row | undefined)[]> {
  if (keys.length < FEW) return table.bulkGet([...keys]);
  const sorted = keys.toSorted();
  const byKey = new Map<string, Row | undefined>();
  const stretch = { from: sorted[0], to: sorted.at(-1), limit: 2 * keys.length };
  const end = await readStretch(table, stretch, keyOf, (row) => byKey.set(keyOf(row), row));
  if (end !== null) {
    const beyond = keys.filter((key) => key > end);
    const rows = await table.bulkGet(beyond);
    beyond.forEach((key, index) => byKey.set(key, rows[index]));
  }
  return keys.map((key) => byKey.get(key));
}

/** Of more in one go, the thread is busy with copying for longer than a frame may be late. */
const READ_AT_ONCE = 1000;

export interface Stretch {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit?: number;
}

/** The rows between two keys, both included; gives the key at which the limit was reached, or null. */
export async function readStretch<Row>(
  table: Table<Row, string>,
  { from, to = '\uffff', limit = Infinity }: Stretch,
  keyOf: (row: Row) => string,
  visit: (row: Row) => void,
): Promise<string | null> {
  let after = from ?? '';
  let isFirst = true;
  for (let left = limit; left > 0;) {
    const atOnce = Math.min(left, READ_AT_ONCE);
    const rows = await table.where(':id').between(after, to, isFirst, true).limit(atOnce).toArray();
    rows.forEach(visit);
    const last = rows.at(-1);
    if (!last || rows.length < atOnce) return null;
    left -= atOnce;
    after = keyOf(last);
    isFirst = false;
  }
  return after;
}

/** Each is copied on the way, which takes its time: this many in some ten milliseconds. */
const PUT_AT_ONCE = 200;

/** As `bulkPut`, without holding up the thread for as long as many rows take. */
export async function putMany<Row, Key>(
  table: Table<Row, Key>,
  rows: readonly Row[],
  atOnce = PUT_AT_ONCE,
): Promise<void> {
  for (let start = 0; start < rows.length; start += atOnce) {
    await table.bulkPut(rows.slice(start, start + atOnce));
  }
}
