import { isTableName } from '../../shared/model/tables.ts';
import { putMany } from './bulk.ts';
import { forgotten, isSameExchange, type Exchanged } from './clocked.ts';
import type { ForeignRow, MainstayDatabase } from './database.ts';
import { openDigest } from './digest-book.ts';
import { locate, NOWHERE, rewriteChunks } from './history.ts';
import type { StoredRow } from './stored-row.ts';
import { readStrangers } from './strangers.ts';
import type { RowName } from './sync-store.ts';

/** What a row is to remember of its exchange. */
export type Noted = RowName & Required<Exchanged>;

/**
 * What the worker has called some rows of a large batch that it took, before it is noted in them: to
 * write each of them again takes IndexedDB longer than all the rest of sending it. Rows and digest
 * lag behind together. Whoever asks for a row's `seq` or mark has all receipts noted first.
 */
export interface Receipt {
  readonly n?: number;
  readonly rows: readonly Noted[];
}

/** Noted in one transaction: a log need not wait longer for its turn. */
const ROWS_PER_RECEIPT = 250;

export async function addReceipts(db: MainstayDatabase, rows: readonly Noted[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_RECEIPT) {
    await db.receipts.add({ rows: rows.slice(start, start + ROWS_PER_RECEIPT) });
  }
}

/** One step; true while there may be more. */
export async function noteReceipt(db: MainstayDatabase): Promise<boolean> {
  if ((await db.receipts.limit(1).count()) === 0) return false;
  return db.transaction('rw', db.tables, async () => {
    const [receipt] = await db.receipts.limit(1).toArray();
    if (receipt?.n === undefined) return false;
    await noteExchanged(db, receipt.rows);
    await db.receipts.delete(receipt.n);
    return true;
  });
}

/** Must run inside a transaction over rows, chunks, foreign and kv. */
export async function noteExchanged(db: MainstayDatabase, rows: readonly Noted[]): Promise<void> {
  const digest = await openDigest(db);
  for (const [table, known] of Map.groupBy(rows, (row) => row.table)) {
    const ids = known.map(({ id }) => id);
    const strangers = await readStrangers(db, table, ids);
    const foreign: ForeignRow[] = [];
    known.forEach(({ seq, mark }, index) => {
      const stranger = strangers[index];
      if (!stranger) return;
      digest.remove(stranger);
      digest.add({ mark });
      foreign.push({ ...stranger, seq, mark });
    });
    await db.foreign.bulkPut(foreign);
    if (!isTableName(table)) continue;
    const located = await locate(db, table, ids);
    const stored: StoredRow[] = [];
    const chunked = new Map<string, Noted>();
    const chunks = new Set<number>();
    known.forEach((row, index) => {
      const { row: before, chunk } = located[index] ?? NOWHERE;
      if (!before) return;
      const { seq, mark } = row;
      // Beside a version that cannot be read, that one is what the digest counts.
      const now = strangers[index] ? { seq } : { seq, mark };
      digest.remove(before);
      digest.add(now);
      if (chunk !== null) {
        chunks.add(chunk);
        chunked.set(row.id, row);
      } else if (!isSameExchange(before, now)) stored.push({ ...forgotten(before), ...now });
    });
    await putMany(db.table<StoredRow, string>(table), stored);
    await rewriteChunks(db, [...chunks], (row) => {
      const sent = chunked.get(row.id);
      return sent ? { ...row, seq: sent.seq, mark: sent.mark, isWaiting: false } : row;
    });
  }
  await digest.store();
}
