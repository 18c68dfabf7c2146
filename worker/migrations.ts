import { firstRow, numberOf, type Sql } from './sql.ts';

/**
 * Applied in order, each once. A released migration is never edited: add another.
 *
 * `rows` is one B-tree by `seq`, so that a page is one range scan and a written row moves to its
 * tail; `rkey` is its only other full index, because every index entry is billed as a row written.
 * What is deleted is found by an index of the deleted rows alone. `sealed` stands last, so that
 * looking at the other columns does not read it.
 * A version is known by the number of the one that took its place: so they lie in the order in
 * which they were written over, and from a row's own number one finds the last, from that one's
 * number the one before, and needs no index for it.
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
  // Signed states. A workspace from before them names nobody whose signature could be asked for, and
  // its rows have other names: its devices still hold everything and bring it back.
  [
    'DROP TABLE workspace',
    'DROP TABLE devices',
    'DROP TABLE batches',
    'DROP TABLE rows',
    `CREATE TABLE workspace (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      epoch TEXT NOT NULL, epoch_at INTEGER NOT NULL, head INTEGER NOT NULL, horizon INTEGER NOT NULL,
      row_count INTEGER NOT NULL, byte_count INTEGER NOT NULL, version_bytes INTEGER NOT NULL,
      state_version INTEGER NOT NULL, key_epoch INTEGER NOT NULL, key_check TEXT NOT NULL,
      floor INTEGER NOT NULL, created_at INTEGER NOT NULL
    )`,
    `CREATE TABLE states (
      version INTEGER PRIMARY KEY, hash TEXT NOT NULL, signer TEXT NOT NULL, by_owner INTEGER NOT NULL,
      stored_at INTEGER NOT NULL, signature TEXT NOT NULL, state TEXT NOT NULL
    )`,
    'CREATE TABLE key_epochs (epoch INTEGER PRIMARY KEY, proof_hash BLOB NOT NULL)',
    `CREATE TABLE devices (
      id TEXT PRIMARY KEY, member TEXT NOT NULL, role TEXT NOT NULL, kind TEXT NOT NULL,
      token_hash BLOB NOT NULL, key_package TEXT NOT NULL,
      added_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, pulled INTEGER NOT NULL
    ) WITHOUT ROWID`,
    `CREATE TABLE batches (
      device TEXT NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL, result TEXT NOT NULL,
      PRIMARY KEY (device, number)
    ) WITHOUT ROWID`,
    `CREATE TABLE rows (
      seq INTEGER PRIMARY KEY, rkey BLOB NOT NULL UNIQUE, lane INTEGER NOT NULL,
      epoch INTEGER NOT NULL, dead INTEGER NOT NULL, written_at INTEGER NOT NULL,
      device TEXT NOT NULL, hash TEXT NOT NULL, sealed BLOB NOT NULL
    )`,
    'CREATE INDEX dead_rows ON rows (seq) WHERE dead = 1',
    `CREATE TABLE versions (
      replaced_by INTEGER PRIMARY KEY, seq INTEGER NOT NULL, depth INTEGER NOT NULL,
      written_at INTEGER NOT NULL, replaced_at INTEGER NOT NULL, device TEXT NOT NULL,
      sealed BLOB NOT NULL
    )`,
    'CREATE TABLE digest (one INTEGER PRIMARY KEY CHECK (one = 1), buckets BLOB NOT NULL)',
    `CREATE TABLE invitations (
      slot TEXT PRIMARY KEY, device TEXT NOT NULL, label TEXT NOT NULL,
      created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
    ) WITHOUT ROWID`,
    'CREATE TABLE recovery (device TEXT PRIMARY KEY, find TEXT NOT NULL) WITHOUT ROWID',
  ],
];

const SLOT_MIGRATIONS: readonly (readonly string[])[] = [
  [
    'CREATE TABLE slot (one INTEGER PRIMARY KEY CHECK (one = 1), expires_at INTEGER NOT NULL)',
    'CREATE TABLE parts (part TEXT PRIMARY KEY, sealed TEXT NOT NULL) WITHOUT ROWID',
  ],
];

const POINTER_MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE pointer (
      one INTEGER PRIMARY KEY CHECK (one = 1), workspace TEXT NOT NULL, pointer TEXT NOT NULL
    )`,
  ],
];

export const migrateWorkspace = (sql: Sql): void => migrate(sql, WORKSPACE_MIGRATIONS);
export const migrateSlot = (sql: Sql): void => migrate(sql, SLOT_MIGRATIONS);
export const migratePointer = (sql: Sql): void => migrate(sql, POINTER_MIGRATIONS);

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
