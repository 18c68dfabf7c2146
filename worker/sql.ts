import type { Bytes } from '../shared/protocol/bytes.ts';

export type SqlParam = string | number | null | Bytes;
export type SqlRow = Readonly<Record<string, SqlParam>>;

/** All that the stores need of SQLite, so that the same store runs in the object and in a test. */
export interface Sql {
  run(query: string, ...params: readonly SqlParam[]): void;
  /** To be consumed before anything else happens: the cursor does not outlive the transaction. */
  rows(query: string, ...params: readonly SqlParam[]): Iterable<SqlRow>;
  transaction<Result>(work: () => Result): Result;
}

export function firstRow(sql: Sql, query: string, ...params: readonly SqlParam[]): SqlRow | null {
  for (const row of sql.rows(query, ...params)) return row;
  return null;
}

/** A column of the wrong type means that the schema and the code disagree: a bug, so these throw. */
export function numberOf(row: SqlRow, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not a number`);
  return value;
}

export function textOf(row: SqlRow, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
  return value;
}

export function bytesOf(row: SqlRow, column: string): Bytes {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw new TypeError(`column ${column} is not a blob`);
  return value;
}

/** The platform binds a hundred values to a statement and no more. */
const MAX_PARAMS = 100;

export function* inChunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += MAX_PARAMS) yield items.slice(at, at + MAX_PARAMS);
}

/** `?, ?, ?` */
export const placeholders = (items: readonly unknown[]): string => items.map(() => '?').join(', ');
