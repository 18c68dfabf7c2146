import { correctedStamps, latestBelievable, restampRow } from '../../../extension/db/restamp.ts';
import type {
  Dropped,
  Place,
  RemoteRow,
  RowName,
  SyncStore,
} from '../../../extension/db/sync-store.ts';
import {
  hlcOf,
  isTooFarAhead,
  maxHlc,
  tick,
  toStamp,
  type DeviceId,
  type Hlc,
  type Stamp,
} from '../../../shared/clock.ts';
import {
  editRow,
  emptyState,
  isDeleted,
  latestStamp,
  mergeRows,
  type RowState,
} from '../../../shared/merge.ts';
import {
  addToDigest,
  bucketOf,
  newDigest,
  type HashedRow,
} from '../../../shared/protocol/digest.ts';
import { latestClock, packRow, unpackRow } from '../../../shared/row.ts';
import {
  editedBetween,
  rowName,
  type LocalData,
  type LocalDisk,
  type LocalEvents,
} from './local-data.ts';
import type { Access } from './memory-database.ts';

interface KeptRow extends RowName {
  readonly state: RowState;
  /** What the worker calls the version last exchanged. */
  readonly there: (HashedRow & { readonly seq: number }) | null;
}

/** Everything in it is immutable, so a copy is cheap. */
interface Disk {
  readonly rows: Map<string, KeptRow>;
  readonly outbox: Map<string, Stamp>;
  readonly dropped: Map<string, KeptRow & { readonly droppedAt: number }>;
  readonly kv: Map<string, unknown>;
}

const newDisk = (): Disk => ({
  rows: new Map(),
  outbox: new Map(),
  dropped: new Map(),
  kv: new Map(),
});

const copyOf = ({ rows, outbox, dropped, kv }: Disk): Disk => ({
  rows: new Map(rows),
  outbox: new Map(outbox),
  dropped: new Map(dropped),
  kv: new Map(kv),
});

/**
 * A store by the book, in Maps, for whatever table and field comes: the newer version of the
 * software, which knows more than the product does today, and a second pair of eyes on the rules.
 * `sync-store-contract.ts` holds it and the product's own against the same tests.
 */
export function memoryDisk(
  device: DeviceId,
  now: () => number,
  values: ReadonlyMap<string, unknown> = new Map(),
): LocalDisk {
  let disk: Disk = { ...newDisk(), kv: new Map(values) };
  let backup: Disk | null = null;
  return {
    values: () => new Map(disk.kv),
    pending: () => new Set(disk.outbox.keys()),
    open: (access, events) => openMemory(disk, device, now, access, events),
    backUp() {
      backup = copyOf(disk);
    },
    restore() {
      if (!backup) return false;
      disk = copyOf(backup);
      return true;
    },
  };
}

const CLOCK_KEY = 'clock';
const OFFSET_KEY = 'clock-offset-ms';
const SHIFT_KEY = 'clock-shift-ms';
/** The latest that others may know. */
const BELIEVED_KEY = 'clock-believed';
/** All that were given out here: others may know them although nobody has said so. */
const WRITTEN_KEY = 'clocks-written';

