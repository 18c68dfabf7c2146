import { isDeleted } from '../../shared/merge.ts';
import { isSample } from '../../shared/model/ids.ts';
import { tableNames } from '../../shared/model/tables.ts';
import { unpackRow } from '../../shared/row.ts';
import { marksOfChunk, rowsOfChunk, toInteraction, withExchanged, withRows } from './chunk.ts';
import { forgotten, partsOfMark, type Exchanged } from './clocked.ts';
import type { MainstayDatabase } from './database.ts';
import { bucketOfMark, uncount } from './digest-book.ts';
import { foreignPacked } from './outbox.ts';
import { isLive } from './stored-row.ts';
import type { CountedRow, RowName } from './sync-store.ts';
import { eachChunkPage, eachForeignPage, eachRowPage } from './walk-tables.ts';

/** The rows counted in these buckets of the digest. */
export async function rowsOfBuckets(
  db: MainstayDatabase,
  buckets: readonly number[],
): Promise<readonly CountedRow[]> {
  const wanted = new Set(buckets);
  const rows: CountedRow[] = [];
  const isWanted = (row: Exchanged): boolean => {
    const bucket = bucketOfMark(row);
    return bucket !== null && wanted.has(bucket);
  };
  const collect = (table: string, { id, seq, mark }: Exchanged & { readonly id: string }): void => {
    if (seq === undefined || !mark || !isWanted({ mark })) return;
    rows.push({ table, id, seq, hash: partsOfMark(mark).hash });
  };
  for (const table of tableNames) {
    await eachRowPage(db, table, [], async (page) => page.forEach((row) => collect(table, row)));
  }
  await eachForeignPage(db, [], async (page) => page.forEach((row) => collect(row.table, row)));
  await eachChunkPage(db, [], async (chunks) => {
    for (const chunk of chunks) {
      if (!marksOfChunk(chunk).some(isWanted)) continue;
      for (const row of rowsOfChunk(chunk)) collect('interactions', row);
    }
  });
  return rows;
}

/** Every row's `seq` and mark go; what waits to be sent goes on waiting. */
export async function forgetSeqs(db: MainstayDatabase): Promise<void> {
  for (const table of tableNames) {
    await eachRowPage(db, table, [db.kv], async (rows) => {
      await db.table(table).bulkPut(rows.map(forgotten));
      await uncount(db, rows);
    });
  }
  await eachForeignPage(db, [db.kv], async (rows) => {
    await db.foreign.bulkPut(rows.map(forgotten));
    await uncount(db, rows);
  });
  await eachChunkPage(db, [db.kv], async (chunks) => {
    await db.chunks.bulkPut(
      chunks.map((chunk) =>
        withExchanged(chunk, ({ isWaiting }) => ({ seq: 0, mark: '', isWaiting })),
      ),
    );
    await uncount(db, chunks.flatMap(marksOfChunk));
  });
}

/** What the worker has no number for and what does not wait to be sent either. */
export async function unknownRows(db: MainstayDatabase): Promise<readonly RowName[]> {
  const unknown: RowName[] = [];
  const collect = async (rows: readonly (RowName & Exchanged)[]): Promise<void> => {
    const without = rows.filter(({ id, seq }) => seq === undefined && !isSample(id));
    const found = await withoutWaiting(db, without);
    unknown.push(...found.map(({ table, id }) => ({ table, id })));
  };
  for (const table of tableNames) {
    await eachRowPage(db, table, [db.outbox], (rows) =>
      collect(rows.map((row) => ({ ...row, table }))),
    );
  }
  await eachForeignPage(db, [db.outbox], collect);
  await eachChunkPage(db, [], async (chunks) => {
    for (const chunk of chunks.filter(({ seqs }) => seqs.includes(0))) {
      for (const { id, seq, isWaiting } of rowsOfChunk(chunk)) {
        if (seq === 0 && !isWaiting) unknown.push({ table: 'interactions', id });
      }
    }
  });
  return unknown;
}

/**
 * Deleted rows that the worker has cleared away: no device needs to be told of them any more. They
 * count for nothing that is shown, so nothing derived changes.
 */
export async function forgetTombstones(db: MainstayDatabase, horizon: number): Promise<number> {
  let count = 0;
  const isCleared = ({ seq = 0 }: Exchanged): boolean => seq > 0 && seq <= horizon;
  for (const table of tableNames) {
    await eachRowPage(db, table, [db.outbox, db.kv], async (rows) => {
      const dead = rows.filter((row) => isCleared(row) && !isLive(row));
      const gone = await withoutWaiting(
        db,
        dead.map((row) => ({ ...row, table })),
      );
      await db.table(table).bulkDelete(gone.map(({ id }) => id));
      await uncount(db, gone);
      count += gone.length;
    });
  }
  await eachForeignPage(db, [db.outbox, db.kv], async (rows) => {
    const dead = rows.filter((row) => isCleared(row) && isDeleted(unpackRow(foreignPacked(row))));
    const gone = await withoutWaiting(db, dead);
    await db.foreign.bulkDelete(gone.map(keyOf));
    await uncount(db, gone);
    count += gone.length;
  });
  await eachChunkPage(db, [db.kv], async (chunks) => {
    for (const chunk of chunks.filter((one) =>
      marksOfChunk(one).some((row) => isCleared(row) && !row.isWaiting),
    )) {
      const rows = rowsOfChunk(chunk);
      const gone = rows.filter(
        (row) => isCleared(row) && !row.isWaiting && !isLive(toInteraction(row)),
      );
      if (gone.length === 0) continue;
      const isGone = new Set(gone);
      const after = withRows(
        chunk,
        rows.filter((row) => !isGone.has(row)),
      );
      await (after ? db.chunks.put(after) : db.chunks.delete(chunk.n));
      await uncount(db, gone);
      count += gone.length;
    }
  });
  return count;
}

const keyOf = ({ table, id }: RowName): [string, string] => [table, id];

async function withoutWaiting<Row extends RowName>(
  db: MainstayDatabase,
  rows: readonly Row[],
): Promise<Row[]> {
  const entries = await db.outbox.bulkGet(rows.map(keyOf));
  return rows.filter((_, index) => !entries[index]);
}
