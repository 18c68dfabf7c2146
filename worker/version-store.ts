import type { DeviceId } from '../shared/clock.ts';
import { hexToBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { Versions, VersionsQuery } from '../shared/protocol/history-messages.ts';
import {
  MAX_FRAME_BYTES,
  MAX_VERSIONS_PER_ROW,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
  VERSION_LIFETIME_MS,
} from '../shared/protocol/limits.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql, type SqlRow } from './sql.ts';
import type { Framed } from './workspace-api.ts';
import type { Counters } from './workspace-record.ts';

/** Versions written over: so that what a bad merge or a bad client did can be undone. */

/** Of all that a workspace may hold. Older versions give way first, and all of them before any row. */
const SHARE_OF_BYTES = 0.25;

/** Copies the row as it stands, `size` bytes; to be called before it is written over. */
export function keepVersion(
  sql: Sql,
  rkey: Bytes,
  size: number,
  counters: Counters,
  nowMs: number,
): void {
  sql.run(
    `INSERT INTO versions (rkey, seq, device, written_at, replaced_at, sealed)
     SELECT rkey, seq, device, written_at, ?, sealed FROM rows WHERE rkey = ?`,
    nowMs,
    rkey,
  );
  counters.versionBytes += size;
  const tooMany = [
    ...sql.rows(
      `SELECT id, length(sealed) AS size FROM versions WHERE rkey = ?
     ORDER BY seq DESC LIMIT -1 OFFSET ?`,
      rkey,
      MAX_VERSIONS_PER_ROW,
    ),
  ];
  for (const row of tooMany) removeVersion(sql, row, counters);
}

/** Brings the versions back within their share; at most as many steps as were added. */
export function makeRoom(sql: Sql, maxBytes: number, counters: Counters): void {
  const isTooMuch = (): boolean =>
    counters.versionBytes > maxBytes * SHARE_OF_BYTES ||
    counters.versionBytes + counters.byteCount > maxBytes;
  while (isTooMuch() && counters.versionBytes > 0) {
    const oldest = firstRow(sql, 'SELECT id, length(sealed) AS size FROM versions ORDER BY id');
    if (!oldest) return;
    removeVersion(sql, oldest, counters);
  }
}

/** True: there are more of them. */
export function dropOldVersions(
  sql: Sql,
  counters: Counters,
  nowMs: number,
  limit: number,
): { readonly dropped: number; readonly isMore: boolean } {
  const oldest = [
    ...sql.rows(
      'SELECT id, replaced_at, length(sealed) AS size FROM versions ORDER BY id LIMIT ?',
      limit,
    ),
  ];
  const expired = oldest.filter(
    (row) => numberOf(row, 'replaced_at') <= nowMs - VERSION_LIFETIME_MS,
  );
  for (const row of expired) removeVersion(sql, row, counters);
  return { dropped: expired.length, isMore: expired.length === limit };
}

/** Newest first, as many as one frame takes. */
export function readVersions(sql: Sql, { rkey, before }: VersionsQuery): Framed<Versions> {
  const rows: Versions['rows'] = [];
  const blobs: Bytes[] = [];
  let bytes = 0;
  let isComplete = true;
  const found = sql.rows(
    `SELECT seq, device, written_at, replaced_at, sealed FROM versions
     WHERE rkey = ? AND seq < ? ORDER BY seq DESC`,
    hexToBytes(rkey),
    before ?? Number.MAX_SAFE_INTEGER,
  );
  for (const row of found) {
    const sealed = bytesOf(row, 'sealed');
    bytes += sealed.length + ROW_HEADER_BYTES;
    if (rows.length > 0 && bytes > MAX_FRAME_BYTES) {
      isComplete = false;
      break;
    }
    rows.push({
      seq: numberOf(row, 'seq'),
      device: textOf(row, 'device') as DeviceId,
      writtenAt: numberOf(row, 'written_at'),
      replacedAt: numberOf(row, 'replaced_at'),
      size: sealed.length,
    });
    blobs.push(sealed);
  }
  return { header: { v: PROTOCOL_VERSION, type: 'versions', isComplete, rows }, blobs };
}

function removeVersion(sql: Sql, row: SqlRow, counters: Counters): void {
  sql.run('DELETE FROM versions WHERE id = ?', numberOf(row, 'id'));
  counters.versionBytes -= numberOf(row, 'size');
}
