import type { Sql, SqlParam, SqlRow } from './sql.ts';

/** The SQLite of a Durable Object. */
export function objectSql(storage: DurableObjectStorage): Sql {
  return {
    run(query, ...params) {
      storage.sql.exec(query, ...params.map(toValue)).toArray();
    },
    *rows(query, ...params) {
      for (const row of storage.sql.exec(query, ...params.map(toValue))) yield fromRow(row);
    },
    transaction: (work) => storage.transactionSync(work),
  };
}

/** A view may cover part of a larger buffer; only its own bytes are to be stored. */
const toValue = (param: SqlParam): SqlStorageValue =>
  param instanceof Uint8Array ? param.slice().buffer : param;

const fromRow = (row: Record<string, SqlStorageValue>): SqlRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof ArrayBuffer ? new Uint8Array(value) : value,
    ]),
  );
