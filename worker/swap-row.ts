import { hexToBytes, type Bytes } from '../shared/protocol/bytes.ts';
import { addToDigest, removeFromDigest } from '../shared/protocol/digest.ts';
import { MAX_SEALED_BYTES } from '../shared/protocol/limits.ts';
import type { Push, RowResult } from '../shared/protocol/messages.ts';
import { readEnvelopeHeader } from '../shared/seal.ts';
import type { Caller } from './access.ts';
import { firstRow, numberOf, textOf, type Sql } from './sql.ts';
import { keepVersion } from './version-store.ts';
import type { Counters } from './workspace-record.ts';
import type { WorkspaceLimits } from './workspace-store.ts';

export type PushedRow = Push['rows'][number];

/** One batch at work: what its rows share and change. */
export interface Batch {
  readonly sql: Sql;
  readonly limits: WorkspaceLimits;
  readonly caller: Caller;
  readonly counters: Counters;
  readonly digest: Bytes;
  readonly nowMs: number;
}

/** Deleting must be possible when the quota is reached: a deleted row may be this large. */
const MAX_DEAD_BYTES = 1024;

/** Compare and swap: written only over the version that its sender had seen. */
export function swapRow(batch: Batch, row: PushedRow, sealed: Bytes): RowResult {
  const { sql, caller, counters } = batch;
  const { keyEpoch } = caller.workspace;
  if (sealed.length > MAX_SEALED_BYTES) return { status: 'refused', reason: 'too-large' };
  const envelope = readEnvelopeHeader(sealed);
  const isOwn = envelope?.device === caller.device && envelope.keyEpoch <= keyEpoch;
  if (!envelope || !isOwn) return { status: 'refused', reason: 'not-yours' };
  const rkey = hexToBytes(row.rkey);
  const found = firstRow(
    sql,
    'SELECT seq, epoch, hash, length(sealed) AS size FROM rows WHERE rkey = ?',
    rkey,
  );
  const current = found && {
    seq: numberOf(found, 'seq'),
    epoch: numberOf(found, 'epoch'),
    hash: textOf(found, 'hash'),
    size: numberOf(found, 'size'),
  };
  const isSame = current?.hash === row.hash;
  if (current && isSame && envelope.keyEpoch <= current.epoch) {
    return { status: 'same', seq: current.seq };
  }
  if (caller.role === 'viewer' || caller.kind === 'recovery') {
    return { status: 'refused', reason: 'read-only' };
  }
  if (envelope.keyEpoch < keyEpoch) return { status: 'refused', reason: 'old-key-epoch' };
  if (current && !isSame && current.seq !== row.seq) {
    return { status: 'conflict', seq: current.seq, hash: current.hash, size: 0 };
  }
  const refusal = quotaRefusal(batch, row, sealed.length, current?.size ?? null);
  if (refusal) return { status: 'refused', reason: refusal };
  counters.byteCount += sealed.length - (current?.size ?? 0);
  if (current && isSame) {
    // The same content under a later key: nobody has to fetch it again, so it keeps its number.
    sql.run(
      'UPDATE rows SET epoch = ?, device = ?, sealed = ? WHERE seq = ?',
      envelope.keyEpoch,
      caller.device,
      sealed,
      current.seq,
    );
    return { status: 'same', seq: current.seq };
  }
  if (current) {
    keepVersion(sql, rkey, current.size, counters, batch.nowMs);
    removeFromDigest(batch.digest, { rkey: row.rkey, hash: current.hash });
  } else counters.rowCount += 1;
  addToDigest(batch.digest, row);
  counters.head += 1;
  write(batch, row, rkey, sealed, envelope.keyEpoch);
  return { status: 'accepted', seq: counters.head };
}

function quotaRefusal(
  { limits, counters }: Batch,
  { dead }: PushedRow,
  size: number,
  currentSize: number | null,
): 'quota-rows' | 'quota-bytes' | null {
  const addedBytes = size - (currentSize ?? 0);
  if (currentSize === null && counters.rowCount >= limits.maxRows) return 'quota-rows';
  if (addedBytes <= 0 || counters.byteCount + addedBytes <= limits.maxBytes) return null;
  return dead && currentSize !== null && size <= MAX_DEAD_BYTES ? null : 'quota-bytes';
}

function write(
  { sql, caller, counters, nowMs }: Batch,
  row: PushedRow,
  rkey: Bytes,
  sealed: Bytes,
  epoch: number,
): void {
  sql.run(
    `INSERT INTO rows (seq, rkey, lane, epoch, dead, written_at, device, hash, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (rkey) DO UPDATE SET seq = excluded.seq, lane = excluded.lane,
       epoch = excluded.epoch, dead = excluded.dead, written_at = excluded.written_at,
       device = excluded.device, hash = excluded.hash, sealed = excluded.sealed`,
    counters.head,
    rkey,
    row.lane,
    epoch,
    row.dead ? 1 : 0,
    nowMs,
    caller.device,
    row.hash,
    sealed,
  );
}
