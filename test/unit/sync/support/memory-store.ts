import {
  isTooFarAhead,
  tick,
  toStamp,
  type DeviceId,
  type Hlc,
  type Stamp,
} from '../../../../shared/clock.ts';
import {
  editRow,
  emptyState,
  isDeleted,
  latestStamp,
  mergeRows,
  type Json,
  type RowState,
} from '../../../../shared/merge.ts';
import { toCanonicalJson } from '../../../../shared/protocol/canonical.ts';
import {
  addToDigest,
  bucketOf,
  newDigest,
  type HashedRow,
} from '../../../../shared/protocol/digest.ts';
import { packRow, unpackRow } from '../../../../shared/row.ts';
import type { Place, RemoteRow, SyncStore } from '../../../../extension/db/sync-store.ts';

interface Kept {
  readonly table: string;
  readonly id: string;
  readonly state: RowState;
  readonly seq: number | null;
  /** As the worker has it; null while it has none. */
  readonly known: HashedRow | null;
}

export interface MemoryStore extends SyncStore {
  edit(table: string, id: string, patch: Readonly<Record<string, Json>>): void;
  value(table: string, id: string, path: string): Json | undefined;
  state(table: string, id: string): RowState | undefined;
  size(): number;
  /** Everything readable here, for comparing two devices. */
  dump(): string;
  /** Rows that a replacement has put aside, by table and id. */
  readonly dropped: Map<string, RowState>;
  /** A row vanishes as after a fault of the disk: nothing else hears of it. */
  lose(table: string, id: string): void;
  /** Makes the next `count` applications of a page fail before anything is written. */
  failApply(count: number): void;
  readonly kv: Map<string, unknown>;
}

