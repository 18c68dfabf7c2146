import type { Table } from 'dexie';

/** From here on it pays to ask first which keys are there at all. */
export const MANY = 500;

/**
 * As `bulkGet`, which costs a request for each key whether it is there or not: a first pull asks for
 * thousands that are not. For tables of which all keys fit the memory.
 */
export async function getMany<Row>(
  table: Table<Row, string>,
  keys: readonly string[],
): Promise<(Row | undefined)[]> {
  if (keys.length < MANY) return table.bulkGet([...keys]);
  const known = new Set(await table.toCollection().primaryKeys());
  const present = keys.filter((key) => known.has(key));
  const rows = await table.bulkGet(present);
  const byKey = new Map(present.map((key, index) => [key, rows[index]]));
  return keys.map((key) => byKey.get(key));
}
