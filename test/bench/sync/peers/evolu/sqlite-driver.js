import BetterSqlite from 'better-sqlite3';
import { createPreparedStatementsCache, ok } from '@evolu/common';

/**
 * As Evolu's own driver for Node does it, with the same library and every statement prepared once;
 * the package that has it lags behind the one with the protocol and does not load beside it.
 */
export const createSqliteDriver = (name) => () => {
  const db = new BetterSqlite(`${name}.db`);
  const cache = createPreparedStatementsCache(
    (sql) => db.prepare(sql),
    () => undefined,
  );
  return ok({
    exec(query) {
      const statement = cache.get(query, true);
      if (statement.reader) return { rows: statement.all(query.parameters), changes: 0 };
      return { rows: [], changes: statement.run(query.parameters).changes };
    },
    export: () => new Uint8Array(db.serialize()),
    deleteDatabase: () => undefined,
    [Symbol.dispose]() {
      cache[Symbol.dispose]();
      db.close();
    },
  });
};
