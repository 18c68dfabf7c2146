import { isSample } from '../../shared/model/ids.ts';
import { tableNames } from '../../shared/model/tables.ts';
import type { NamedRow } from './bring-back.ts';
import { rowsOfChunk } from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { foreignPacked } from './outbox.ts';
import { packedOf } from './stored-row.ts';
import { eachChunkPage, eachForeignPage, eachRowPage } from './walk-tables.ts';

/** Every row that is synced, in pages, deleted ones and those of newer versions included; no samples. */
export async function readEverything(
  db: MainstayDatabase,
  visit: (rows: readonly NamedRow[]) => void,
): Promise<void> {
  const give = (rows: readonly NamedRow[]): void => visit(rows.filter(({ id }) => !isSample(id)));
  for (const table of tableNames) {
    await eachRowPage(db, table, [], async (rows) =>
      give(rows.map((row) => ({ table, id: row.id, row: packedOf(row) }))),
    );
  }
  await eachForeignPage(db, [], async (rows) =>
    give(rows.map((row) => ({ table: row.table, id: row.id, row: foreignPacked(row) }))),
  );
  await eachChunkPage(db, [], async (chunks) =>
    give(chunks.flatMap(rowsOfChunk).map(({ id, row }) => ({ table: 'interactions', id, row }))),
  );
}

/** What `readEverything` will give, near enough to show how far it is. */
export async function countEverything(db: MainstayDatabase): Promise<number> {
  const counts = await Promise.all(
    [...tableNames, 'foreign'].map((name) => db.table(name).count()),
  );
  const chunked = await db.chunks.count();
  return counts.reduce((sum, count) => sum + count, chunked * ROWS_PER_CHUNK);
}

/** At most; most are full. */
const ROWS_PER_CHUNK = 100;
