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
  latestStamp,
  mergeRows,
  type Json,
  type RowState,
} from '../../../../shared/merge.ts';
import { toCanonicalJson } from '../../../../shared/protocol/canonical.ts';
import { newDigest } from '../../../../shared/protocol/digest.ts';
import { packRow, unpackRow } from '../../../../shared/row.ts';
import type { SyncStore } from '../../../../extension/db/sync-store.ts';

interface Kept {
  readonly table: string;
  readonly id: string;
  readonly state: RowState;
  readonly seq: number | null;
}

export interface MemoryStore extends SyncStore {
  edit(table: string, id: string, patch: Readonly<Record<string, Json>>): void;
  value(table: string, id: string, path: string): Json | undefined;
  state(table: string, id: string): RowState | undefined;
  size(): number;
  /** Everything readable here, for comparing two devices. */
  dump(): string;
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
  let clock: Hlc | null = null;
  let failures = 0;
  const name = (table: string, id: string): string => `${table}/${id}`;
  const stampOf = (state: RowState): Stamp => {
    const latest = latestStamp(state);
    if (latest === null) throw new Error('a row has a stamp');
    return latest;
  };
  const offset = (): number => (kv.get('clock-offset-ms') as number | undefined) ?? 0;

  return {
    kv,
    edit(table, id, patch) {
      clock = tick(clock, now() + offset());
      const key = name(table, id);
      const before = rows.get(key);
      const state = editRow(before?.state ?? emptyState, patch, toStamp(clock, device));
      rows.set(key, { table, id, state, seq: before?.seq ?? null });
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
    failApply(count) {
      failures = count;
    },

    async pendingRows(limit) {
      return [...outbox].slice(0, limit).flatMap(([key, stamp]) => {
        const row = rows.get(key);
        return row
          ? [{ table: row.table, id: row.id, stamp, row: packRow(row.state), seq: row.seq }]
          : [];
      });
    },
    pendingCount: async () => outbox.size,
    async acknowledge(acknowledged) {
      for (const { table, id, stamp, seq } of acknowledged) {
        const key = name(table, id);
        const row = rows.get(key);
        if (row) rows.set(key, { ...row, seq });
        if (outbox.get(key) === stamp) outbox.delete(key);
      }
    },
    async applyRemote(remote, cursor, nowMs) {
      if (failures > 0) {
        failures -= 1;
        throw new Error('the disk is full');
      }
      const tooFarAhead: { table: string; id: string }[] = [];
      for (const { table, id, row, seq } of remote) {
        const theirs = unpackRow(row);
        if (isTooFarAhead(stampOf(theirs), nowMs)) {
          tooFarAhead.push({ table, id });
          continue;
        }
        const key = name(table, id);
        const state = mergeRows(rows.get(key)?.state ?? emptyState, theirs);
        rows.set(key, { table, id, state, seq });
        clock = [clock ?? '', stampOf(theirs).slice(0, 16)].toSorted().at(-1) as Hlc;
        if (toCanonicalJson(packRow(state)) === toCanonicalJson(row)) outbox.delete(key);
        else outbox.set(key, stampOf(state));
      }
      if (cursor !== null) kv.set('sync-cursor', cursor);
      return { applied: remote.length - tooFarAhead.length, changedClientIds: [], tooFarAhead };
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
        rows.set(key, { ...row, seq: null });
        outbox.set(key, stampOf(row.state));
      }
    },
    setClockOffset: async (offsetMs) => {
      kv.set('clock-offset-ms', offsetMs);
    },
    restampAhead: async () => 0,
    settle: async () => false,
    tidy: async () => false,
    queueRows: async () => {},
    digest: async () => newDigest(),
    rowsOfBuckets: async () => [],
    forgetSeqs: async () => {},
    dropUnknown: async () => 0,
    droppedRows: async () => [],
    restoreDropped: async () => 0,
    forgetTombstones: async () => 0,
    onQueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
