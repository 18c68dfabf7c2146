import type { PackedRow } from '../../shared/row.ts';
import type { Stamp } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';

/** What the sync client needs from the database; `createSyncStore` (this file) provides it. */
export interface SyncStore {
  /** Up to `limit` rows that the worker does not have yet, clients and contacts before interactions. */
  pendingRows(limit: number): Promise<readonly PendingRow[]>;
  pendingCount(): Promise<number>;
  /**
   * The worker has stored these versions: remembers their `seq` and takes each out of the outbox
   * unless it changed since it was sent.
   */
  acknowledge(rows: readonly AcknowledgedRow[]): Promise<void>;
  /**
   * Merges rows from the worker and stores `cursor` (if given) in one transaction. A row that has
   * more than the worker's version stays (or gets) queued. Rows that this version cannot read are
   * kept as they are and passed on unchanged. Rows with a stamp too far ahead are not applied but
   * reported in the result.
   */
  applyRemote(
    rows: readonly RemoteRow[],
    cursor: number | null,
    nowMs: number,
    more?: ApplyMore,
  ): Promise<ApplyResult>;
  /** Remembers how far the clock was set back; the only writer of 'clock-offset-ms'. */
  setClockOffset(offsetMs: number): Promise<void>;
  /** Own rows, never accepted and stamped too far ahead of `nowMs`, move back in order. How many. */
  restampAhead(nowMs: number): Promise<number>;
  /** One step of merging what `inBulk` left; true: call again. */
  settle(nowMs: number): Promise<boolean>;
  /** One small idle step of housekeeping; true: there is more. */
  tidy(nowMs: number): Promise<boolean>;
  /** As shared/protocol/digest.ts lays it out. */
  digest(): Promise<Bytes>;
  rowsOfBuckets(
    buckets: readonly number[],
  ): Promise<readonly { table: string; id: string; seq: number; hash: string }[]>;
  /** To be sent again, built on the version known. */
  queueRows(rows: readonly { readonly table: string; readonly id: string }[]): Promise<void>;
  /** Before a full replacement: what is here is no longer known to be there. */
  forgetSeqs(): Promise<void>;
  /** After it: rows that the worker has not and that do not wait to be sent are set aside for 30 days. */
  dropUnknown(nowMs: number): Promise<number>;
  /** Deleted rows up to `horizon` that do not wait to be sent: the worker has forgotten them too. */
  forgetTombstones(horizon: number): Promise<number>;
  /** A small value of the sync client's own, kept beside the data. CryptoKeys may be stored. */
  get<Value>(key: string): Promise<Value | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Queues every live and deleted row (except samples) again, for a new workspace or a full
   * reconcile, and forgets their `seq` in the same transaction: it is another storage's number.
   */
  queueEverything(): Promise<void>;
  /** Called after each committed local write that queued something. Returns the unsubscriber. */
  onQueued(listener: () => void): () => void;
}

export interface ApplyMore {
  /** Stored in the same transaction. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Much history at once: put away unmerged, to be merged by `settle`. */
  readonly inBulk?: boolean;
}

export interface PendingRow {
  readonly table: string;
  readonly id: string;
  readonly stamp: Stamp;
  readonly row: PackedRow;
  /** The worker's version this one builds on, or null if the worker has none. */
  readonly seq: number | null;
}

export interface AcknowledgedRow {
  readonly table: string;
  readonly id: string;
  readonly stamp: Stamp;
  readonly seq: number;
  readonly rkey: RowKey;
  readonly hash: string;
}

export interface RemoteRow {
  readonly table: string;
  readonly id: string;
  readonly row: PackedRow;
  readonly seq: number;
  readonly rkey: RowKey;
  /** As the worker sent it. */
  readonly hash: string;
}

export interface ApplyResult {
  readonly applied: number;
  /** Clients whose card or place in Today may have changed. */
  readonly changedClientIds: readonly string[];
  /** Rows set aside because a stamp is too far ahead of the corrected time. */
  readonly tooFarAhead: readonly { readonly table: string; readonly id: string }[];
}
