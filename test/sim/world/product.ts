import { rowsOfChunk, toInteraction } from '../../../extension/db/chunk.ts';
import { createSyncStore } from '../../../extension/db/create-sync-store.ts';
import type { MainstayDatabase } from '../../../extension/db/database.ts';
import { locate } from '../../../extension/db/history.ts';
import { stateOf, type StoredRow } from '../../../extension/db/stored-row.ts';
import { eachChunkPage, eachForeignPage, eachRowPage } from '../../../extension/db/walk-tables.ts';
import { createWriter, type Edit } from '../../../extension/db/writer.ts';
import type { DeviceId } from '../../../shared/clock.ts';
import { mergeRows, type Json, type RowState } from '../../../shared/merge.ts';
import { isTableName, tableNames, type TableName } from '../../../shared/model/tables.ts';
import { unpackRow } from '../../../shared/row.ts';
import { editedBetween, rowName, type LocalData, type LocalEvents } from './local-data.ts';

/** The product's own store and writer on any database, with somebody looking over their shoulder. */
export function openProduct(
  db: MainstayDatabase,
  device: DeviceId,
  now: () => number,
  events: LocalEvents,
): LocalData {
  let tokens = 0;
  let lastWrite: { readonly token: string; readonly table: TableName; readonly id: string } | null =
    null;
  const writer = createWriter({ db, device, now, newToken: () => `token-${(tokens += 1)}` });
  const listeners = new Set<() => void>();
  let hasWritten = false;
  writer.onWritten(() => {
    hasWritten = true;
  });
  const store = createSyncStore({
    db,
    onChanged: () => {},
    onQueued(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });

  /** Who is told of a write begins an exchange: not within the transaction that looks over the shoulder. */
  async function inTransaction(work: () => Promise<void>): Promise<void> {
    hasWritten = false;
    await db.transaction('rw', db.tables, async () => work());
    if (hasWritten) for (const listener of listeners) listener();
  }

  async function stored(table: TableName, id: string): Promise<StoredRow | undefined> {
    const [located] = await locate(db, table, [id]);
    return located?.row;
  }

  /** Everything that is here, as one state where a readable and an unreadable version lie side by side. */
  async function allRows(): Promise<Map<string, RowState>> {
    const rows = new Map<string, RowState>();
    const add = (table: string, id: string, state: RowState): void => {
      const beside = rows.get(rowName(table, id));
      rows.set(rowName(table, id), beside ? mergeRows(state, beside) : state);
    };
    for (const table of tableNames) {
      await eachRowPage(db, table, [], async (page) => {
        for (const row of page) add(table, row.id, stateOf(row));
      });
    }
    await eachChunkPage(db, [], async (chunks) => {
      for (const row of chunks.flatMap(rowsOfChunk)) {
        add('interactions', row.id, stateOf(toInteraction(row)));
      }
    });
    await eachForeignPage(db, [], async (page) => {
      for (const { table, id, fields, meta } of page) add(table, id, unpackRow({ fields, meta }));
    });
    return rows;
  }

  /** Looks at the row before and after, in the transaction of the write. */
  async function watched(table: TableName, id: string, write: () => Promise<void>): Promise<void> {
    const before = await stored(table, id);
    await write();
    const after = await stored(table, id);
    const row = rowName(table, id);
    const edited = editedBetween(row, before && stateOf(before), after && stateOf(after));
    if (edited) events.onEdited(edited);
  }

  return {
    store: {
      ...store,
      restampAhead: (nowMs) =>
        db.transaction('rw', db.tables, async () => {
          const before = await allRows();
          const count = await store.restampAhead(nowMs);
          if (count === 0) return count;
          for (const [row, after] of await allRows()) {
            const was = before.get(row);
            if (was) events.onRestamped(row, was, after);
          }
          return count;
        }),
    },
    async edit(table, id, patch) {
      if (!isTableName(table)) return;
      await inTransaction(async () => {
        const [before, foreign] = await Promise.all([
          stored(table, id),
          db.foreign.get([table, id]),
        ]);
        if (foreign && !before) return;
        const whole = before ? patch : { ...REQUIRED[table], ...patch };
        await watched(table, id, async () => {
          const edit = { table, id, patch: toFields(whole) } as Edit;
          lastWrite = { token: (await writer.write([edit])).undoToken, table, id };
        });
      });
    },
    async undo() {
      const write = lastWrite;
      lastWrite = null;
      if (!write) return;
      await inTransaction(() =>
        watched(write.table, write.id, async () => {
          await writer.undo(write.token);
        }),
      );
    },
    rows: allRows,
  };
}

/** What a row of each table must have; an edit that creates one writes it along. */
export const REQUIRED: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  clients: { name: 'plain client', createdAt: 1 },
  contacts: { clientId: 'plain-row-0', name: 'plain contact', createdAt: 1 },
  interactions: { clientId: 'plain-row-0', kind: 'call', at: 1, createdAt: 1 },
  promises: { clientId: 'plain-row-0', direction: 'ours', what: 'plain promise', createdAt: 1 },
  settings: {},
  timeEntries: {
    clientId: 'plain-row-0',
    day: '2026-01-01',
    minutes: 1,
    from: 'by-hand',
    createdAt: 1,
  },
};

/** `{ 'emails/x': true }` → `{ emails: { x: true } }` */
function toFields(patch: Readonly<Record<string, Json>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(patch)) {
    const [name = '', ...rest] = path.split('/');
    if (rest.length === 0) fields[name] = value;
    else fields[name] = { ...(fields[name] as object | undefined), [rest.join('/')]: value };
  }
  return fields;
}
