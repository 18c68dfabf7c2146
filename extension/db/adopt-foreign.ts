import type { TableName } from '../../shared/model/tables.ts';
import { unpackRow } from '../../shared/row.ts';
import type { MainstayDatabase } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { toStored, type StoredRow } from './stored-row.ts';

/** None of these rows is an interaction, so what is booked and what is past plays no part. */
const NO_HISTORY = 0;

/**
 * Rows that a newer device had already sent, from before this one knew their tables, become rows like
 * all others: the worker will not send them again. Runs inside the upgrade that makes the tables.
 */
export async function adoptForeign(
  db: MainstayDatabase,
  tables: readonly TableName[],
): Promise<void> {
  const changes: RowChange[] = [];
  const rows = await db.foreign.toArray();
  for (const { table, id, fields, meta, ...exchanged } of rows) {
    const known = tables.find((name) => name === table);
    if (known === undefined) continue;
    const stored = toStored(known, id, unpackRow({ fields, meta }), exchanged);
    if (!stored.ok) continue;
    await db.table<StoredRow, string>(known).put(stored.row);
    await db.foreign.delete([table, id]);
    changes.push({ table, before: undefined, after: stored.row });
  }
  await refreshDerived(db, changes, NO_HISTORY);
}
