import { bytesToHex, type Bytes } from '../shared/protocol/bytes.ts';
import * as v from 'valibot';
import { laneSchema, type RowKey } from '../shared/protocol/ids.ts';
import {
  MAX_FRAME_BYTES,
  MAX_PULL_ROWS,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
} from '../shared/protocol/limits.ts';
import type { PullQuery, PullResult } from '../shared/protocol/messages.ts';
import { bytesOf, numberOf, textOf, type Sql } from './sql.ts';
import type { Framed } from './workspace-api.ts';
import type { WorkspaceRecord } from './workspace-store.ts';

/** One page of what was written after `since`, in the order of writing. */
export function pullPage(
  sql: Sql,
  workspace: WorkspaceRecord,
  { since, lane, limit = MAX_PULL_ROWS }: PullQuery,
  nowMs: number,
): Framed<PullResult> {
  const rows: PullResult['rows'] = [];
  const blobs: Bytes[] = [];
  let bytes = 0;
  let isComplete = true;
  // Row by row: a thousand of the largest rows would not fit the object's memory.
  const found =
    lane === undefined
      ? sql.rows('SELECT seq, rkey, lane, hash, sealed FROM rows WHERE seq > ? ORDER BY seq', since)
      : sql.rows(
          'SELECT seq, rkey, lane, hash, sealed FROM rows WHERE seq > ? AND lane = ? ORDER BY seq',
          since,
          lane,
        );
  for (const row of found) {
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
      size: sealed.length,
    });
    blobs.push(sealed);
  }
  return {
    header: {
      v: PROTOCOL_VERSION,
      type: 'pull-result',
      keyCheck: workspace.keyCheck,
      stateVersion: 0,
      head: workspace.head,
      next: isComplete ? workspace.head : (rows.at(-1)?.seq ?? since),
      isComplete,
      serverTimeMs: nowMs,
      rows,
    },
    blobs,
  };
}
