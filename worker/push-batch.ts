import { hexToBytes, isEqualBytes, type Bytes } from '../shared/protocol/bytes.ts';
import type { RowKey } from '../shared/protocol/ids.ts';
import {
  MAX_FRAME_BYTES,
  MAX_PUSH_ROWS,
  PROTOCOL_VERSION,
  ROW_HEADER_BYTES,
} from '../shared/protocol/limits.ts';
import type { Push, PushResult, RowResult } from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import type { Caller } from './access.ts';
import { decideRow, type Batch, type RowWrite } from './decide-row.ts';
import { readStoredRows, writeRows } from './row-store.ts';
import { bytesOf, firstRow, numberOf, textOf, type Sql } from './sql.ts';
import { makeRoom } from './version-store.ts';
import type { Framed, PushedRows, Reply } from './workspace-api.ts';
import { countersOf, writeCounters } from './workspace-record.ts';
import type { WorkspaceLimits } from './workspace-store.ts';

/** A device sends one batch at a time, so only its last answer can have been lost; some in reserve. */
const BATCHES_KEPT = 4;
/** What is left of a frame for the rows that won against ours. */
const CONFLICT_BUDGET_BYTES = MAX_FRAME_BYTES - MAX_PUSH_ROWS * ROW_HEADER_BYTES;

type StoredResults = Pick<PushResult, 'before' | 'head' | 'results'>;

/** Runs inside the transaction that authorised the caller. */
export function pushBatch(
  sql: Sql,
  limits: WorkspaceLimits,
  caller: Caller,
  { push, blobs, digest }: PushedRows,
  nowMs: number,
): Reply<Framed<PushResult>> {
  const { device, workspace } = caller;
  const seen = firstRow(
    sql,
    'SELECT digest, result FROM batches WHERE device = ? AND number = ?',
    device,
    push.batch,
  );
  if (seen && isEqualBytes(bytesOf(seen, 'digest'), digest)) {
    // Written by this function: the one place where stored JSON needs no second check.
    const stored = JSON.parse(textOf(seen, 'result')) as StoredResults;
    return succeed(withConflicts(sql, caller, push, stored, nowMs));
  }
  const last = firstRow(
    sql,
    'SELECT coalesce(max(number), 0) AS last FROM batches WHERE device = ?',
    device,
  );
  const lastNumber = last ? numberOf(last, 'last') : 0;
  // Two copies of one device, or one restored from a backup: its rows must not get another's result.
  if (push.batch <= lastNumber) return fail({ code: 'batch-number-used', last: lastNumber });

  const counters = countersOf(workspace);
  const { results, writes } = decide(sql, { limits, caller, counters }, push, blobs);
  if (writes.length > 0) {
    writeRows(sql, writes, device, counters, nowMs);
    makeRoom(sql, limits.maxBytes, counters);
    writeCounters(sql, counters);
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
  return succeed(withConflicts(sql, caller, push, stored, nowMs));
}

function decide(
  sql: Sql,
  batch: Batch,
  { rows }: Push,
  blobs: readonly Bytes[],
): { readonly results: RowResult[]; readonly writes: readonly RowWrite[] } {
  const stored = readStoredRows(
    sql,
    rows.map(({ rkey }) => rkey),
  );
  const results: RowResult[] = [];
  const writes = new Map<RowKey, RowWrite>();
  rows.forEach((row, index) => {
    const earlier = writes.get(row.rkey);
    if (earlier) {
      // Twice in one batch: the second builds on something else than the first has just become.
      const { seq } = earlier;
      results.push({ status: 'conflict', seq, hash: earlier.row.hash, size: 0 });
      return;
    }
    const sealed = blobs[index] ?? new Uint8Array(0);
    const { result, write } = decideRow(batch, row, sealed, stored.get(row.rkey) ?? null);
    results.push(result);
    if (write) writes.set(row.rkey, write);
  });
  return { results, writes: [...writes.values()] };
}

/** Adds the versions that won: read now, so that a repeated batch learns of the latest one. */
function withConflicts(
  sql: Sql,
  { workspace }: Caller,
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
      'SELECT seq, hash, sealed FROM rows WHERE rkey = ?',
      hexToBytes(row.rkey),
    );
    if (!current) return result;
    const sealed = bytesOf(current, 'sealed');
    const winner = {
      status: 'conflict',
      seq: numberOf(current, 'seq'),
      hash: textOf(current, 'hash'),
    } as const;
    if (sealed.length > budget) return { ...winner, size: 0 };
    budget -= sealed.length;
    blobs.push(sealed);
    return { ...winner, size: sealed.length };
  });
  const { before, head } = stored;
  return {
    header: {
      v: PROTOCOL_VERSION,
      type: 'push-result',
      batch: push.batch,
      before,
      head,
      stateVersion: workspace.stateVersion,
      serverTimeMs: nowMs,
      results,
    },
    blobs,
  };
}
