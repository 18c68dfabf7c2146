import { DatabaseSync } from 'node:sqlite';
import type { Sql, SqlParam, SqlRow } from '../../../../worker/sql.ts';

/** The worker's store on the SQLite of Node: the same statements, without workerd. */
export function nodeSql(): Sql & { readonly database: DatabaseSync } {
  const database = new DatabaseSync(':memory:');
  return {
    database,
    run(query, ...params) {
      database.prepare(query).run(...params);
    },
    *rows(query, ...params) {
      for (const row of database.prepare(query).iterate(...params)) yield toRow(row);
    },
    transaction(work) {
      database.exec('SAVEPOINT work');
      try {
        const result = work();
        database.exec('RELEASE work');
        return result;
      } catch (error) {
        database.exec('ROLLBACK TO work');
        database.exec('RELEASE work');
        throw error;
      }
    },
  };
}

const toRow = (row: object): SqlRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]): [string, SqlParam] => [
      name,
      value instanceof Uint8Array ? new Uint8Array(value) : (value as SqlParam),
    ]),
  );
