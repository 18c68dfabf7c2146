import { mergeRows } from '../../shared/merge.ts';
import { isTableName } from '../../shared/model/tables.ts';
import { packRow, unpackRow } from '../../shared/row.ts';
import { exchangedOf } from './clocked.ts';
import type { DroppedRow, ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { openDigest } from './digest-book.ts';
import { locate, NOWHERE, takeFromChunks } from './history.ts';
import { foreignPacked, queued } from './outbox.ts';
import { stateOf, toStored, type StoredRow } from './stored-row.ts';
import type { Dropped, RowName } from './sync-store.ts';

const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 24 * 60 * 60 * 1000;

type Key = [string, string];
const keyOf = ({ table, id }: RowName): Key => [table, id];

/**
 * What of a table is here under these ids, in whatever form: the readable row, the version that
 * cannot be read, and both in one state.
 */
async function readAll(db: MainstayDatabase, table: string, ids: readonly string[]) {
  const [strangers, located] = await Promise.all([
    db.foreign.bulkGet(ids.map((id): Key => [table, id])),
    isTableName(table) ? locate(db, table, ids) : [],
  ]);
  return ids.map((id, index) => {
    const stranger = strangers[index];
    const { row, chunk, isWaiting } = located[index] ?? NOWHERE;
    const states = [row && stateOf(row), stranger && unpackRow(foreignPacked(stranger))].filter(
      (state) => state !== undefined,
    );
    const state = states.length > 0 ? states.reduce(mergeRows) : null;
    return { id, stranger, row, chunk, isWaiting, state };
  });
}

/** Must run inside a transaction over everything. Gives the clients whose cards have changed. */
export async function dropRows(
  db: MainstayDatabase,
  names: readonly RowName[],
  nowMs: number,
): Promise<{ readonly count: number; readonly changedClientIds: readonly string[] }> {
  const digest = await openDigest(db);
  const waiting = await db.outbox.bulkGet(names.map(keyOf));
  const idle = names.filter((_, index) => !waiting[index]);
  const dropped: DroppedRow[] = [];
  const changes: RowChange[] = [];
  for (const [table, some] of Map.groupBy(idle, (name) => name.table)) {
    const found = await readAll(
      db,
      table,
      some.map(({ id }) => id),
    );
    const gone = found.filter(
      ({ row, stranger, isWaiting }) =>
        !isWaiting && row?.seq === undefined && stranger?.seq === undefined,
    );
    for (const { id, row, stranger, state } of gone) {
      if (state === null) continue;
      dropped.push({ table, id, at: nowMs, ...packRow(state) });
      digest.remove(row);
      digest.remove(stranger);
      changes.push({ table, before: row, after: undefined });
    }
    const ids = gone.map(({ id }) => id);
    if (isTableName(table)) await db.table<StoredRow, string>(table).bulkDelete(ids);
    await takeFromChunks(db, gone);
    await db.foreign.bulkDelete(ids.map((id): Key => [table, id]));
  }
  await db.dropped.bulkPut(dropped);
  const changedClientIds = await refreshDerived(db, changes, nowMs);
  await digest.store();
  return { count: dropped.length, changedClientIds };
}

export const readDropped = async (db: MainstayDatabase): Promise<readonly Dropped[]> => {
  const rows = await db.dropped.orderBy('at').reverse().toArray();
  return rows.map(({ table, id, at, fields, meta }) => ({
    table,
    id,
    row: { fields, meta },
    droppedAt: at,
  }));
};

/** Must run inside a transaction over everything. */
export async function restoreRows(
  db: MainstayDatabase,
  names: readonly RowName[],
  nowMs: number,
): Promise<{ readonly count: number; readonly changedClientIds: readonly string[] }> {
  const dropped = (await db.dropped.bulkGet(names.map(keyOf))).filter((row) => row !== undefined);
  const changes: RowChange[] = [];
  const entries: OutboxEntry[] = [];
  for (const [table, some] of Map.groupBy(dropped, (row) => row.table)) {
    const present = await readAll(
      db,
      table,
      some.map(({ id }) => id),
    );
    const rows: StoredRow[] = [];
    const foreign: ForeignRow[] = [];
    some.forEach(({ id, fields, meta }, index) => {
      const { row, stranger, state } = present[index] ?? {};
      const before = unpackRow({ fields, meta });
      const merged = state ? mergeRows(before, state) : before;
      entries.push(queued(table, id, merged));
      const exchanged = stranger ?? row ?? {};
      const stored = isTableName(table)
        ? toStored(table, id, merged, exchanged)
        : ({ ok: false, reason: 'table' } as const);
      if (stored.ok) {
        rows.push(stored.row);
        changes.push({ table, before: row, after: stored.row });
      } else {
        const { reason } = stored;
        foreign.push({ table, id, ...packRow(merged), ...exchangedOf(exchanged), reason });
      }
    });
    if (isTableName(table)) await db.table<StoredRow, string>(table).bulkPut(rows);
    await takeFromChunks(db, present);
    await db.foreign.bulkPut(foreign);
  }
  await db.outbox.bulkPut(entries);
  await db.dropped.bulkDelete(dropped.map(keyOf));
  return { count: dropped.length, changedClientIds: await refreshDerived(db, changes, nowMs) };
}

/** True when some were old enough to be forgotten for good. */
export async function forgetDropped(db: MainstayDatabase, nowMs: number): Promise<boolean> {
  const count = await db.dropped
    .where('at')
    .below(nowMs - KEPT_MS)
    .limit(500)
    .delete();
  return count > 0;
}
