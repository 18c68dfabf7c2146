import type { MainstayDatabase } from './database.ts';

const MAX_UNDO_ENTRIES = 200;

/** Keeps the latest undo entries; runs inside the transaction of the write. */
export async function pruneUndo(db: MainstayDatabase): Promise<void> {
  const surplus = (await db.undo.count()) - MAX_UNDO_ENTRIES;
  if (surplus <= 0) return;
  const oldest = await db.undo.orderBy('at').limit(surplus).primaryKeys();
  await db.undo.bulkDelete(oldest);
}
