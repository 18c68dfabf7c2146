import { maxHlc } from '../../shared/clock.ts';
import { believe, mergeRemote } from './apply-rows.ts';
import { addArrivals, hasArrivals } from './arrival-table.ts';
import { toArrivals } from './arrival.ts';
import type { MainstayDatabase } from './database.ts';
import { refreshDerived } from './derived.ts';
import { noteBelieved, readClock, writeClock, writeClockOffset } from './device.ts';
import { openDigest, readDigest } from './digest-book.ts';
import { dropRows, readDropped, restoreRows } from './dropped.ts';
import {
  acknowledgeRows,
  countPending,
  queueEverything,
  queueRows,
  readPending,
} from './outbox.ts';
import { forgetSeqs, forgetTombstones, rowsOfBuckets, unknownRows } from './reconcile.ts';
import { restampOutbox } from './restamp-outbox.ts';
import { noteReceipt } from './receipts.ts';
import { createSettler } from './settle.ts';
import type {
  ApplyOptions,
  ApplyResult,
  Place,
  RemoteRow,
  RowName,
  SyncStore,
} from './sync-store.ts';
import { tidySome } from './tidy.ts';

/** kv key of the sequence number up to which everything of the worker has been taken in. */
export const CURSOR_KEY = 'sync-cursor';
/** Rows dropped or restored in one transaction. */
const NAMES_AT_A_TIME = 500;

export interface SyncStoreDeps {
  readonly db: MainstayDatabase;
  readonly onChanged: (clientIds: readonly string[]) => void;
  /** Subscribes to local writes; the writer calls it after each commit. */
  readonly onQueued: SyncStore['onQueued'];
}

export function createSyncStore({ db, onChanged, onQueued }: SyncStoreDeps): SyncStore {
  const settler = createSettler(db);
  /** Told once a settling is over: its steps follow one another within moments. */
  const settled = new Set<string>();
  const inTransaction = <Result>(work: () => Promise<Result>): Promise<Result> =>
    db.transaction('rw', db.tables, async () => work());
  const tell = (clientIds: readonly string[]): void => {
    if (clientIds.length > 0) onChanged(clientIds);
  };

  /** Nobody else adds receipts; what one before this left behind is found by looking once. */
  let mayHaveReceipts = true;
  let noting: Promise<void> | null = null;

  /** The same for what lies unsorted: most exchanges have nothing to settle. */
  let mayHaveArrivals = true;

  async function noteAll(): Promise<void> {
    mayHaveReceipts = false;
    let isMore = true;
    try {
      while (isMore) isMore = await noteReceipt(db);
    } finally {
      mayHaveReceipts ||= isMore;
      noting = null;
    }
  }
  /** For all who ask at the same time. */
  const noteReceipts = (): Promise<void> => (noting ??= noteAll());
  const whenNoted = async (): Promise<void> => {
    if (noting || mayHaveReceipts) await noteReceipts();
  };

  async function mustBeSettled(): Promise<void> {
    if (await hasArrivals(db)) throw new Error('there is history to settle first');
    await noteReceipts();
  }

  async function inParts(
    names: readonly RowName[],
    work: (some: readonly RowName[]) => ReturnType<typeof dropRows>,
  ): Promise<number> {
    await mustBeSettled();
    let count = 0;
    for (let start = 0; start < names.length; start += NAMES_AT_A_TIME) {
      const some = names.slice(start, start + NAMES_AT_A_TIME);
      const done = await inTransaction(() => work(some));
      count += done.count;
      tell(done.changedClientIds);
    }
    return count;
  }

  return {
    async pendingRows(limit, after) {
      // What is behind a batch that is under way has no receipt: its entries are older than that.
      if (!after) await whenNoted();
      return db.transaction('r', db.tables, async () => readPending(db, limit, after));
    },
    pendingCount: () => countPending(db),
    async acknowledge(rows, place) {
      const isLeft = await inTransaction(async () => {
        const isLater = await acknowledgeRows(db, rows);
        if (place) await keepPlace(db, place);
        return isLater;
      });
      if (isLeft) mayHaveReceipts = true;
    },
    onQueued,
    queueRows: (rows) => inTransaction(() => queueRows(db, rows)),
    async queueEverything() {
      await mustBeSettled();
      await queueEverything(db);
    },

    async applyRemote(rows, cursor, nowMs, more = {}) {
      if (rows.length > 0) await whenNoted();
      if (more.inBulk) mayHaveArrivals = true;
      const result = await applyRows(db, rows, cursor, nowMs, more);
      tell(result.changedClientIds);
      return result;
    },
    async settle(nowMs) {
      if (!mayHaveArrivals) return false;
      const { isDone, changedClientIds } = await settler.step(nowMs);
      for (const clientId of changedClientIds) settled.add(clientId);
      if (!isDone) return true;
      mayHaveArrivals = false;
      tell([...settled]);
      settled.clear();
      return false;
    },

    get: async <Value>(key: string) => (await db.kv.get(key))?.value as Value | undefined,
    set: async (key, value) => {
      await db.kv.put({ key, value });
    },
    remove: (key) => db.kv.delete(key),
    setClockOffset: (offsetMs, nowMs) => writeClockOffset(db, offsetMs, nowMs),
    restampAhead: (nowMs) => restampOutbox(db, nowMs),
    async tidy(nowMs) {
      await whenNoted();
      return tidySome(db, nowMs);
    },

    async digest() {
      await mustBeSettled();
      return readDigest(db);
    },
    async rowsOfBuckets(buckets) {
      await noteReceipts();
      return rowsOfBuckets(db, buckets);
    },
    async forgetSeqs() {
      await mustBeSettled();
      await forgetSeqs(db);
    },
    async dropUnknown(nowMs, except = async () => []) {
      await mustBeSettled();
      const unknown = await unknownRows(db);
      const stay = new Set((await except(unknown)).map(nameOf));
      const names = unknown.filter((row) => !stay.has(nameOf(row)));
      return inParts(names, (some) => dropRows(db, some, nowMs));
    },
    droppedRows: () => readDropped(db),
    restoreDropped: (names, nowMs) => inParts(names, (some) => restoreRows(db, some, nowMs)),
    async forgetTombstones(horizon) {
      // Nothing was cleared away there yet, most often, and to look for it takes all rows in hand.
      if (horizon === 0) return 0;
      await noteReceipts();
      return forgetTombstones(db, horizon);
    },
  };
}

