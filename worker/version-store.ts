import type { DeviceId } from '../shared/clock.ts';
import { hexToBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { Versions, VersionsQuery } from '../shared/protocol/history-messages.ts';
import type { RowKey } from '../shared/protocol/ids.ts';
import {
  MAX_FRAME_BYTES,
  MAX_VERSIONS_PER_ROW,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
  VERSION_LIFETIME_MS,
} from '../shared/protocol/limits.ts';
import {
  bytesOf,
  firstRow,
  inChunks,
  numberOf,
  placeholders,
  textOf,
  type Sql,
  type SqlRow,
} from './sql.ts';
import type { Framed } from './workspace-api.ts';
import type { Counters } from './workspace-record.ts';

/** Versions written over: so that what a bad merge or a bad client did can be undone. */

/** Of all that a workspace may hold. Older versions give way first, and all of them before any row. */
const SHARE_OF_BYTES = 0.25;

export interface Replacement {
  /** The number of the stored version, and of the one that takes its place. */
  readonly seq: number;
  readonly by: number;
  readonly size: number;
}

/** Copies these rows as they stand; to be called before they are written over. */
export function keepVersions(
  sql: Sql,
  replacements: readonly Replacement[],
  counters: Counters,
  nowMs: number,
): void {
  const depths = depthsOf(
    sql,
    replacements.map(({ seq }) => seq),
  );
  const kept = replacements.map(({ seq, by }) => [seq, by, (depths.get(seq) ?? 0) + 1] as const);
  // One statement for all: each has a number of its own to be known by.
  sql.run(
    `INSERT INTO versions (replaced_by, seq, depth, written_at, replaced_at, device, sealed)
     SELECT kept.value ->> 1, rows.seq, kept.value ->> 2, rows.written_at, ?, rows.device, rows.sealed
     FROM json_each(?) AS kept JOIN rows ON rows.seq = kept.value ->> 0`,
    nowMs,
    JSON.stringify(kept),
  );
  counters.versionBytes += replacements.reduce((sum, { size }) => sum + size, 0);
  for (const [, by, depth] of kept) {
    if (depth > MAX_VERSIONS_PER_ROW) dropBeyondLimit(sql, by, counters);
  }
}

/** How many versions were kept up to each of these, not counting that some may be gone again. */
function depthsOf(sql: Sql, seqs: readonly number[]): ReadonlyMap<number, number> {
  const depths = new Map<number, number>();
  for (const chunk of inChunks(seqs)) {
    const rows = sql.rows(
      `SELECT replaced_by, depth FROM versions WHERE replaced_by IN (${placeholders(chunk)})`,
      ...chunk,
    );
    for (const row of rows) depths.set(numberOf(row, 'replaced_by'), numberOf(row, 'depth'));
  }
  return depths;
}

function dropBeyondLimit(sql: Sql, newest: number, counters: Counters): void {
  let at = newest;
  for (let kept = 0; ; kept += 1) {
    const row = firstRow(
      sql,
      'SELECT replaced_by, seq, length(sealed) AS size FROM versions WHERE replaced_by = ?',
      at,
    );
    if (!row) return;
    if (kept >= MAX_VERSIONS_PER_ROW) removeVersion(sql, row, counters);
    at = numberOf(row, 'seq');
  }
}

/** Brings the versions back within their share; at most as many steps as were added. */
export function makeRoom(sql: Sql, maxBytes: number, counters: Counters): void {
  const isTooMuch = (): boolean =>
    counters.versionBytes > maxBytes * SHARE_OF_BYTES ||
    counters.versionBytes + counters.byteCount > maxBytes;
  while (isTooMuch() && counters.versionBytes > 0) {
    const oldest = firstRow(
      sql,
      'SELECT replaced_by, length(sealed) AS size FROM versions ORDER BY replaced_by',
    );
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
      `SELECT replaced_by, replaced_at, length(sealed) AS size FROM versions
       ORDER BY replaced_by LIMIT ?`,
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
  for (const row of versionsBefore(sql, before ?? seqOf(sql, rkey))) {
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

/** From one version to the one before, until one is gone. */
function* versionsBefore(sql: Sql, seq: number): Generator<SqlRow> {
  let at = seq;
  for (;;) {
    const row = firstRow(sql, 'SELECT * FROM versions WHERE replaced_by = ?', at);
    if (!row) return;
    yield row;
    at = numberOf(row, 'seq');
  }
}

function seqOf(sql: Sql, rkey: RowKey): number {
  const row = firstRow(sql, 'SELECT seq FROM rows WHERE rkey = ?', hexToBytes(rkey));
  return row ? numberOf(row, 'seq') : 0;
}

function removeVersion(sql: Sql, row: SqlRow, counters: Counters): void {
  sql.run('DELETE FROM versions WHERE replaced_by = ?', numberOf(row, 'replaced_by'));
  counters.versionBytes -= numberOf(row, 'size');
}
