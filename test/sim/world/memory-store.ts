import {
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
  latestHlc,
  latestStamp,
  mergeRows,
  type RowState,
} from '../../../shared/merge.ts';
import { packRow, unpackRow } from '../../../shared/row.ts';
import type { RemoteRow, SyncStore } from '../../../extension/db/sync-store.ts';
import {
  editedBetween,
  rowName,
  type LocalData,
  type LocalDisk,
  type LocalEvents,
} from './local-data.ts';
import type { Access } from './memory-database.ts';

interface KeptRow {
  readonly table: string;
  readonly id: string;
  readonly state: RowState;
  readonly seq: number | null;
}

/** Everything in it is immutable, so a copy is cheap. */
interface Disk {
  readonly rows: Map<string, KeptRow>;
  readonly outbox: Map<string, Stamp>;
  readonly kv: Map<string, unknown>;
}

const copyOf = ({ rows, outbox, kv }: Disk): Disk => ({
  rows: new Map(rows),
  outbox: new Map(outbox),
  kv: new Map(kv),
});

/**
 * A store by the book, in Maps, for whatever table and field comes: the newer version of the
 * software, which knows more than the product does today, and a second pair of eyes on the rules.
 * `sync-store-contract.ts` holds it and the product's own against the same tests.
 */
export function memoryDisk(device: DeviceId, now: () => number): LocalDisk {
  let disk: Disk = { rows: new Map(), outbox: new Map(), kv: new Map() };
  let backup: Disk | null = null;
  return {
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

function openMemory(
  { rows, outbox, kv }: Disk,
  device: DeviceId,
  now: () => number,
  access: Access,
  events: LocalEvents,
): LocalData {
  const listeners = new Set<() => void>();
  const read = <Value>(work: () => Value): Promise<Value> => access(false, async () => work());
  const write = <Value>(work: () => Value): Promise<Value> => access(true, async () => work());
  const clock = (): Hlc | null => (kv.get(CLOCK_KEY) as Hlc | undefined) ?? null;
  const stampOf = (state: RowState): Stamp => latestStamp(state) ?? ('0'.repeat(32) as Stamp);

  function edit(table: string, id: string, patch: Parameters<LocalData['edit']>[2]): void {
    const hlc = tick(clock(), now() + ((kv.get(OFFSET_KEY) as number | undefined) ?? 0));
    kv.set(CLOCK_KEY, hlc);
    const key = rowName(table, id);
    const before = rows.get(key);
    const state = editRow(before?.state ?? emptyState, patch, toStamp(hlc, device));
    rows.set(key, { table, id, state, seq: before?.seq ?? null });
    outbox.set(key, stampOf(state));
    const edited = editedBetween(key, before?.state, state);
    if (edited) events.onEdited(edited);
  }

  /** A worker that misbehaves can send one row twice, the older behind the newer. */
  function applyOne(versions: readonly RemoteRow[]): void {
    const [newest, ...older] = versions.toSorted((a, b) => b.seq - a.seq);
    if (!newest) return;
    const { table, id, seq } = newest;
    const key = rowName(table, id);
    const latest = unpackRow(newest.row);
    const theirs = older.reduce((state, { row }) => mergeRows(state, unpackRow(row)), latest);
    const known = rows.get(key);
    const state = known ? mergeRows(theirs, known.state) : theirs;
    rows.set(key, { table, id, state, seq });
    if (textOf(state) === textOf(latest)) outbox.delete(key);
    else outbox.set(key, stampOf(state));
  }

  const store: SyncStore = {
    pendingRows: (limit) =>
      read(() => {
        // In the order of their names, as IndexedDB keeps them.
        const queued = [...outbox].toSorted(([a], [b]) => (a < b ? -1 : 1));
        return queued.slice(0, limit).flatMap(([key, stamp]) => {
          const row = rows.get(key);
          if (!row) return [];
          const { table, id, state, seq } = row;
          return [{ table, id, stamp, row: packRow(state), seq }];
        });
      }),
    pendingCount: () => read(() => outbox.size),
    acknowledge: (acknowledged) =>
      write(() => {
        for (const { table, id, stamp, seq } of acknowledged) {
          const key = rowName(table, id);
          const row = rows.get(key);
          if (row) rows.set(key, { ...row, seq });
          if (outbox.get(key) === stamp) outbox.delete(key);
        }
      }),
    applyRemote: (received, cursor, nowMs) =>
      write(() => {
        const tooFarAhead: { table: string; id: string }[] = [];
        const believable = received.filter(({ table, id, row }) => {
          const latest = latestHlc(unpackRow(row));
          const isBelieved = latest !== null && !isTooFarAhead(latest, nowMs);
          if (isBelieved) kv.set(CLOCK_KEY, maxHlc(clock() ?? latest, latest));
          else tooFarAhead.push({ table, id });
          return isBelieved;
        });
        const groups = Map.groupBy(believable, ({ table, id }) => rowName(table, id));
        for (const versions of groups.values()) applyOne(versions);
        if (cursor !== null) kv.set('sync-cursor', cursor);
        return { applied: believable.length, changedClientIds: [], tooFarAhead };
      }),
    get: <Value>(key: string) => read(() => kv.get(key) as Value | undefined),
    set: (key, value) => write(() => void kv.set(key, value)),
    remove: (key) => write(() => void kv.delete(key)),
    queueEverything: () =>
      write(() => {
        for (const [key, row] of rows) {
          rows.set(key, { ...row, seq: null });
          outbox.set(key, stampOf(row.state));
        }
      }),
    onQueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
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
