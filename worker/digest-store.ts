import { bytesToBase64Url, bytesToHex, hexToBytes, type Bytes } from '../shared/protocol/bytes.ts';
import { sumOfAll } from '../shared/protocol/digest.ts';
import type { Bucket, Digest, DigestQuery } from '../shared/protocol/history-messages.ts';
import type { RowKey } from '../shared/protocol/ids.ts';
import { MAX_PULL_ROWS, PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql } from './sql.ts';
import type { WorkspaceRecord } from './workspace-record.ts';

const BUCKET_PAGE_ROWS = 4 * MAX_PULL_ROWS;

/** Five kilobytes, read and written once for each batch. */
export function readDigest(sql: Sql): Bytes {
  const row = firstRow(sql, 'SELECT buckets FROM digest');
  if (!row) throw new Error('a workspace has a digest');
  return bytesOf(row, 'buckets');
}

export const writeDigest = (sql: Sql, buckets: Bytes): void =>
  sql.run('UPDATE digest SET buckets = ?', buckets);

export function answerDigest(
  sql: Sql,
  workspace: WorkspaceRecord,
  { buckets, bucket, after }: DigestQuery,
): Digest | Bucket {
  if (bucket !== undefined) return bucketRows(sql, workspace, bucket, after);
  const digest = readDigest(sql);
  return {
    v: PROTOCOL_VERSION,
    type: 'digest',
    epoch: workspace.epoch,
    head: workspace.head,
    horizon: workspace.horizon,
    ...sumOfAll(digest),
    ...(buckets === true && { buckets: bytesToBase64Url(digest) }),
  };
}

function bucketRows(
  sql: Sql,
  { epoch, head }: WorkspaceRecord,
  bucket: number,
  after: RowKey | undefined,
): Bucket {
  const first = new Uint8Array(16);
  first[0] = bucket;
  const last = new Uint8Array(16).fill(0xff);
  last[0] = bucket;
  const found = sql.rows(
    `SELECT rkey, seq, hash FROM rows WHERE rkey ${after === undefined ? '>=' : '>'} ? AND rkey <= ?
     ORDER BY rkey LIMIT ?`,
    after === undefined ? first : hexToBytes(after),
    last,
    BUCKET_PAGE_ROWS + 1,
  );
  const rows = Array.from(found, (row) => ({
    rkey: bytesToHex(bytesOf(row, 'rkey')) as RowKey,
    seq: numberOf(row, 'seq'),
    hash: textOf(row, 'hash'),
  }));
  return {
    v: PROTOCOL_VERSION,
    type: 'bucket',
    epoch,
    head,
    rows: rows.slice(0, BUCKET_PAGE_ROWS),
    isComplete: rows.length <= BUCKET_PAGE_ROWS,
  };
}