function openMemory(
  { rows, outbox, dropped, kv }: Disk,
  device: DeviceId,
  now: () => number,
  access: Access,
  events: LocalEvents,
): LocalData {
  const listeners = new Set<() => void>();
  const read = <Value>(work: () => Value): Promise<Value> => access(false, async () => work());
  const write = <Value>(work: () => Value): Promise<Value> => access(true, async () => work());
  const number = (key: string): number => (kv.get(key) as number | undefined) ?? 0;
  const written = (): readonly Hlc[] => (kv.get(WRITTEN_KEY) as readonly Hlc[] | undefined) ?? [];
  const clock = (): Hlc | null => (kv.get(CLOCK_KEY) as Hlc | undefined) ?? null;
  const believe = (hlc: Hlc): void => {
    kv.set(BELIEVED_KEY, maxHlc((kv.get(BELIEVED_KEY) as Hlc | undefined) ?? hlc, hlc));
  };
  const queue = (key: string, state: RowState): void => {
    outbox.set(key, latestStamp(state) ?? ('0'.repeat(32) as Stamp));
  };

  function edit(table: string, id: string, patch: Parameters<LocalData['edit']>[2]): void {
    const hlc = tick(clock(), now() + number(OFFSET_KEY));
    kv.set(CLOCK_KEY, hlc);
    kv.set(WRITTEN_KEY, [...written(), hlc]);
    const key = rowName(table, id);
    const before = rows.get(key);
    const state = editRow(before?.state ?? emptyState, patch, toStamp(hlc, device));
    rows.set(key, { table, id, state, there: before?.there ?? null });
    queue(key, state);
    const edited = editedBetween(key, before?.state, state);
    if (edited) events.onEdited(edited);
  }

  /** A worker that misbehaves can send one row twice, the older behind the newer. */
  function applyOne(versions: readonly RemoteRow[]): void {
    const [newest, ...older] = versions.toSorted((a, b) => b.seq - a.seq);
    if (!newest) return;
    const { table, id, seq, rkey, hash } = newest;
    const key = rowName(table, id);
    const latest = unpackRow(newest.row);
    const theirs = older.reduce((state, { row }) => mergeRows(state, unpackRow(row)), latest);
    const known = rows.get(key);
    const state = known ? mergeRows(theirs, known.state) : theirs;
    // The worker's numbers only grow, so this is an older version, and says nothing about what waits.
    const isOld = known?.there && known.there.seq > seq && textOf(state) === textOf(known.state);
    if (isOld) return;
    rows.set(key, { table, id, state, there: { seq, rkey, hash } });
    if (textOf(state) === textOf(latest)) outbox.delete(key);
    else queue(key, state);
  }

  /** Own stamps that nobody would believe, put right where they wait to be sent. */
  function restampAhead(nowMs: number): number {
    const last = clock();
    const shiftMs = number(SHIFT_KEY);
    kv.delete(SHIFT_KEY);
    if (last === null || !isTooFarAhead(last, nowMs)) return 0;
    const exchanged = (kv.get(BELIEVED_KEY) as Hlc | undefined) ?? null;
    const believed = latestBelievable([exchanged, ...written()], nowMs);
    let latest = believed ?? tick(null, nowMs);
    let count = 0;
    for (const key of outbox.keys()) {
      const row = rows.get(key);
      if (!row) continue;
      const correction = { device, nowMs, shiftMs, believed };
      const state = restampRow(row.state, correctedStamps([row.state], correction));
      latest = maxHlc(latest, latestClock(packRow(state).meta));
      if (textOf(state) === textOf(row.state)) continue;
      events.onRestamped(key, row.state, state);
      rows.set(key, { ...row, state });
      queue(key, state);
      count += 1;
    }
    kv.set(CLOCK_KEY, latest);
    return count;
  }

  const keepPlace = ({ cursor, set }: Place): void => {
    for (const [key, value] of Object.entries(set)) kv.set(key, value);
    if (cursor !== null) kv.set('sync-cursor', cursor);
  };

  const store: SyncStore = {
    pendingRows: (limit, after) =>
      read(() => {
        // In the order of their names, as IndexedDB keeps them.
        const queued = [...outbox].toSorted(([a], [b]) => (a < b ? -1 : 1));
        const first = after ? rowName(after.table, after.id) : '';
        const behind = queued.filter(([key]) => key > first);
        return behind.slice(0, limit).flatMap(([key, stamp]) => {
          const row = rows.get(key);
          if (!row) return [];
          const { table, id, state, there } = row;
          return [{ table, id, stamp, row: packRow(state), seq: there?.seq ?? null }];
        });
      }),
    pendingCount: () => read(() => outbox.size),
    acknowledge: (acknowledged, place) =>
      write(() => {
        if (place) keepPlace(place);
        for (const { table, id, stamp, ...there } of acknowledged) {
          believe(hlcOf(stamp));
          const key = rowName(table, id);
          const row = rows.get(key);
          if (row) rows.set(key, { ...row, there });
          if (outbox.get(key) === stamp) outbox.delete(key);
        }
      }),
    onQueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    queueRows: (names) =>
      write(() => {
        for (const { table, id } of names) {
          const row = rows.get(rowName(table, id));
          if (row) queue(rowName(table, id), row.state);
        }
      }),
    queueEverything: () =>
      write(() => {
        for (const [key, row] of rows) {
          rows.set(key, { ...row, there: null });
          queue(key, row.state);
        }
      }),
    applyRemote: (received, cursor, nowMs, { set = {} } = {}) =>
      write(() => {
        const tooFarAhead: RowName[] = [];
        const believable = received.filter(({ table, id, row }) => {
          const latest = latestClock(row.meta);
          const isBelieved = !isTooFarAhead(latest, nowMs);
          if (isBelieved) {
            kv.set(CLOCK_KEY, maxHlc(clock() ?? latest, latest));
            believe(latest);
          } else tooFarAhead.push({ table, id });
          return isBelieved;
        });
        const groups = Map.groupBy(believable, ({ table, id }) => rowName(table, id));
        for (const versions of groups.values()) applyOne(versions);
        keepPlace({ cursor, set });
        return { applied: believable.length, changedClientIds: [], tooFarAhead };
      }),
    // Everything is merged and nothing is folded as it comes.
    settle: async () => false,
    tidy: async () => false,
    digest: () =>
      read(() => {
        const digest = newDigest();
        for (const { there } of rows.values()) if (there) addToDigest(digest, there);
        return digest;
      }),
    rowsOfBuckets: (buckets) =>
      read(() =>
        [...rows.values()].flatMap(({ table, id, there }) =>
          there && buckets.includes(bucketOf(there.rkey)) ? [{ table, id, ...there }] : [],
        ),
      ),
    forgetSeqs: () =>
      write(() => {
        for (const [key, row] of rows) rows.set(key, { ...row, there: null });
      }),
    async dropUnknown(nowMs, except = async () => []) {
      const unknown = await read(() =>
        [...rows].flatMap(([key, row]) => (row.there || outbox.has(key) ? [] : [row])),
      );
      const stay = new Set((await except(unknown)).map(({ table, id }) => rowName(table, id)));
      return write(() => {
        const gone = unknown.filter(({ table, id }) => !stay.has(rowName(table, id)));
        for (const row of gone) {
          const key = rowName(row.table, row.id);
          rows.delete(key);
          dropped.set(key, { ...row, droppedAt: nowMs });
        }
        return gone.length;
      });
    },
    droppedRows: () =>
      read(() =>
        [...dropped.values()].map(({ table, id, state, droppedAt }): Dropped => ({
          table,
          id,
          row: packRow(state),
          droppedAt,
        })),
      ),
    restoreDropped: (names) =>
      write(() => {
        const back = names.flatMap(({ table, id }) => dropped.get(rowName(table, id)) ?? []);
        for (const { table, id, state } of back) {
          const key = rowName(table, id);
          const known = rows.get(key);
          const merged = known ? mergeRows(known.state, state) : state;
          rows.set(key, { table, id, state: merged, there: known?.there ?? null });
          queue(key, merged);
          dropped.delete(key);
        }
        return back.length;
      }),
    forgetTombstones: (horizon) =>
      write(() => {
        const gone = [...rows].filter(
          ([key, { state, there }]) =>
            isDeleted(state) && there !== null && there.seq <= horizon && !outbox.has(key),
        );
        for (const [key] of gone) rows.delete(key);
        return gone.length;
      }),
    get: <Value>(key: string) => read(() => kv.get(key) as Value | undefined),
    set: (key, value) => write(() => void kv.set(key, value)),
    remove: (key) => write(() => void kv.delete(key)),
    setClockOffset: (offsetMs, nowMs) =>
      write(() => {
        const last = clock();
        const isAhead = last !== null && isTooFarAhead(last, nowMs);
        const loweredMs = Math.min(0, offsetMs - number(OFFSET_KEY));
        kv.set(SHIFT_KEY, isAhead ? number(SHIFT_KEY) + loweredMs : 0);
        kv.set(OFFSET_KEY, offsetMs);
      }),
    restampAhead: (nowMs) => write(() => restampAhead(nowMs)),
  };

  return {
    store,
    async edit(table, id, patch) {
      await write(() => edit(table, id, patch));
      for (const listener of listeners) listener();
    },
    // Undoing is a feature of the product's writer.
    undo: async () => {},
    rows: () => read(() => new Map([...rows].map(([key, { state }]) => [key, state]))),
  };
}

/** Packing is canonical, so equal text means equal rows. */
const textOf = (state: RowState): string => JSON.stringify(packRow(state));
