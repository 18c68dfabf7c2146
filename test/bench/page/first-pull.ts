import { createSyncStore } from '../../../extension/db/create-sync-store.ts';
import { MainstayDatabase } from '../../../extension/db/database.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import type { RemoteRow } from '../../../extension/db/sync-store.ts';
import { isPackedRow } from '../../../shared/row.ts';
import { historyRows, toPlainRow, type HistorySize } from './history-rows.ts';
import { watchTasks } from './tasks.ts';

/** A first pull as the store sees it: rows opened already, in pages, into an empty database. */
export interface FirstPullPage {
  store(size: HistorySize, pageRows: number): Promise<StoreTimes>;
  /** The same interactions by one bulkPut for each page, as plain rows. */
  plainRows(size: HistorySize, pageRows: number): Promise<number>;
  /** What it takes to make rows of bytes that have been unsealed, without any storage. */
  decode(rows: number): Promise<DecodeTimes>;
}

/** All in milliseconds. */
export interface StoreTimes {
  readonly clients: number;
  readonly contacts: number;
  /** Pages of interactions stored with the cursor. */
  readonly put: number;
  /** Merged into chunks, standings and roster. */
  readonly settle: number;
  readonly longestTask: number;
  /** Of one interaction, sealed away. */
  readonly bytesPerRow: number;
}

export interface DecodeTimes {
  readonly parse: number;
  readonly check: number;
}

declare global {
  interface Window {
    firstPull: FirstPullPage;
  }
}

async function time(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Deleted again: the next one must not find a larger disk file than the one before. */
async function withDatabase<Result>(
  work: (db: MainstayDatabase) => Promise<Result>,
): Promise<Result> {
  const db = new MainstayDatabase(`bench-${crypto.randomUUID()}`);
  try {
    await db.open();
    return await work(db);
  } finally {
    await db.delete();
  }
}

const pagesOf = function* (total: number, pageRows: number): Generator<number> {
  for (let left = total; left > 0; left -= pageRows) yield Math.min(left, pageRows);
};

window.firstPull = {
  store: (size, pageRows) =>
    withDatabase(async (db) => {
      const store = createSyncStore({ db, onChanged: () => undefined, onQueued: () => () => {} });
      const rows = historyRows(size);
      const tasks = watchTasks();
      const apply = (some: readonly RemoteRow[]): Promise<number> =>
        tasks.during(() =>
          time(() =>
            store.applyRemote(some, null, Date.now(), {
              inBulk: true,
              set: { place: some.length },
            }),
          ),
        );
      const clients = await apply(rows.clients);
      const contacts = await apply(rows.contacts);
      let put = 0;
      let bytes = 0;
      for (const count of pagesOf(size.interactions, pageRows)) {
        const page = rows.interactions(count);
        bytes += page.reduce((sum, row) => sum + (row.bytes?.length ?? 0), 0);
        put += await apply(page);
      }
      const settle = await tasks.during(() =>
        time(async () => {
          while (await store.settle(Date.now()));
        }),
      );
      const { entries } = await readBook(db);
      const touched = entries.filter(({ touches }) => touches.length > 0).length;
      if (touched < size.clients * 0.9) throw new Error('the history has not arrived');
      return {
        clients,
        contacts,
        put,
        settle,
        longestTask: await tasks.longest(),
        bytesPerRow: bytes / size.interactions,
      };
    }),
  plainRows: (size, pageRows) =>
    withDatabase(async (db) => {
      const rows = historyRows(size);
      let ms = 0;
      for (const count of pagesOf(size.interactions, pageRows)) {
        const page = rows.interactions(count).map(toPlainRow);
        ms += await time(() => db.table('interactions').bulkPut(page));
      }
      return ms;
    }),
  async decode(count) {
    const bytes = historyRows({ clients: 1000, contacts: 0, interactions: count })
      .interactions(count)
      .map((row) => row.bytes ?? new Uint8Array());
    const decoder = new TextDecoder();
    let parsed: { readonly row: unknown }[] = [];
    const parse = await time(() => {
      parsed = bytes.map((one) => JSON.parse(decoder.decode(one)) as { readonly row: unknown });
    });
    const check = await time(() => {
      if (!parsed.every(({ row }) => isPackedRow(row))) throw new Error('a row is not one');
    });
    return { parse, check };
  },
};
