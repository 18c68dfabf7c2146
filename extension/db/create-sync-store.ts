import { hlcOf, isTooFarAhead, maxHlc, type Stamp } from '../../shared/clock.ts';
import { latestStamp, mergeRows, type RowState } from '../../shared/merge.ts';
import { isSample } from '../../shared/model/ids.ts';
import { isTableName, tableNames } from '../../shared/model/tables.ts';
import { unpackRow, packRow, type PackedRow } from '../../shared/row.ts';
import type { ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { readClock, writeClock } from './device.ts';
import { packedOf, stateOf, toStored, type StoredRow } from './stored-row.ts';
import type {
  AcknowledgedRow,
  ApplyResult,
  PendingRow,
  RemoteRow,
  SyncStore,
} from './sync-store.ts';

/** kv key of the sequence number up to which everything of the worker has been applied. */
export const CURSOR_KEY = 'sync-cursor';
const QUEUE_PAGE_ROWS = 2000;

export interface SyncStoreDeps {
  readonly db: MainstayDatabase;
  readonly onChanged: (clientIds: readonly string[]) => void;
  /** Subscribes to local writes; the writer calls it after each commit. */
  readonly onQueued: SyncStore['onQueued'];
}

export function createSyncStore({ db, onChanged, onQueued }: SyncStoreDeps): SyncStore {
  const rowTables = [...tableNames.map((name) => db.table(name)), db.foreign];
  const everything = [...rowTables, db.standings, db.roster, db.outbox, db.kv];

  /** Beside a version that this one cannot read, the readable row may have been edited since. */
  async function pendingOf(entry: OutboxEntry): Promise<PendingRow | null> {
    const foreign = await db.foreign.get([entry.table, entry.id]);
    const row = isTableName(entry.table)
      ? await db.table<StoredRow, string>(entry.table).get(entry.id)
      : undefined;
    if (!foreign) return row ? { ...entry, row: packedOf(row), seq: row.seq ?? null } : null;
    const packed = foreignPacked(foreign);
    const whole = row ? packRow(mergeRows(unpackRow(packed), stateOf(row))) : packed;
    return { ...entry, row: whole, seq: foreign.seq ?? null };
  }

  return {
    pendingRows: (limit) =>
      db.transaction('r', [...rowTables, db.outbox], async () => {
        const entries = await db.outbox.limit(limit).toArray();
        const rows = await Promise.all(entries.map(pendingOf));
        return rows.filter((row) => row !== null);
      }),

    pendingCount: () => db.outbox.count(),

    acknowledge: (rows) =>
      db.transaction('rw', [...rowTables, db.outbox], async () => acknowledgeRows(db, rows)),

    async applyRemote(rows, cursor, nowMs) {
      const result = await db.transaction('rw', everything, async () =>
        applyRows(db, rows, cursor, nowMs),
      );
      if (result.changedClientIds.length > 0) onChanged(result.changedClientIds);
      return result;
    },

    get: async <Value>(key: string) => (await db.kv.get(key))?.value as Value | undefined,
    set: async (key, value) => {
      await db.kv.put({ key, value });
    },
    remove: (key) => db.kv.delete(key),

    async queueEverything() {
      for (const table of tableNames) await queueTable(db, table);
      await db.transaction('rw', [db.foreign, db.outbox], async () => {
        const rows = await db.foreign.toArray();
        await db.outbox.bulkPut(
          rows.map((row) => queued(row.table, row.id, unpackRow(foreignPacked(row)))),
        );
        await db.foreign.bulkPut(rows.map(withoutSeq));
      });
    },

    onQueued,
  };
}

/** Packing is canonical, so equal text means equal rows. */
const isSamePack = (a: RowState, b: RowState): boolean =>
  JSON.stringify(packRow(a)) === JSON.stringify(packRow(b));

const foreignPacked = ({ fields, meta }: ForeignRow): PackedRow => ({ fields, meta });

const queued = (table: string, id: string, state: RowState): OutboxEntry => ({
  table,
  id,
  stamp: latestStamp(state) ?? ('0'.repeat(32) as Stamp),
});

/** Numbers of another storage: one could by chance be another version's, and overwrite it unseen. */
function withoutSeq<Row extends { readonly seq?: number }>(row: Row): Omit<Row, 'seq'> {
  const { seq: _, ...rest } = row;
  return rest;
}

/** In pages, each its own transaction, so that a million rows neither block nor fill the memory. */
async function queueTable(db: MainstayDatabase, table: (typeof tableNames)[number]): Promise<void> {
  const store = db.table<StoredRow, string>(table);
  let after = '';
  for (;;) {
    const last: string | null = await db.transaction('rw', [store, db.outbox], async () => {
      const rows = await store.where(':id').above(after).limit(QUEUE_PAGE_ROWS).toArray();
      const own = rows.filter(({ id }) => !isSample(id));
      await db.outbox.bulkPut(own.map((row) => queued(table, row.id, stateOf(row))));
      await store.bulkPut(own.map(withoutSeq));
      return rows.at(-1)?.id ?? null;
    });
    if (last === null) return;
    after = last;
  }
}

async function acknowledgeRows(
  db: MainstayDatabase,
  rows: readonly AcknowledgedRow[],
): Promise<void> {
  const entries = await db.outbox.bulkGet(
    rows.map(({ table, id }): [string, string] => [table, id]),
  );
  const settled = rows.filter((row, index) => entries[index]?.stamp === row.stamp);
  await db.outbox.bulkDelete(settled.map(({ table, id }): [string, string] => [table, id]));
  for (const table of tableNames) {
    const known = rows.filter((row) => row.table === table);
    if (known.length === 0) continue;
    const store = db.table<StoredRow, string>(table);
    const stored = await store.bulkGet(known.map(({ id }) => id));
    await store.bulkPut(
      stored.flatMap((row, index) => (row ? [{ ...row, seq: known[index]?.seq ?? 0 }] : [])),
    );
  }
  const foreign = await db.foreign.bulkGet(
    rows.map(({ table, id }): [string, string] => [table, id]),
  );
  await db.foreign.bulkPut(
    foreign.flatMap((row, index) => (row ? [{ ...row, seq: rows[index]?.seq ?? 0 }] : [])),
  );
}

async function applyRows(
  db: MainstayDatabase,
  rows: readonly RemoteRow[],
  cursor: number | null,
  nowMs: number,
): Promise<ApplyResult> {
  const changes: RowChange[] = [];
  const tooFarAhead: ApplyResult['tooFarAhead'][number][] = [];
  let highest = await readClock(db);
  const believable = rows.filter((remote) => {
    const latest = latestStamp(unpackRow(remote.row));
    if (latest === null || isTooFarAhead(latest, nowMs)) {
      tooFarAhead.push({ table: remote.table, id: remote.id });
      return false;
    }
    highest = highest === null ? hlcOf(latest) : maxHlc(highest, hlcOf(latest));
    return true;
  });
  for (const [table, group] of Map.groupBy(believable, ({ table }) => table)) {
    changes.push(...(await applyTable(db, table, group)));
  }
  // The clock is merged once per batch: each later local edit is after everything seen here.
  if (highest !== null) await writeClock(db, highest);
  const changedClientIds = await refreshDerived(db, changes);
  if (cursor !== null) await db.kv.put({ key: CURSOR_KEY, value: cursor });
  return { applied: believable.length, changedClientIds, tooFarAhead };
}

interface Versions {
  readonly id: string;
  /** What the worker has now, and that merged with the older versions that came along. */
  readonly latest: RowState;
  readonly all: RowState;
  readonly seq: number;
}

/** A worker that misbehaves can send one row twice: the later must not be lost to the earlier. */
function joinVersions(versions: readonly RemoteRow[]): Versions {
  const [newest, ...older] = versions.toSorted((a, b) => b.seq - a.seq);
  if (!newest) throw new Error('a group of rows is never empty');
  const latest = unpackRow(newest.row);
  const all = older.reduce((state, { row }) => mergeRows(state, unpackRow(row)), latest);
  return { id: newest.id, latest, all, seq: newest.seq };
}

async function applyTable(
  db: MainstayDatabase,
  table: string,
  received: readonly RemoteRow[],
): Promise<RowChange[]> {
  const remotes = [...Map.groupBy(received, ({ id }) => id).values()].map(joinVersions);
  const changes: RowChange[] = [];
  const queue: OutboxEntry[] = [];
  const settled: [string, string][] = [];
  const rows: StoredRow[] = [];
  const foreign: ForeignRow[] = [];
  const known = isTableName(table);
  const before = known
    ? await db.table<StoredRow, string>(table).bulkGet(remotes.map(({ id }) => id))
    : [];
  const strangers = await db.foreign.bulkGet(
    remotes.map(({ id }): [string, string] => [table, id]),
  );
  remotes.forEach(({ id, latest, all, seq }, index) => {
    const local = before[index];
    const stranger = strangers[index];
    const ours = [local && stateOf(local), stranger && unpackRow(foreignPacked(stranger))].filter(
      (state) => state !== undefined,
    );
    const merged = ours.reduce(mergeRows, all);
    const stored = known
      ? toStored(table, id, merged, seq)
      : ({ ok: false, reason: 'table' } as const);
    if (stored.ok) {
      rows.push(stored.row);
      changes.push({ table, before: local, after: stored.row });
    } else {
      foreign.push({ table, id, ...packRow(merged), seq, reason: stored.reason });
    }
    const canDiffer = ours.length > 0 || all !== latest;
    if (canDiffer && !isSamePack(merged, latest)) queue.push(queued(table, id, merged));
    else settled.push([table, id]);
  });
  if (known) await db.table<StoredRow, string>(table).bulkPut(rows);
  if (known) await db.foreign.bulkDelete(rows.map(({ id }): [string, string] => [table, id]));
  await db.foreign.bulkPut(foreign);
  await db.outbox.bulkDelete(settled);
  await db.outbox.bulkPut(queue);
  return changes;
}
