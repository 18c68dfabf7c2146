import { isTableName } from '../../shared/model/tables.ts';
import { packRow } from '../../shared/row.ts';
import { bringBack } from './bring-back.ts';
import type { DroppedRow, MainstayDatabase } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { openDigest } from './digest-book.ts';
import { takeFromChunks } from './history.ts';
import { readStates } from './read-states.ts';
import type { StoredRow } from './stored-row.ts';
import type { Dropped, RowName } from './sync-store.ts';

const KEPT_DAYS = 30;
const KEPT_MS = KEPT_DAYS * 24 * 60 * 60 * 1000;

type Key = [string, string];
const keyOf = ({ table, id }: RowName): Key => [table, id];

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
    const found = await readStates(
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
  const back = await bringBack(
    db,
    dropped.map(({ table, id, fields, meta }) => ({ table, id, row: { fields, meta } })),
    nowMs,
  );
  await db.dropped.bulkDelete(dropped.map(keyOf));
  return { count: dropped.length, changedClientIds: back.changedClientIds };
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
