import { tick, toStamp, type DeviceId, type Hlc, type Stamp } from '../../shared/clock.ts';
import { editRow, latestStamp, type Json } from '../../shared/merge.ts';
import { isSample } from '../../shared/model/ids.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import type { Entities, TableName } from '../../shared/model/tables.ts';
import { flattenFields, isSafePath, type Fields } from '../../shared/row.ts';
import type { MainstayDatabase, UndoEntry } from './database.ts';
import { followsFrom, readKnown, refreshDerived, type Known, type RowChange } from './derived.ts';
import { findBySource, locate, NOWHERE, takeFromChunks, type Located } from './history.ts';
import { readClock, readClockOffset, writeClock } from './device.ts';
import { isLive, packedOf, stateOf, toStored, type StoredRow } from './stored-row.ts';
import { inversePatch } from './undo.ts';

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

export type WrittenOnce =
  | { readonly isNew: true; readonly written: Written }
  | { readonly isNew: false; readonly before: Interaction };

export interface Writer {
  /** The only way in for local edits: rows, outbox, derived figures and undo in one transaction. */
  write(edits: readonly Edit[]): Promise<Written>;
  /**
   * Writes unless an interaction of this client with this source is there already, and then gives
   * that one. Looked up in the transaction of the write: two quick clicks are one log.
   */
  writeOnce(source: string, clientId: string, edits: readonly Edit[]): Promise<WrittenOnce>;
  /** Takes a write back; null when it was undone already or is too old. Undoing is a new edit. */
  undo(token: string): Promise<Written | null>;
  onWritten(listener: (written: Written) => void): () => void;
}

