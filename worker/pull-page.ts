import * as v from 'valibot';
import { bytesToHex, type Bytes } from '../shared/protocol/bytes.ts';
import { laneSchema, type RowKey } from '../shared/protocol/ids.ts';
import {
  MAX_FRAME_BYTES,
  MAX_PULL_ROWS,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
} from '../shared/protocol/limits.ts';
import type { PullQuery, PullResult } from '../shared/protocol/messages.ts';
import { bytesOf, numberOf, textOf, type Sql, type SqlRow } from './sql.ts';
import type { Framed } from './workspace-api.ts';
import type { WorkspaceRecord } from './workspace-record.ts';

/** One page of what was written after `since`, in the order of writing. */
export function pullPage(
  sql: Sql,
  workspace: WorkspaceRecord,
  query: PullQuery,
  nowMs: number,
): Framed<PullResult> {
  const { since, limit = MAX_PULL_ROWS } = query;
  const rows: PullResult['rows'] = [];
  const blobs: Bytes[] = [];
  let bytes = 0;
  let isComplete = true;
  // Row by row: a thousand of the largest rows would not fit the object's memory.
  for (const row of rowsOf(sql, query)) {
    const sealed = bytesOf(row, 'sealed');
    bytes += sealed.length + ROW_HEADER_BYTES;
    if (rows.length === limit || (rows.length > 0 && bytes > MAX_FRAME_BYTES)) {
      isComplete = false;
      break;
    }
    rows.push({
      rkey: bytesToHex(bytesOf(row, 'rkey')) as RowKey,
      seq: numberOf(row, 'seq'),
      lane: v.parse(laneSchema, numberOf(row, 'lane')),
      hash: textOf(row, 'hash'),
      ...(numberOf(row, 'dead') === 1 && { dead: true }),
      size: sealed.length,
    });
    blobs.push(sealed);
  }
  return {
    header: {
      v: PROTOCOL_VERSION,
      type: 'pull-result',
      keyCheck: workspace.keyCheck,
      stateVersion: workspace.stateVersion,
      head: workspace.head,
      next: isComplete ? workspace.head : (rows.at(-1)?.seq ?? since),
      isComplete,
      serverTimeMs: nowMs,
      rows,
    },
    blobs,
  };
}

function rowsOf(sql: Sql, { since, lane, below }: PullQuery): Iterable<SqlRow> {
  const conditions = ['seq > ?'];
  const params = [since];
  if (lane !== undefined) {
    conditions.push('lane = ?');
    params.push(lane);
  }
  if (below !== undefined) {
    conditions.push('epoch < ?');
    params.push(below);
  }
  return sql.rows(
    `SELECT seq, rkey, lane, hash, dead, sealed FROM rows
     WHERE ${conditions.join(' AND ')} ORDER BY seq`,
    ...params,
  );
}
