import type { DeviceId } from '../shared/clock.ts';
import { hexToBytes, isEqualBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { WireError } from '../shared/protocol/errors.ts';
import {
  MAX_FRAME_BYTES,
  MAX_PUSH_ROWS,
  MAX_SEALED_BYTES,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
} from '../shared/protocol/limits.ts';
import type { Push, PushResult, RowResult } from '../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../shared/protocol/outcome.ts';
import { readEnvelopeHeader } from '../shared/seal.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql } from './sql.ts';
import type { Framed, PushedRows } from './workspace-api.ts';
import type { WorkspaceLimits, WorkspaceRecord } from './workspace-store.ts';

/** A device sends one batch at a time, so only its last answer can have been lost; some in reserve. */
const BATCHES_KEPT = 4;
/** What is left of a frame for the rows that won against ours. */
const CONFLICT_BUDGET_BYTES = MAX_FRAME_BYTES - MAX_PUSH_ROWS * ROW_HEADER_BYTES;

type PushedRow = Push['rows'][number];
type StoredResults = Pick<PushResult, 'before' | 'head' | 'results'>;

/** Runs inside the transaction that authorised the device. */
export function pushBatch(
  sql: Sql,
  limits: WorkspaceLimits,
  workspace: WorkspaceRecord,
  device: DeviceId,
  { push, blobs, digest }: PushedRows,
  nowMs: number,
): Outcome<Framed<PushResult>, WireError> {
  const seen = firstRow(
    sql,
    'SELECT digest, result FROM batches WHERE device = ? AND number = ?',
    device,
    push.batch,
  );
  if (seen && isEqualBytes(bytesOf(seen, 'digest'), digest)) {
    // Written by this function: the one place where stored JSON needs no second check.
    const stored = JSON.parse(textOf(seen, 'result')) as StoredResults;
    return succeed(withConflicts(sql, push, stored, nowMs));
  }
  const last = firstRow(
    sql,
    'SELECT coalesce(max(number), 0) AS last FROM batches WHERE device = ?',
    device,
  );
  const lastNumber = last ? numberOf(last, 'last') : 0;
  // Two copies of one device, or one restored from a backup: its rows must not get another's result.
  if (push.batch <= lastNumber) return fail({ code: 'batch-number-used', last: lastNumber });

  const counters = {
    head: workspace.head,
    rowCount: workspace.rowCount,
    byteCount: workspace.byteCount,
  };
  const results = push.rows.map((row, index) =>
    swapRow(sql, limits, counters, device, row, blobs[index] ?? new Uint8Array(0)),
  );
  if (counters.head !== workspace.head) {
    sql.run(
      'UPDATE workspace SET head = ?, row_count = ?, byte_count = ?',
      counters.head,
      counters.rowCount,
      counters.byteCount,
    );
  }
  const stored: StoredResults = { before: workspace.head, head: counters.head, results };
  sql.run(
    'INSERT INTO batches (device, number, digest, result) VALUES (?, ?, ?, ?)',
    device,
    push.batch,
    digest,
    JSON.stringify(stored),
  );
  sql.run(
    'DELETE FROM batches WHERE device = ? AND number <= ?',
    device,
    push.batch - BATCHES_KEPT,
  );
  return succeed(withConflicts(sql, push, stored, nowMs));
}

/** Compare and swap: written only over the version that its sender had seen. */
function swapRow(
  sql: Sql,
  limits: WorkspaceLimits,
  counters: { head: number; rowCount: number; byteCount: number },
  device: DeviceId,
  row: PushedRow,
  sealed: Bytes,
): RowResult {
  if (sealed.length > MAX_SEALED_BYTES) return { status: 'refused', reason: 'too-large' };
  const envelope = readEnvelopeHeader(sealed);
  if (!envelope || envelope.device !== device) return { status: 'refused', reason: 'not-yours' };
  const rkey = hexToBytes(row.rkey);
  const current = firstRow(
    sql,
    'SELECT seq, epoch, hash, length(sealed) AS size FROM rows WHERE rkey = ?',
    rkey,
  );
  if (current) {
    const seq = numberOf(current, 'seq');
    const isSame =
      textOf(current, 'hash') === row.hash && envelope.keyEpoch <= numberOf(current, 'epoch');
    if (isSame) return { status: 'same', seq };
    if (seq !== row.seq) return { status: 'conflict', seq, size: 0 };
  }
  const addedBytes = sealed.length - (current ? numberOf(current, 'size') : 0);
  const addedRows = current ? 0 : 1;
  if (addedRows > 0 && counters.rowCount >= limits.maxRows) {
    return { status: 'refused', reason: 'quota-rows' };
  }
  if (addedBytes > 0 && counters.byteCount + addedBytes > limits.maxBytes) {
    return { status: 'refused', reason: 'quota-bytes' };
  }
  counters.head += 1;
  counters.rowCount += addedRows;
  counters.byteCount += addedBytes;
  sql.run(
    `INSERT INTO rows (seq, rkey, lane, epoch, device, hash, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (rkey) DO UPDATE SET seq = excluded.seq, lane = excluded.lane,
       epoch = excluded.epoch, device = excluded.device, hash = excluded.hash, sealed = excluded.sealed`,
    counters.head,
    rkey,
    row.lane,
    envelope.keyEpoch,
    device,
    row.hash,
    sealed,
  );
  return { status: 'accepted', seq: counters.head };
}

/** Adds the versions that won: read now, so that a repeated batch learns of the latest one. */
function withConflicts(
  sql: Sql,
  push: Push,
  stored: StoredResults,
  nowMs: number,
): Framed<PushResult> {
  const blobs: Bytes[] = [];
  let budget = CONFLICT_BUDGET_BYTES;
  const results = stored.results.map((result, index): RowResult => {
    const row = push.rows[index];
    if (result.status !== 'conflict' || !row) return result;
    const current = firstRow(
      sql,
      'SELECT seq, sealed FROM rows WHERE rkey = ?',
      hexToBytes(row.rkey),
    );
    if (!current) return result;
    const sealed = bytesOf(current, 'sealed');
    const seq = numberOf(current, 'seq');
    if (sealed.length > budget) return { status: 'conflict', seq, size: 0 };
    budget -= sealed.length;
    blobs.push(sealed);
    return { status: 'conflict', seq, size: sealed.length };
  });
  const { before, head } = stored;
  return {
    header: {
      v: PROTOCOL_VERSION,
      type: 'push-result',
      batch: push.batch,
      before,
      head,
      stateVersion: 0,
      serverTimeMs: nowMs,
      results,
    },
    blobs,
  };
}
