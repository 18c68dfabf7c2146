import type { Bytes } from '../shared/protocol/bytes.ts';
import { MAX_SEALED_BYTES } from '../shared/protocol/limits.ts';
import type { Push, RowResult } from '../shared/protocol/messages.ts';
import { readEnvelopeHeader } from '../shared/seal.ts';
import type { Caller } from './access.ts';
import type { Counters } from './workspace-record.ts';
import type { WorkspaceLimits } from './workspace-store.ts';

export type PushedRow = Push['rows'][number];

/** What is stored under a row key, without its content. */
export interface StoredRow {
  readonly seq: number;
  readonly epoch: number;
  readonly hash: string;
  readonly size: number;
}

/** What a batch's rows share; the counters go along with what was decided so far. */
export interface Batch {
  readonly caller: Caller;
  readonly limits: WorkspaceLimits;
  readonly counters: Counters;
}

export interface Decision {
  readonly result: RowResult;
  /** What is to be written, if anything. */
  readonly write: RowWrite | null;
}

export interface RowWrite {
  readonly row: PushedRow;
  readonly sealed: Bytes;
  readonly epoch: number;
  /** The stored row that this takes the place of. */
  readonly replaced: StoredRow | null;
  /** The replaced one's own for the same content under a later key; else the new head. */
  readonly seq: number;
}

/** Deleting must be possible when the quota is reached: a deleted row may be this large. */
const MAX_DEAD_BYTES = 1024;

/** Compare and swap: written only over the version that its sender had seen. */
export function decideRow(
  { caller, limits, counters }: Batch,
  row: PushedRow,
  sealed: Bytes,
  stored: StoredRow | null,
): Decision {
  const { keyEpoch } = caller.workspace;
  if (sealed.length > MAX_SEALED_BYTES) return refuse('too-large');
  const envelope = readEnvelopeHeader(sealed);
  if (envelope?.device !== caller.device || envelope.keyEpoch > keyEpoch) {
    return refuse('not-yours');
  }
  const isSame = stored?.hash === row.hash;
  if (stored && isSame && envelope.keyEpoch <= stored.epoch) return same(stored, null);
  if (caller.role === 'viewer' || caller.kind === 'recovery') return refuse('read-only');
  if (envelope.keyEpoch < keyEpoch) return refuse('old-key-epoch');
  if (stored && !isSame && stored.seq !== row.seq) {
    return {
      result: { status: 'conflict', seq: stored.seq, hash: stored.hash, size: 0 },
      write: null,
    };
  }
  const refusal = quotaRefusal(limits, counters, row, sealed.length, stored?.size ?? null);
  if (refusal) return refuse(refusal);
  counters.byteCount += sealed.length - (stored?.size ?? 0);
  const write = { row, sealed, epoch: envelope.keyEpoch, replaced: stored };
  // The same content under a later key: nobody has to fetch it again, so it keeps its number.
  if (stored && isSame) return same(stored, { ...write, seq: stored.seq });
  if (!stored) counters.rowCount += 1;
  counters.head += 1;
  const { head: seq } = counters;
  return { result: { status: 'accepted', seq }, write: { ...write, seq } };
}

const refuse = (reason: Extract<RowResult, { status: 'refused' }>['reason']): Decision => ({
  result: { status: 'refused', reason },
  write: null,
});

const same = ({ seq }: StoredRow, write: RowWrite | null): Decision => ({
  result: { status: 'same', seq },
  write,
});

function quotaRefusal(
  limits: WorkspaceLimits,
  counters: Counters,
  { dead }: PushedRow,
  size: number,
  storedSize: number | null,
): 'quota-rows' | 'quota-bytes' | null {
  const addedBytes = size - (storedSize ?? 0);
  if (storedSize === null && counters.rowCount >= limits.maxRows) return 'quota-rows';
  if (addedBytes <= 0 || counters.byteCount + addedBytes <= limits.maxBytes) return null;
  return dead && storedSize !== null && size <= MAX_DEAD_BYTES ? null : 'quota-bytes';
}
