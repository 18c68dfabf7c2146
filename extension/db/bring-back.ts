import { hlcOf, isTooFarAhead, maxHlc, type Hlc } from '../../shared/clock.ts';
import { isDeleted, latestStamp, mergeRows } from '../../shared/merge.ts';
import { isTableName } from '../../shared/model/tables.ts';
import { packRow, unpackRow, type PackedRow } from '../../shared/row.ts';
import { isSamePack } from './apply-rows.ts';
import { exchangedOf } from './clocked.ts';
import type { ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { readClock, writeClock } from './device.ts';
import { takeFromChunks } from './history.ts';
import { queued } from './outbox.ts';
import { readStates } from './read-states.ts';
import { toStored, type StoredRow } from './stored-row.ts';
import type { RowName } from './sync-store.ts';

export interface NamedRow extends RowName {
  readonly row: PackedRow;
}

export interface BroughtBack {
  /** Rows that have changed by it. */
  readonly count: number;
  readonly changedClientIds: readonly string[];
  /** Rows that were in use as they came, and that a later deletion here keeps deleted. */
  readonly stillDeleted: readonly RowName[];
}

/**
 * Merges rows of this device's own past, and queues what the worker may lack; must run inside a
 * transaction over everything. What is newer here stays: a merge never takes anything back. Rows that
 * claim to be of the future are left out: they would win every merge to come.
 */
export async function bringBack(
  db: MainstayDatabase,
  rows: readonly NamedRow[],
  nowMs: number,
): Promise<BroughtBack> {
  const changes: RowChange[] = [];
  const entries: OutboxEntry[] = [];
  const stillDeleted: RowName[] = [];
  let highest: Hlc | null = await readClock(db);
  const believable = rows.filter(({ row }) => {
    const latest = latestStamp(unpackRow(row));
    if (latest === null || isTooFarAhead(latest, nowMs)) return false;
    highest = highest === null ? hlcOf(latest) : maxHlc(highest, hlcOf(latest));
    return true;
  });
  for (const [table, some] of Map.groupBy(believable, (row) => row.table)) {
    const present = await readStates(
      db,
      table,
      some.map(({ id }) => id),
    );
    const stored: StoredRow[] = [];
    const foreign: ForeignRow[] = [];
    const moved: typeof present = [];
    some.forEach(({ id, row }, index) => {
      const here = present[index];
      const before = unpackRow(row);
      const merged = here?.state ? mergeRows(before, here.state) : before;
      if (isDeleted(merged) && !isDeleted(before)) stillDeleted.push({ table, id });
      if (here?.state && isSamePack(merged, here.state)) return;
      entries.push(queued(table, id, merged));
      if (here) moved.push(here);
      const exchanged = here?.stranger ?? here?.row ?? {};
      const made = isTableName(table)
        ? toStored(table, id, merged, exchanged)
        : ({ ok: false, reason: 'table' } as const);
      if (made.ok) {
        stored.push(made.row);
        changes.push({ table, before: here?.row, after: made.row });
      } else {
        const { reason } = made;
        foreign.push({ table, id, ...packRow(merged), ...exchangedOf(exchanged), reason });
      }
    });
    if (isTableName(table)) await db.table<StoredRow, string>(table).bulkPut(stored);
    await takeFromChunks(db, moved);
    await db.foreign.bulkPut(foreign);
  }
  await db.outbox.bulkPut(entries);
  if (highest !== null) await writeClock(db, highest);
  const changedClientIds = await refreshDerived(db, changes, nowMs);
  return { count: entries.length, changedClientIds, stillDeleted };
}
