import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import type { PackedRow } from '../../shared/row.ts';
import type { Stamp } from '../../shared/clock.ts';

/** What the sync client needs from the database; `createSyncStore` (create-sync-store.ts) provides it. */
export interface SyncStore extends Outbox, Arrivals, Reconciling {
  /** A small value of the sync client's own, kept beside the data. CryptoKeys may be stored. */
  get<Value>(key: string): Promise<Value | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /**
   * Milliseconds to add to this device's clock to get the worker's, as just measured at `nowMs` (the
   * corrected time). Written by this alone: how far the clock was set back must be known when stamps
   * are put right.
   */
  setClockOffset(offsetMs: number, nowMs: number): Promise<void>;
  /**
   * Puts right the stamps of this device's own edits that were never accepted anywhere and lie too
   * far ahead of `nowMs` (the corrected time): written while the clock was wrong, they could not be
   * sent for as long as it was ahead. Their order stays. Gives how many rows had some.
   */
  restampAhead(nowMs: number): Promise<number>;
  /**
   * One small step of housekeeping for quiet moments: cold rows are folded into chunks, what was
   * dropped long ago is forgotten. True while there is more to do.
   */
  tidy(nowMs: number): Promise<boolean>;
}

/** What waits to be sent. */
interface Outbox {
  /**
   * Up to `limit` rows that the worker does not have yet, clients and contacts before interactions.
   * `after`: of those behind this row as many as are at hand, maybe none.
   */
  pendingRows(limit: number, after?: RowName): Promise<readonly PendingRow[]>;
  pendingCount(): Promise<number>;
  /**
   * The worker has stored these versions: remembers their `seq` and `hash` and takes each out of the
   * outbox unless it changed since it was sent. All in one transaction with `place`.
   */
  acknowledge(rows: readonly AcknowledgedRow[], place?: Place): Promise<void>;
  /** Called after each committed local write that queued something. Returns the unsubscriber. */
  onQueued(listener: () => void): () => void;
  /** Queues rows as they are, `seq` and all: the worker turned out to lack them, or a key has changed. */
  queueRows(rows: readonly RowName[]): Promise<void>;
  /**
   * Queues every live and deleted row (except samples) again, for a new workspace or a full
   * reconcile, and forgets `seq` and `hash` in the same transaction: they are another storage's.
   */
  queueEverything(): Promise<void>;
}

/** What comes from the worker. */
interface Arrivals {
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
    more?: ApplyOptions,
  ): Promise<ApplyResult>;
  /**
   * One step of merging what `inBulk` has put away. True while more is left. What has not been
   * settled is not seen by anyone, and no loss to whoever asks again: it is stored.
   */
  settle(nowMs: number): Promise<boolean>;
}

export interface ApplyOptions {
  /** Values of the client's own, stored in the same transaction: its place in a reconcile. */
  readonly set?: Readonly<Record<string, unknown>>;
  /**
   * For much history in any order, as in a first pull: interactions are checked and stored with the
   * cursor, and merged client by client by `settle`. Twenty times as fast in pages of thousands.
   */
  readonly inBulk?: boolean;
}

/** Comparing everything with the worker. All of it needs `settle` to have come to its end. */
interface Reconciling {
  /** What this device believes the worker to hold, as shared/protocol/digest.ts lays it out. */
  digest(): Promise<Bytes>;
  /** The rows counted in these buckets of the digest. Walks all rows, so ask once for all buckets. */
  rowsOfBuckets(buckets: readonly number[]): Promise<readonly CountedRow[]>;
  /** Before everything is fetched anew to take the place of what is here: see `dropUnknown`. */
  forgetSeqs(): Promise<void>;
  /**
   * Once everything is fetched after `forgetSeqs`: puts away the rows that the worker did not have
   * and that do not wait to be sent. Others deleted them so long ago that nobody remembers. For 30
   * days they can be had back. `except` says which of these stay after all: those that the worker
   * has in a form that could not be taken in. Gives how many went.
   */
  dropUnknown(
    nowMs: number,
    except?: (rows: readonly RowName[]) => Promise<readonly RowName[]>,
  ): Promise<number>;
  droppedRows(): Promise<readonly Dropped[]>;
  /** Back they come, and to the other devices too. Gives how many. */
  restoreDropped(rows: readonly RowName[], nowMs: number): Promise<number>;
  /** Deleted rows up to this number are gone at the worker: they need not be remembered here either. */
  forgetTombstones(horizon: number): Promise<number>;
}

/** What the client has come to, stored with the rows that brought it there. */
export interface Place {
  /** The worker's number up to which everything has been taken in; null where that stays. */
  readonly cursor: number | null;
  /** Values of the client's own. */
  readonly set: Readonly<Record<string, unknown>>;
}

export interface RowName {
  readonly table: string;
  readonly id: string;
}

export interface PendingRow extends RowName {
  readonly stamp: Stamp;
  readonly row: PackedRow;
  /** The worker's version this one builds on, or null if the worker has none. */
  readonly seq: number | null;
}

export interface AcknowledgedRow extends RowName {
  readonly stamp: Stamp;
  readonly seq: number;
  readonly rkey: RowKey;
  /** Of the version that was sent, 32 hex digits. */
  readonly hash: string;
}

export interface RemoteRow extends RowName {
  readonly row: PackedRow;
  readonly seq: number;
  readonly rkey: RowKey;
  /** As the worker gave it, 32 hex digits. */
  readonly hash: string;
  /**
   * The JSON that `id` and `row` were read from, an object with both: spares a first pull from
   * writing it again.
   */
  readonly bytes?: Uint8Array;
}

/** A row as it is counted in the digest. */
export interface CountedRow extends RowName {
  readonly seq: number;
  readonly hash: string;
}

export interface Dropped extends RowName {
  readonly row: PackedRow;
  /** UTC milliseconds. */
  readonly droppedAt: number;
}

export interface ApplyResult {
  readonly applied: number;
  /** Clients whose card or place in Today may have changed. */
  readonly changedClientIds: readonly string[];
  /** Rows set aside because a stamp is too far ahead of the corrected time. */
  readonly tooFarAhead: readonly RowName[];
}
