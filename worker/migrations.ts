import { firstRow, numberOf, type Sql } from './sql.ts';

/**
 * Applied in order, each once. A released migration is never edited: add another.
 *
 * `rows` is one B-tree by `seq`, so that a page is one range scan and a written row moves to its
 * tail; `rkey` is its only other index, because every index entry is billed as a row written.
 * The single row of `workspace` carries the counters, updated with each batch.
 */
const WORKSPACE_MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE workspace (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      epoch TEXT NOT NULL, head INTEGER NOT NULL, row_count INTEGER NOT NULL, byte_count INTEGER NOT NULL,
      key_epoch INTEGER NOT NULL, key_check TEXT NOT NULL, proof_hash BLOB NOT NULL,
      created_at INTEGER NOT NULL
    )`,
    `CREATE TABLE devices (
      id TEXT PRIMARY KEY, token_hash BLOB NOT NULL, label TEXT NOT NULL,
      created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE batches (
      device TEXT NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL, result TEXT NOT NULL,
      PRIMARY KEY (device, number)
    ) WITHOUT ROWID`,
    `CREATE TABLE rows (
      seq INTEGER PRIMARY KEY, rkey BLOB NOT NULL UNIQUE, lane INTEGER NOT NULL,
      epoch INTEGER NOT NULL, device TEXT NOT NULL, hash TEXT NOT NULL, sealed BLOB NOT NULL
    )`,
  ],
];

const SLOT_MIGRATIONS: readonly (readonly string[])[] = [
  [
    'CREATE TABLE slot (one INTEGER PRIMARY KEY CHECK (one = 1), expires_at INTEGER NOT NULL)',
    'CREATE TABLE parts (part TEXT PRIMARY KEY, sealed TEXT NOT NULL) WITHOUT ROWID',
  ],
];

export const migrateWorkspace = (sql: Sql): void => migrate(sql, WORKSPACE_MIGRATIONS);
export const migrateSlot = (sql: Sql): void => migrate(sql, SLOT_MIGRATIONS);

/** Asked first, so that a request for a made-up id leaves no storage behind. */
export const isMigrated = (sql: Sql): boolean =>
  firstRow(
    sql,
    `SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`,
  ) !== null;

function migrate(sql: Sql, migrations: readonly (readonly string[])[]): void {
  sql.transaction(() => {
    sql.run('CREATE TABLE IF NOT EXISTS migrations (version INTEGER PRIMARY KEY)');
    const row = firstRow(sql, 'SELECT coalesce(max(version), 0) AS version FROM migrations');
    const applied = row ? numberOf(row, 'version') : 0;
    migrations.slice(applied).forEach((statements, index) => {
      for (const statement of statements) sql.run(statement);
      sql.run('INSERT INTO migrations (version) VALUES (?)', applied + index + 1);
    });
  });
}