/** Ids may hold anything but a line break before them. */
const nameOf = ({ table, id }: RowName): string => `${table}\n${id}`;

async function keepPlace(db: MainstayDatabase, { cursor, set }: Place): Promise<void> {
  const values = Object.entries(set).map(([key, value]) => ({ key, value }));
  if (cursor !== null) values.push({ key: CURSOR_KEY, value: cursor });
  await db.kv.bulkPut(values);
}

async function applyRows(
  db: MainstayDatabase,
  remotes: readonly RemoteRow[],
  cursor: number | null,
  nowMs: number,
  { set = {}, inBulk = false }: ApplyOptions,
): Promise<ApplyResult> {
  const { rows, tooFarAhead, highest } = believe(remotes, nowMs);
  const history = inBulk ? rows.filter(({ table }) => table === 'interactions') : [];
  const { arrivals, unreadable } = await toArrivals(history);
  const atOnce = inBulk ? rows.filter(({ table }) => table !== 'interactions') : rows;
  const changedClientIds = await db.transaction('rw', db.tables, async () => {
    await addArrivals(db, arrivals);
    const [digest, clock] = await Promise.all([openDigest(db), readClock(db)]);
    const changes = await mergeRemote(db, [...atOnce, ...unreadable], digest);
    const [changed] = await Promise.all([
      refreshDerived(db, changes, nowMs),
      // The clock is merged once per batch: each later local edit is after everything seen here.
      highest !== null && writeClock(db, clock === null ? highest : maxHlc(clock, highest)),
      highest !== null && noteBelieved(db, highest),
      digest.store(),
      keepPlace(db, { cursor, set }),
    ]);
    return changed;
  });
  return { applied: rows.length, changedClientIds, tooFarAhead };
}
