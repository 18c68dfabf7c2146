import { hlcOf, type Stamp } from '../../shared/clock.ts';
import { latestStamp, mergeRows, type RowState } from '../../shared/merge.ts';
import { isSample } from '../../shared/model/ids.ts';
import { isTableName, tableNames } from '../../shared/model/tables.ts';
import { MAX_PUSH_ROWS } from '../../shared/protocol/limits.ts';
import { packRow, unpackRow, type PackedRow } from '../../shared/row.ts';
import { marksOfChunk, rowsOfChunk, withExchanged } from './chunk.ts';
import { forgotten, markOf } from './clocked.ts';
import type { ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import { noteBelieved } from './device.ts';
import { uncount } from './digest-book.ts';
import { locate, NOWHERE, rewriteChunks } from './history.ts';
import { addReceipts, noteExchanged } from './receipts.ts';
import { packedOf, stateOf } from './stored-row.ts';
import { readStrangers } from './strangers.ts';
import type { AcknowledgedRow, PendingRow, RowName } from './sync-store.ts';
import { eachChunkPage, eachForeignPage, eachRowPage } from './walk-tables.ts';

export const foreignPacked = ({ fields, meta }: ForeignRow): PackedRow => ({ fields, meta });

export const queued = (table: string, id: string, state: RowState): OutboxEntry => ({
  table,
  id,
  stamp: stampOf(state),
});

const stampOf = (state: RowState): Stamp => latestStamp(state) ?? ('0'.repeat(32) as Stamp);

type Key = [string, string];
const keyOf = ({ table, id }: RowName): Key => [table, id];

/** Must run inside a transaction over rows, chunks and outbox. */
export async function readPending(
  db: MainstayDatabase,
  limit: number,
  after?: RowName,
): Promise<PendingRow[]> {
  const queue = after ? db.outbox.where(':id').above(keyOf(after)) : db.outbox.toCollection();
  const entries = await queue.limit(limit).toArray();
  const byTable = Map.groupBy(entries, ({ table }) => table);
  const pending = await Promise.all(
    [...byTable].map(([table, some]) => pendingOf(db, table, some)),
  );
  const rows = pending.flat();
  // What waits in chunks comes behind all entries, in no order that a row could be named in.
  return rows.length < limit && !after
    ? [...rows, ...(await waitingInChunks(db, limit - rows.length))]
    : rows;
}

/** Beside a version that this one cannot read, the readable row may have been edited since. */
async function pendingOf(
  db: MainstayDatabase,
  table: string,
  entries: readonly OutboxEntry[],
): Promise<PendingRow[]> {
  const [strangers, located] = await Promise.all([
    readStrangers(
      db,
      table,
      entries.map(({ id }) => id),
    ),
    // Wherever a row lies: an entry without its row would wait for ever.
    isTableName(table)
      ? locate(
          db,
          table,
          entries.map(({ id }) => id),
        )
      : [],
  ]);
  return entries.flatMap((entry, index): PendingRow[] => {
    const foreign = strangers[index];
    const row = located[index]?.row;
    if (!foreign) return row ? [{ ...entry, row: packedOf(row), seq: row.seq ?? null }] : [];
    const packed = foreignPacked(foreign);
    const whole = row ? packRow(mergeRows(unpackRow(packed), stateOf(row))) : packed;
    return [{ ...entry, row: whole, seq: foreign.seq ?? null }];
  });
}

/** None of them has an entry of its own. */
async function waitingInChunks(db: MainstayDatabase, limit: number): Promise<PendingRow[]> {
  const pending: PendingRow[] = [];
  for (let offset = 0; pending.length < limit; offset++) {
    const chunk = await db.chunks.orderBy('waiting').offset(offset).first();
    if (!chunk) break;
    for (const { id, row, seq, isWaiting } of rowsOfChunk(chunk)) {
      if (!isWaiting) continue;
      const stamp = stampOf(unpackRow(row));
      pending.push({ table: 'interactions', id, stamp, row, seq: seq > 0 ? seq : null });
    }
  }
  return pending.slice(0, limit);
}

export async function countPending(db: MainstayDatabase): Promise<number> {
  const [entries, waiting] = await Promise.all([
    db.outbox.count(),
    db.chunks.orderBy('waiting').keys(),
  ]);
  return waiting.reduce<number>((sum, count) => sum + Number(count), entries);
}

/**
 * Must run inside a transaction over rows, chunks, outbox, receipts and kv. True when it is left to
 * be noted in the rows themselves.
 */
export async function acknowledgeRows(
  db: MainstayDatabase,
  rows: readonly AcknowledgedRow[],
): Promise<boolean> {
  const isAsSent = await settleEntries(db, rows);
  const noted = rows.map((row) => ({
    table: row.table,
    id: row.id,
    seq: row.seq,
    mark: markOf(row),
  }));
  const isLater = isAsSent && rows.length >= NOTED_LATER;
  await (isLater ? addReceipts(db, noted) : noteExchanged(db, noted));
  const latest = rows
    .map(({ stamp }) => stamp)
    .toSorted()
    .at(-1);
  if (latest !== undefined) await noteBelieved(db, hlcOf(latest));
  return isLater;
}

/** From so many rows on: fewer are written as quickly as a receipt is read again. */
const NOTED_LATER = MAX_PUSH_ROWS / 10;

/**
 * Takes out of the outbox what has not been edited since it was sent. A batch is most often one
 * stretch of the outbox: read and deleted as such it costs three requests instead of two for each.
 * True when each row had an entry there, and none has one now.
 */
async function settleEntries(
  db: MainstayDatabase,
  rows: readonly AcknowledgedRow[],
): Promise<boolean> {
  const stamps = new Map(rows.map((row) => [keyOf(row).join(), row.stamp]));
  const isSettled = (entry: OutboxEntry | undefined): entry is OutboxEntry =>
    entry !== undefined && stamps.get(keyOf(entry).join()) === entry.stamp;
  const keys = rows.map(keyOf).toSorted(compareKeys);
  const [first, last] = [keys[0], keys.at(-1)];
  if (!first || !last) return true;
  const stretch = db.outbox.where('[table+id]').between(first, last, true, true);
  // Of a copy: a limit stays, and what has one is deleted entry by entry.
  const entries = await stretch
    .clone()
    .limit(rows.length + 1)
    .toArray();
  if (entries.length <= rows.length && entries.every(isSettled)) {
    if (entries.length > 0) await stretch.delete();
    return entries.length === rows.length;
  }
  const found = await db.outbox.bulkGet(keys);
  const settled = found.filter(isSettled);
  await db.outbox.bulkDelete(settled.map(keyOf));
  return settled.length === rows.length;
}

/** As the database sorts them. */
const compareKeys = (a: Key, b: Key): number => compare(a[0], b[0]) || compare(a[1], b[1]);
const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** In pages, each its own transaction, so that a million rows neither block nor fill the memory. */
export async function queueEverything(db: MainstayDatabase): Promise<void> {
  for (const table of tableNames) {
    await eachRowPage(db, table, [db.outbox, db.kv], async (rows) => {
      const own = rows.filter(({ id }) => !isSample(id));
      await db.outbox.bulkPut(own.map((row) => queued(table, row.id, stateOf(row))));
      await db.table(table).bulkPut(own.map(forgotten));
      await uncount(db, own);
    });
  }
  await eachChunkPage(db, [db.kv], async (chunks) => {
    await db.chunks.bulkPut(
      chunks.map((chunk) => withExchanged(chunk, () => ({ seq: 0, mark: '', isWaiting: true }))),
    );
    await uncount(db, chunks.flatMap(marksOfChunk));
  });
  await eachForeignPage(db, [db.outbox, db.kv], async (rows) => {
    await db.outbox.bulkPut(
      rows.map((row) => queued(row.table, row.id, unpackRow(foreignPacked(row)))),
    );
    await db.foreign.bulkPut(rows.map(forgotten));
    await uncount(db, rows);
  });
}

/** Must run inside a transaction over rows, chunks and outbox. */
export async function queueRows(db: MainstayDatabase, names: readonly RowName[]): Promise<void> {
  for (const [table, some] of Map.groupBy(names, (name) => name.table)) {
    const ids = some.map(({ id }) => id);
    const [strangers, located] = await Promise.all([
      db.foreign.bulkGet(some.map(keyOf)),
      isTableName(table) ? locate(db, table, ids) : [],
    ]);
    const entries: OutboxEntry[] = [];
    const chunked = new Map<string, number>();
    ids.forEach((id, index) => {
      const stranger = strangers[index];
      const { row, chunk } = located[index] ?? NOWHERE;
      if (stranger) entries.push(queued(table, id, unpackRow(foreignPacked(stranger))));
      else if (chunk !== null) chunked.set(id, chunk);
      else if (row) entries.push(queued(table, id, stateOf(row)));
    });
    await db.outbox.bulkPut(entries);
    await rewriteChunks(db, [...new Set(chunked.values())], (row) =>
      chunked.has(row.id) ? { ...row, isWaiting: true } : row,
    );
  }
}
