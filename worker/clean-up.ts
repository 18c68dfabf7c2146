import { bytesToHex } from '../shared/protocol/bytes.ts';
import { removeFromDigest } from '../shared/protocol/digest.ts';
import type { RowKey } from '../shared/protocol/ids.ts';
import { TOMBSTONE_LIFETIME_MS } from '../shared/protocol/limits.ts';
import { readDigest, writeDigest } from './digest-store.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql } from './sql.ts';
import { dropOldVersions } from './version-store.ts';
import {
  countersOf,
  writeCounters,
  type Counters,
  type WorkspaceRecord,
} from './workspace-record.ts';

export interface CleanedUp {
  readonly deadRows: number;
  readonly versions: number;
  /** This step was as large as a step may be. */
  readonly isMore: boolean;
  /** Something is left that will expire one day. */
  readonly isWaiting: boolean;
}

/** A step is one transaction, during which every device of the workspace waits. */
const STEP_ROWS = 500;

/** What has expired: deleted rows that every device has heard of, and old versions. */
export function cleanUp(sql: Sql, workspace: WorkspaceRecord, nowMs: number): CleanedUp {
  const counters = countersOf(workspace);
  const deadRows = clearDeadRows(sql, workspace, counters, nowMs);
  const versions = dropOldVersions(sql, counters, nowMs, STEP_ROWS);
  sql.run('DELETE FROM invitations WHERE expires_at <= ?', nowMs);
  if (deadRows + versions.dropped > 0) writeCounters(sql, counters);
  return {
    deadRows,
    versions: versions.dropped,
    isMore: deadRows === STEP_ROWS || versions.isMore,
    isWaiting:
      firstRow(sql, 'SELECT 1 AS one FROM rows WHERE dead = 1 LIMIT 1') !== null ||
      firstRow(sql, 'SELECT 1 AS one FROM versions LIMIT 1') !== null,
  };
}

/**
 * In the order of their numbers and never past one that has to stay, so that one number says what
 * is gone: the horizon.
 */
function clearDeadRows(
  sql: Sql,
  { head }: WorkspaceRecord,
  counters: Counters,
  nowMs: number,
): number {
  const cutOff = nowMs - TOMBSTONE_LIFETIME_MS;
  // A device that was not seen for as long is not waited for: it reconciles in full.
  const heard = firstRow(
    sql,
    `SELECT coalesce(min(pulled), ?) AS heard FROM devices WHERE kind = 'device' AND seen_at > ?`,
    head,
    cutOff,
  );
  const heardByAll = heard ? numberOf(heard, 'heard') : 0;
  const oldest = [
    ...sql.rows(
      `SELECT seq, rkey, hash, written_at, length(sealed) AS size FROM rows
       WHERE dead = 1 ORDER BY seq LIMIT ?`,
      STEP_ROWS,
    ),
  ];
  const kept = oldest.findIndex(
    (row) => numberOf(row, 'seq') > heardByAll || numberOf(row, 'written_at') > cutOff,
  );
  const expired = kept < 0 ? oldest : oldest.slice(0, kept);
  if (expired.length === 0) return 0;
  const digest = readDigest(sql);
  for (const row of expired) {
    const seq = numberOf(row, 'seq');
    sql.run('DELETE FROM rows WHERE seq = ?', seq);
    const rkey = bytesToHex(bytesOf(row, 'rkey')) as RowKey;
    removeFromDigest(digest, { rkey, hash: textOf(row, 'hash') });
    counters.rowCount -= 1;
    counters.byteCount -= numberOf(row, 'size');
    counters.horizon = seq;
  }
  writeDigest(sql, digest);
  return expired.length;
}
