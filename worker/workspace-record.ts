import type { StorageEpoch } from '../shared/protocol/ids.ts';
import { isMigrated } from './migrations.ts';
import { firstRow, numberOf, textOf, type Sql } from './sql.ts';

/** The counters and what the newest signed state says of keys: one row, written with each batch. */
export interface WorkspaceRecord {
  readonly epoch: StorageEpoch;
  /** When it was last replaced; 0 for the first. */
  readonly epochAt: number;
  readonly head: number;
  /** No deleted row at or below this number is stored any more. */
  readonly horizon: number;
  readonly rowCount: number;
  /** Of the sealed rows alone. */
  readonly byteCount: number;
  readonly versionBytes: number;
  readonly stateVersion: number;
  readonly keyEpoch: number;
  readonly keyCheck: string;
  readonly floor: number;
}

/** What a batch or a clean-up changes, gathered here and written once. */
export interface Counters {
  head: number;
  horizon: number;
  rowCount: number;
  byteCount: number;
  versionBytes: number;
}

export function readWorkspace(sql: Sql): WorkspaceRecord | null {
  if (!isMigrated(sql)) return null;
  const row = firstRow(sql, 'SELECT * FROM workspace');
  return (
    row && {
      epoch: textOf(row, 'epoch') as StorageEpoch,
      epochAt: numberOf(row, 'epoch_at'),
      head: numberOf(row, 'head'),
      horizon: numberOf(row, 'horizon'),
      rowCount: numberOf(row, 'row_count'),
      byteCount: numberOf(row, 'byte_count'),
      versionBytes: numberOf(row, 'version_bytes'),
      stateVersion: numberOf(row, 'state_version'),
      keyEpoch: numberOf(row, 'key_epoch'),
      keyCheck: textOf(row, 'key_check'),
      floor: numberOf(row, 'floor'),
    }
  );
}

export const countersOf = (record: WorkspaceRecord): Counters => ({
  head: record.head,
  horizon: record.horizon,
  rowCount: record.rowCount,
  byteCount: record.byteCount,
  versionBytes: record.versionBytes,
});

export const writeCounters = (sql: Sql, counters: Counters): void =>
  sql.run(
    `UPDATE workspace SET head = ?, horizon = ?, row_count = ?, byte_count = ?, version_bytes = ?`,
    counters.head,
    counters.horizon,
    counters.rowCount,
    counters.byteCount,
    counters.versionBytes,
  );