/** A small SyncStore by the book: what the extension's Dexie store does, in a Map. */
export function memoryStore(device: DeviceId, now: () => number): MemoryStore {
  const rows = new Map<string, Kept>();
  const outbox = new Map<string, Stamp>();
  const kv = new Map<string, unknown>();
  const listeners = new Set<() => void>();
  const dropped = new Map<string, RowState>();
  let clock: Hlc | null = null;
  let failures = 0;
  const name = (table: string, id: string): string => `${table}/${id}`;
  const stampOf = (state: RowState): Stamp => {
    const latest = latestStamp(state);
    if (latest === null) throw new Error('a row has a stamp');
    return latest;
  };
  const offset = (): number => (kv.get('clock-offset-ms') as number | undefined) ?? 0;

  const applyOne = ({ table, id, row, seq, rkey, hash }: RemoteRow): void => {
    const theirs = unpackRow(row);
    const key = name(table, id);
    const state = mergeRows(rows.get(key)?.state ?? emptyState, theirs);
    rows.set(key, { table, id, state, seq, known: { rkey, hash } });
    clock = [clock ?? '', stampOf(theirs).slice(0, 16)].toSorted().at(-1) as Hlc;
    if (toCanonicalJson(packRow(state)) === toCanonicalJson(row)) outbox.delete(key);
    else outbox.set(key, stampOf(state));
  };
  const keepPlace = ({ cursor, set }: Place): void => {
    if (cursor !== null) kv.set('sync-cursor', cursor);
    for (const [key, value] of Object.entries(set)) kv.set(key, value);
  };
  const isGone = ({ state }: Kept): boolean => isDeleted(state);

  return {
    kv,
    dropped,
    edit(table, id, patch) {
      clock = tick(clock, now() + offset());
      const key = name(table, id);
      const before = rows.get(key);
      const state = editRow(before?.state ?? emptyState, patch, toStamp(clock, device));
      rows.set(key, { table, id, state, seq: before?.seq ?? null, known: before?.known ?? null });
      outbox.set(key, stampOf(state));
      for (const listener of listeners) listener();
    },
    value: (table, id, path) => rows.get(name(table, id))?.state.registers[path]?.value,
    state: (table, id) => rows.get(name(table, id))?.state,
    size: () => rows.size,
    dump: () =>
      toCanonicalJson(
        Object.fromEntries([...rows].map(([key, { state }]) => [key, packRow(state)])),
      ),
    lose: (table, id) => rows.delete(name(table, id)),
    failApply(count) {
      failures = count;
    },

    async pendingRows(limit, after) {
      // In the order of their names, as IndexedDB keeps them.
      const queued = [...outbox].toSorted(([a], [b]) => (a < b ? -1 : 1));
      const first = after ? name(after.table, after.id) : '';
      const behind = queued.filter(([key]) => key > first);
      return behind.slice(0, limit).flatMap(([key, stamp]) => {
        const row = rows.get(key);
        return row
          ? [{ table: row.table, id: row.id, stamp, row: packRow(row.state), seq: row.seq }]
          : [];
      });
    },
    pendingCount: async () => outbox.size,
    async acknowledge(acknowledged, place) {
      if (place) keepPlace(place);
      for (const { table, id, stamp, seq, rkey, hash } of acknowledged) {
        const key = name(table, id);
        const row = rows.get(key);
        if (row) rows.set(key, { ...row, seq, known: { rkey, hash } });
        if (outbox.get(key) === stamp) outbox.delete(key);
      }
    },
    async applyRemote(remote, cursor, nowMs, more = {}) {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the disk is full');
      }
      const [believed, tooFarAhead] = [[] as RemoteRow[], [] as { table: string; id: string }[]];
      for (const row of remote) {
        if (isTooFarAhead(stampOf(unpackRow(row.row)), nowMs)) tooFarAhead.push(row);
        else believed.push(row);
      }
      believed.forEach(applyOne);
      keepPlace({ cursor, set: more.set ?? {} });
      return { applied: believed.length, changedClientIds: [], tooFarAhead };
    },
    async setClockOffset(offsetMs) {
      kv.set('clock-offset-ms', offsetMs);
    },
    async restampAhead(nowMs) {
      const ahead = [...rows].filter(
        ([, { state, seq }]) => seq === null && isTooFarAhead(stampOf(state), nowMs),
      );
      const inOrder = ahead.toSorted(([, a], [, b]) =>
        stampOf(a.state) < stampOf(b.state) ? -1 : 1,
      );
      clock = null;
      for (const [key, row] of inOrder) {
        clock = tick(clock, nowMs);
        const patch = Object.fromEntries(
          Object.entries(row.state.registers).map(([path, { value }]) => [path, value]),
        );
        const state = editRow(emptyState, patch, toStamp(clock, device));
        rows.set(key, { ...row, state });
        outbox.set(key, stampOf(state));
      }
      return ahead.length;
    },
    settle: async () => false,
    tidy: async () => false,
    async digest() {
      const digest = newDigest();
      for (const { known } of rows.values()) if (known) addToDigest(digest, known);
      return digest;
    },
    async rowsOfBuckets(buckets) {
      return [...rows.values()].flatMap(({ table, id, seq, known }) =>
        known && buckets.includes(bucketOf(known.rkey))
          ? [{ table, id, seq: seq ?? 0, hash: known.hash }]
          : [],
      );
    },
    async queueRows(wanted) {
      for (const { table, id } of wanted) {
        const row = rows.get(name(table, id));
        if (row) outbox.set(name(table, id), stampOf(row.state));
      }
    },
    async forgetSeqs() {
      for (const [key, row] of rows) rows.set(key, { ...row, seq: null, known: null });
    },
    async dropUnknown(_nowMs, except = async () => []) {
      const unknown = [...rows].filter(([key, { seq }]) => seq === null && !outbox.has(key));
      const kept = await except(unknown.map(([, { table, id }]) => ({ table, id })));
      const keptKeys = new Set(kept.map(({ table, id }) => name(table, id)));
      const going = unknown.filter(([key]) => !keptKeys.has(key));
      for (const [key, { state }] of going) {
        dropped.set(key, state);
        rows.delete(key);
      }
      return going.length;
    },
    droppedRows: async () => [],
    restoreDropped: async () => 0,
    async forgetTombstones(horizon) {
      const dead = [...rows].filter(
        ([key, row]) => isGone(row) && row.seq !== null && row.seq <= horizon && !outbox.has(key),
      );
      for (const [key] of dead) rows.delete(key);
      return dead.length;
    },
    get: async <Value>(key: string) => kv.get(key) as Value | undefined,
    async set(key, value) {
      kv.set(key, value);
    },
    async remove(key) {
      kv.delete(key);
    },
    async queueEverything() {
      for (const [key, row] of rows) {
        rows.set(key, { ...row, seq: null, known: null });
        outbox.set(key, stampOf(row.state));
      }
    },
    onQueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