export interface WriterDeps {
  readonly db: MainstayDatabase;
  readonly device: DeviceId;
  /** This device's own clock, UTC milliseconds; stamps are corrected by what the worker's clock says. */
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

/** What a write reads before it writes. */
interface Prepared {
  readonly hlc: Hlc;
  /** The corrected time. */
  readonly nowMs: number;
  readonly known: Known | undefined;
  readonly groups: readonly {
    readonly table: TableName;
    readonly group: readonly RowEdit[];
    readonly located: readonly Located[];
  }[];
}

export function createWriter({ db, device, now, newToken }: WriterDeps): Writer {
  const listeners = new Set<(written: Written) => void>();
  const tables = [
    db.clients,
    db.contacts,
    db.interactions,
    db.chunks,
    db.places,
    db.promises,
    db.settings,
    db.timeEntries,
    db.standings,
    db.roster,
    db.outbox,
    db.undo,
    db.kv,
  ];

  /** Everything in one step: each step is a wait of its own, and someone has just clicked. */
  async function prepare(edits: readonly RowEdit[]): Promise<Prepared> {
    const groups = [...groupByTable(edits)];
    const [last, offsetMs, known, located] = await Promise.all([
      readClock(db),
      readClockOffset(db),
      expectKnown(edits),
      Promise.all(
        groups.map(([table, group]) =>
          locate(
            db,
            table,
            group.map(({ id }) => id),
          ),
        ),
      ),
    ]);
    const nowMs = now() + offsetMs;
    return {
      hlc: tick(last, nowMs),
      nowMs,
      known,
      groups: groups.map(([table, group], index) => ({
        table,
        group,
        located: group.map((_, place) => located[index]?.[place] ?? NOWHERE),
      })),
    };
  }

  /** Settings decide what counts as a touch: after a change of them nothing is known beforehand. */
  async function expectKnown(edits: readonly RowEdit[]): Promise<Known | undefined> {
    const ids = new Set<string>();
    for (const { table, id, patch } of edits) {
      if (table === 'settings') return undefined;
      const clientId = table === 'clients' ? id : patch['clientId'];
      if (typeof clientId === 'string') ids.add(clientId);
    }
    return ids.size > 0 ? readKnown(db, [...ids]) : undefined;
  }

  async function commit({ hlc, nowMs, known, groups }: Prepared): Promise<Written> {
    const undoToken = newToken();
    const { changes, undone, stored } = applyEdits(groups, hlc);
    const others = [
      stored,
      writeClock(db, hlc),
      db.undo.put({ token: undoToken, at: hlc, rows: undone }),
    ];
    if (!followsFrom(known, changes)) await Promise.all(others);
    const [clientIds] = await Promise.all([
      refreshDerived(db, changes, nowMs, { known }),
      ...others,
    ]);
    return { undoToken, clientIds };
  }

  function applyEdits(
    groups: Prepared['groups'],
    hlc: Hlc,
  ): {
    readonly changes: RowChange[];
    readonly undone: UndoEntry['rows'];
    readonly stored: Promise<unknown>;
  } {
    const stamp = toStamp(hlc, device);
    const changes: RowChange[] = [];
    const undone: UndoEntry['rows'][number][] = [];
    const stored: PromiseLike<unknown>[] = [];
    for (const { table, group, located } of groups) {
      const store = db.table<StoredRow, string>(table);
      const after = group.map((edit, index) => editedRow(edit, located[index]?.row, stamp));
      const isErased = (row: StoredRow): boolean =>
        isSample(row.id) && 'deleted' in row && row.deleted === true;
      const erased = after.filter(isErased).map(({ id }) => id);
      const queued = after
        .filter(({ id }) => !isSample(id))
        .map((row) => ({ table, id: row.id, stamp: latestStamp(stateOf(row)) ?? stamp }));
      const lifted = group.map(({ id }, index) => ({ id, chunk: located[index]?.chunk ?? null }));
      if (erased.length > 0) stored.push(store.bulkDelete(erased));
      stored.push(store.bulkPut(after.filter((row) => !isErased(row))));
      if (queued.length > 0) stored.push(db.outbox.bulkPut(queued));
      if (lifted.some(({ chunk }) => chunk !== null)) stored.push(takeFromChunks(db, lifted));
      group.forEach(({ id, patch }, index) => {
        const row = located[index]?.row;
        const result = after[index];
        changes.push({
          table,
          before: row,
          after: result && isErased(result) ? undefined : result,
        });
        undone.push({
          table,
          id,
          before: row ? packedOf(row).fields : null,
          wasLive: isLive(row),
          wrote: patch,
        });
      });
    }
    return { changes, undone, stored: Promise.all(stored) };
  }

  async function inverses({ rows }: UndoEntry): Promise<RowEdit[]> {
    const edits = await Promise.all(
      rows.map(async (row): Promise<RowEdit | null> => {
        const { table, id } = row;
        const [located] = await locate(db, table, [id]);
        const patch = inversePatch(row, located?.row);
        return patch && { table, id, patch };
      }),
    );
    return edits.filter((edit) => edit !== null);
  }

  async function write(edits: readonly RowEdit[]): Promise<Written> {
    const written = await db.transaction('rw', tables, async () => commit(await prepare(edits)));
    for (const listener of listeners) listener(written);
    return written;
  }

  return {
    write: async (edits) => write(edits.map(toRowEdit)),
    async writeOnce(source, clientId, edits) {
      const result = await db.transaction('rw', tables, async (): Promise<WrittenOnce> => {
        const [rows, prepared] = await Promise.all([
          findBySource(db, source),
          prepare(edits.map(toRowEdit)),
        ]);
        const before = rows.find((row) => row.clientId === clientId);
        if (before) return { isNew: false, before };
        return { isNew: true, written: await commit(prepared) };
      });
      if (result.isNew) for (const listener of listeners) listener(result.written);
      return result;
    },
    async undo(token) {
      const written = await db.transaction('rw', tables, async () => {
        const entry = await db.undo.get(token);
        if (!entry || entry.rows.length === 0) return null;
        // Nothing of it is left to undo; when it was written still counts where stamps are put right.
        await db.undo.put({ ...entry, rows: [] });
        return commit(await prepare(await inverses(entry)));
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
  const flat = flattenFields(fields);
  // Another device would refuse the row for ever.
  const isUnsafe = Object.keys(flat).some((path) => !isSafePath(path));
  if (isUnsafe) throw new InvalidEditError(`${table}: a name that no row can have`);
  return { table, id, patch: flat };
}

function editedRow(
  { table, id, patch }: RowEdit,
  before: StoredRow | undefined,
  stamp: Stamp,
): StoredRow {
  const stored = toStored(table, id, editRow(stateOf(before), patch, stamp), before);
  if (!stored.ok) throw new InvalidEditError(stored.reason);
  return stored.row;
}

/** Edits of the same row become one: each is made from the row as it was before the write. */
function groupByTable(edits: readonly RowEdit[]): Map<TableName, RowEdit[]> {
  const byRow = new Map<string, RowEdit>();
  for (const edit of edits) {
    const key = `${edit.table}/${edit.id}`;
    byRow.set(key, { ...edit, patch: { ...byRow.get(key)?.patch, ...edit.patch } });
  }
  return Map.groupBy(byRow.values(), ({ table }) => table);
}
