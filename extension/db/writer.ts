import { tick, toStamp, type DeviceId, type Hlc, type Stamp } from '../../shared/clock.ts';
import { editRow, latestStamp, type Json } from '../../shared/merge.ts';
import { isSample } from '../../shared/model/ids.ts';
import type { Entities, TableName } from '../../shared/model/tables.ts';
import { flattenFields, type Fields } from '../../shared/row.ts';
import type { MainstayDatabase, UndoEntry } from './database.ts';
import { refreshDerived, type RowChange } from './derived.ts';
import { readClock, writeClock } from './device.ts';
import { packedOf, stateOf, toStored, type StoredRow } from './stored-row.ts';
import { pruneUndo } from './undo.ts';

type Patch<Entity> = { readonly [Field in keyof Entity]?: Entity[Field] | null };

/** Sets the named fields of one row, creating it where there is none. Sets are merged by element. */
export type Edit = {
  readonly [Table in TableName]: {
    readonly table: Table;
    readonly id: string;
    readonly patch: Patch<Omit<Entities[Table], 'id'>>;
  };
}[TableName];

export interface Written {
  /** Hand it to `undo` to take exactly these edits back. */
  readonly undoToken: string;
  readonly clientIds: readonly string[];
}

export interface Writer {
  /** The only way in for local edits: rows, outbox, derived figures and undo in one transaction. */
  write(edits: readonly Edit[]): Promise<Written>;
  /** Takes a write back; null when it was undone already or is too old. Undoing is a new edit. */
  undo(token: string): Promise<Written | null>;
  onWritten(listener: (written: Written) => void): () => void;
}

export interface WriterDeps {
  readonly db: MainstayDatabase;
  readonly device: DeviceId;
  /** Wall time corrected by the worker's clock, UTC milliseconds. */
  readonly now: () => number;
  readonly newToken: () => string;
}

export class InvalidEditError extends Error {
  override readonly name = 'InvalidEditError';
}

interface RowEdit {
  readonly table: TableName;
  readonly id: string;
  readonly patch: Readonly<Record<string, Json>>;
}

export function createWriter({ db, device, now, newToken }: WriterDeps): Writer {
  const listeners = new Set<(written: Written) => void>();
  const tables = [
    db.clients,
    db.contacts,
    db.interactions,
    db.settings,
    db.standings,
    db.roster,
    db.outbox,
    db.undo,
    db.kv,
  ];

  async function commit(edits: readonly RowEdit[]): Promise<Written> {
    const undoToken = newToken();
    const hlc = tick(await readClock(db), now());
    await writeClock(db, hlc);
    const { changes, undone } = await applyEdits(edits, hlc);
    const clientIds = await refreshDerived(db, changes);
    await db.undo.put({ token: undoToken, at: now(), rows: undone });
    await pruneUndo(db);
    return { undoToken, clientIds };
  }

  async function applyEdits(
    edits: readonly RowEdit[],
    hlc: Hlc,
  ): Promise<{ changes: RowChange[]; undone: UndoEntry['rows'] }> {
    const stamp = toStamp(hlc, device);
    const changes: RowChange[] = [];
    const undone: UndoEntry['rows'][number][] = [];
    for (const [table, group] of groupByTable(edits)) {
      const store = db.table<StoredRow, string>(table);
      const before = await store.bulkGet(group.map(({ id }) => id));
      const after = group.map((edit, index) => editedRow(edit, before[index], stamp));
      const isErased = (row: StoredRow): boolean => isSample(row.id) && 'deleted' in row && row.deleted === true;
      await store.bulkDelete(after.filter(isErased).map(({ id }) => id));
      await store.bulkPut(after.filter((row) => !isErased(row)));
      await db.outbox.bulkPut(
        after
          .filter(({ id }) => !isSample(id))
          .map((row) => ({ table, id: row.id, stamp: latestStamp(stateOf(row)) ?? stamp })),
      );
      group.forEach(({ id, patch }, index) => {
        const row = before[index];
        const result = after[index];
        changes.push({ table, before: row, after: result && isErased(result) ? undefined : result });
        undone.push({ table, id, before: row ? packedOf(row).fields : null, paths: Object.keys(patch) });
      });
    }
    return { changes, undone };
  }

  async function write(edits: readonly RowEdit[]): Promise<Written> {
    const written = await db.transaction('rw', tables, async () => commit(edits));
    for (const listener of listeners) listener(written);
    return written;
  }

  return {
    write: (edits) => write(edits.map(toRowEdit)),
    async undo(token) {
      const written = await db.transaction('rw', tables, async () => {
        const entry = await db.undo.get(token);
        if (!entry) return null;
        await db.undo.delete(token);
        return commit(entry.rows.map(inverse));
      });
      if (written) for (const listener of listeners) listener(written);
      return written;
    },
    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function toRowEdit({ table, id, patch }: Edit): RowEdit {
  const fields = Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  ) as Fields;
  return { table, id, patch: flattenFields(fields) };
}

function editedRow({ table, id, patch }: RowEdit, before: StoredRow | undefined, stamp: Stamp): StoredRow {
  const stored = toStored(table, id, editRow(stateOf(before), patch, stamp), before?.seq);
  if (!stored.ok) throw new InvalidEditError(stored.reason);
  return stored.row;
}

/**
 * Puts back what the change overwrote; what it created is deleted, an element it added taken out.
 * Settings are one row that is never deleted: there the first change is undone field by field too.
 */
function inverse({ table, id, before, paths }: UndoEntry['rows'][number]): RowEdit {
  if (before === null && table !== 'settings') return { table, id, patch: { deleted: true } };
  const previous = flattenFields(before ?? {});
  const patch = Object.fromEntries(
    paths.map((path) => [path, previous[path] ?? absentValue(path)] as const),
  );
  return { table, id, patch };
}

const absentValue = (path: string): Json => {
  if (path.includes('/') || path === 'deleted') return false;
  return null;
};

function groupByTable(edits: readonly RowEdit[]): Map<TableName, RowEdit[]> {
  const groups = new Map<TableName, RowEdit[]>();
  for (const edit of edits) {
    const group = groups.get(edit.table);
    if (group) group.push(edit);
    else groups.set(edit.table, [edit]);
  }
  return groups;
}
