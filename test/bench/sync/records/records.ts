import { generateBook, type BookOptions } from '../../../support/book/generate-book.ts';
import type { BookRecord, FieldEdit, SeedBook, TableName, Wanted } from '../contract.ts';

const SEED = 20_261;
/** A fixed day, so that every run of every peer has the same records and the same checksum. */
const NOW = Date.UTC(2026, 10, 1, 12);
/** In hundredths of all rows; the rest is what happened with them. */
const CLIENTS = 2;
const CONTACTS = 3;

/** A book of exactly `rows` rows. */
export const bookOf = (rows: number): SeedBook => ({ rows, records: () => recordsOf(rows) });

export const wantedOf = (rows: number): Wanted => {
  const { clients, contacts } = sharesOf(rows);
  return { head: clients + contacts, rows };
};

/** Made twice, so that clients and contacts come first and a million rows are never held at once. */
function* recordsOf(rows: number): Generator<BookRecord> {
  for (const table of ['clients', 'contacts'] as const) yield* rowsOf(rows, table);
  yield* rowsOf(rows, 'interactions');
}

function* rowsOf(rows: number, table: TableName): Generator<BookRecord> {
  for (const batch of generateBook(sharesOf(rows))) {
    for (const row of batch[table]) yield { table, row: plain(row) };
  }
}

/** Without the brands of the ids: from here on a row is data. */
const plain = (row: object): BookRecord['row'] => row as BookRecord['row'];

function sharesOf(rows: number): BookOptions {
  const clients = Math.max(1, Math.floor((rows * CLIENTS) / 100));
  const contacts = Math.max(1, Math.floor((rows * CONTACTS) / 100));
  return { seed: SEED, now: NOW, clients, contacts, interactions: rows - clients - contacts };
}

/** New summaries for `count` interactions, evenly spread over the book; `label` tells rounds apart. */
export function editsOf(rows: number, count: number, label: string): readonly FieldEdit[] {
  const { interactions } = sharesOf(rows);
  const wanted = Math.min(count, interactions);
  const edits: FieldEdit[] = [];
  let index = 0;
  for (const { table, row } of rowsOf(rows, 'interactions')) {
    if (Math.floor((index * wanted) / interactions) === edits.length) {
      const value = `${label}, edit ${edits.length}: agreed to talk again next week`;
      edits.push({ table, id: row.id, field: 'summary', value });
    }
    index += 1;
    if (edits.length === wanted) break;
  }
  return edits;
}
