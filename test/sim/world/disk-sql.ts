import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Sql, SqlParam, SqlRow } from '../../../worker/sql.ts';

export type Snapshot = ReadonlyMap<string, readonly SqlRow[]>;

/** SQLite as a Durable Object has it, with the accidents that can happen to one. */
export interface DiskSql extends Sql {
  /** The statement after so many more writes breaks off, as when a process ends. */
  breakAfter(writes: number | null): void;
  /** Everything that is stored. */
  snapshot(): Snapshot;
  /** Back to then, as after a restore from a backup. */
  restore(snapshot: Snapshot): void;
  /** Every value that is stored, one after the other, and what is base64 in them as well decoded. */
  everything(): Buffer;
  close(): void;
}

export class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
}

function readings(value: SqlParam): Buffer[] {
  if (value instanceof Uint8Array) return [Buffer.from(value)];
  const text = String(value);
  const encoded = text.match(/[\w-]{8,}/g) ?? [];
  return [Buffer.from(text), ...encoded.map((part) => Buffer.from(part, 'base64url'))];
}

export function createDiskSql(): DiskSql {
  const database = new DatabaseSync(':memory:');
  const statements = new Map<string, StatementSync>();
  let writesLeft: number | null = null;
  let depth = 0;

  function prepared(query: string): StatementSync {
    const known = statements.get(query);
    if (known) return known;
    const statement = database.prepare(query);
    // A change of the schema would leave others behind it stale.
    if (!/^\s*(?:CREATE|DROP|ALTER)/i.test(query)) statements.set(query, statement);
    return statement;
  }

  const all = (query: string, ...params: readonly SqlParam[]): readonly SqlRow[] =>
    prepared(query).all(...params) as readonly SqlRow[];

  function write(query: string, params: readonly SqlParam[]): void {
    if (writesLeft !== null) {
      if (writesLeft === 0) {
        writesLeft = null;
        throw new BrokenOffError('the object was evicted');
      }
      writesLeft -= 1;
    }
    prepared(query).run(...params);
  }

  const tables = (): readonly string[] =>
    all(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).map(
      ({ name }) => String(name),
    );

  return {
    run: (query, ...params) => write(query, params),
    rows: all,
    transaction(work) {
      database.exec(`SAVEPOINT work${String(depth)}`);
      depth += 1;
      try {
        const result = work();
        depth -= 1;
        database.exec(`RELEASE work${String(depth)}`);
        return result;
      } catch (error) {
        depth -= 1;
        database.exec(`ROLLBACK TO work${String(depth)}; RELEASE work${String(depth)}`);
        throw error;
      }
    },
    breakAfter(writes) {
      writesLeft = writes;
    },
    snapshot: () => new Map(tables().map((table) => [table, all(`SELECT * FROM ${table}`)])),
    restore(snapshot) {
      writesLeft = null;
      for (const table of tables()) {
        database.exec(`DELETE FROM ${table}`);
        for (const row of snapshot.get(table) ?? []) {
          const columns = Object.keys(row);
          const places = columns.map(() => '?').join();
          prepared(`INSERT INTO ${table} (${columns.join()}) VALUES (${places})`).run(
            ...Object.values(row),
          );
        }
      }
    },
    everything: () =>
      Buffer.concat(
        tables()
          .flatMap((table) => all(`SELECT * FROM ${table}`))
          .flatMap((row) => Object.values(row))
          .flatMap(readings),
      ),
    close: () => database.close(),
  };
}
