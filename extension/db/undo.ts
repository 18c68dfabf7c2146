import { DELETED_PATH, type Json } from '../../shared/merge.ts';
import { flattenFields } from '../../shared/row.ts';
import type { MainstayDatabase, UndoEntry } from './database.ts';
import { isLive, packedOf, type StoredRow } from './stored-row.ts';

const MAX_UNDO_ENTRIES = 200;

/** Keeps the latest undo entries. Done now and then, not with each write: nobody waits for it. */
export async function pruneUndo(db: MainstayDatabase): Promise<void> {
  await db.transaction('rw', db.undo, async () => {
    const surplus = (await db.undo.count()) - MAX_UNDO_ENTRIES;
    if (surplus <= 0) return;
    const oldest = await db.undo.orderBy('at').limit(surplus).primaryKeys();
    await db.undo.bulkDelete(oldest);
  });
}

/**
 * What takes one row's change back, or null when there is nothing (left) to take back. Puts back
 * what the change overwrote, deletes what it created, takes out the elements it added. What was
 * edited again since, here or elsewhere, stays, and so does a later deletion.
 */
export function inversePatch(
  { table, before, wasLive, wrote }: UndoEntry['rows'][number],
  current: StoredRow | undefined,
): Record<string, Json> | null {
  const hasDeleted = wrote[DELETED_PATH] === true;
  if (!current) {
    // Sample rows are erased when deleted, so all of the row comes back.
    return before && wasLive && hasDeleted ? { ...flattenFields(before), deleted: false } : null;
  }
  const isLiveNow = isLive(current);
  // Settings are one row that is never deleted: there the first change is undone by field too.
  const isSettings = table === 'settings';
  if (before === null && !isSettings) return isLiveNow ? { deleted: true } : null;
  const previous = flattenFields(before ?? {});
  const present = flattenFields(packedOf(current).fields);
  const patch: Record<string, Json> = {};
  for (const [path, value] of Object.entries(wrote)) {
    if (path === DELETED_PATH || JSON.stringify(present[path]) !== JSON.stringify(value)) continue;
    patch[path] = previous[path] ?? absentValue(path);
  }
  // Any edit restores a deleted row, so whether it is live has to be said as well.
  const hasChangedLife = !isSettings && wasLive === hasDeleted;
  const isToLive = hasChangedLife ? wasLive : isLiveNow;
  const isEmpty = Object.keys(patch).length === 0;
  if (isToLive !== isLiveNow || (!isToLive && !isEmpty)) patch[DELETED_PATH] = !isToLive;
  return Object.keys(patch).length > 0 ? patch : null;
}

/** An element that is absent is no member; a kind of touch that is absent is as the default says. */
const absentValue = (path: string): Json =>
  path.includes('/') && !path.startsWith('touchKinds/') ? false : null;
