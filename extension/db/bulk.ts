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
  const limit = 2 * keys.length;
  const stretch = await table
    .where(':id')
    .between(sorted[0], sorted.at(-1), true, true)
    .limit(limit)
    .toArray();
  const byKey = new Map<string, Row | undefined>(stretch.map((row) => [keyOf(row), row]));
  const last = stretch.at(-1);
  if (last && stretch.length === limit) {
    const end = keyOf(last);
    const beyond = keys.filter((key) => key > end);
    const rows = await table.bulkGet(beyond);
    beyond.forEach((key, index) => byKey.set(key, rows[index]));
  }
  return keys.map((key) => byKey.get(key));
}

/** Each is copied on the way, which takes its time: this many in some ten milliseconds. */
const PUT_AT_ONCE = 200;

/** As `bulkPut`, without holding up the thread for as long as many rows take. */
export async function putMany<Row>(table: Table<Row, string>, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += PUT_AT_ONCE) {
    await table.bulkPut(rows.slice(start, start + PUT_AT_ONCE));
  }
}
