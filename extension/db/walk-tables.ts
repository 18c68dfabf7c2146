import { Dexie, type IndexableType, type Table } from 'dexie';
import type { TableName } from '../../shared/model/tables.ts';
import type { Chunk } from './chunk.ts';
import type { ForeignRow, MainstayDatabase } from './database.ts';
import type { StoredRow } from './stored-row.ts';

const PAGE_ROWS = 2000;
/** A chunk holds up to a hundred rows. */
const PAGE_CHUNKS = 40;

/** All of a table in pages, each in a transaction of its own over the table and `more`. */
export const eachRowPage = (
  db: MainstayDatabase,
  table: TableName,
  more: readonly Table[],
  visit: (rows: StoredRow[]) => Promise<void>,
): Promise<void> => {
  const store = db.table<StoredRow, string>(table);
  return eachPage(db, store, ({ id }) => id, PAGE_ROWS, more, visit);
};

export const eachForeignPage = (
  db: MainstayDatabase,
  more: readonly Table[],
  visit: (rows: ForeignRow[]) => Promise<void>,
): Promise<void> =>
  eachPage(
    db,
    db.foreign,
    ({ table, id }): [string, string] => [table, id],
    PAGE_ROWS,
    more,
    visit,
  );

export const eachChunkPage = (
  db: MainstayDatabase,
  more: readonly Table[],
  visit: (chunks: Chunk[]) => Promise<void>,
): Promise<void> => eachPage(db, db.chunks, ({ n }) => n, PAGE_CHUNKS, more, visit);

/** So that a million rows neither block nor fill the memory; who writes in between is not disturbed. */
async function eachPage<Row, Key extends IndexableType>(
  db: MainstayDatabase,
  store: Table<Row, Key>,
  keyOf: (row: Row) => Key,
  size: number,
  more: readonly Table[],
  visit: (rows: Row[]) => Promise<void>,
): Promise<void> {
  let after: IndexableType = Dexie.minKey;
  for (;;) {
    const last: Row | undefined = await db.transaction('rw', [store, ...more], async () => {
      const rows = await store.where(':id').above(after).limit(size).toArray();
      if (rows.length > 0) await visit(rows);
      return rows.at(-1);
    });
    if (last === undefined) return;
    after = keyOf(last);
  }
}
