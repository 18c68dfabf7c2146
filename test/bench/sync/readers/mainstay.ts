import { openRaw } from '../../page/raw-reads.ts';
import type { BookRecord } from '../contract.ts';
import { scan } from './scan.ts';
import { serveReader, tables, withoutFields } from './serve-reader.ts';

const DATABASE = 'mainstay';
/** What the product's store puts beside a record's own fields. */
const EXTRA = new Set(['meta', 'seq', 'mark', 'domainKeys', 'emailKeys', 'clueKeys']);
interface Packed {
  readonly id: string;
  readonly row: { readonly fields: object };
}

/**
 * Rows in their tables; many rows of history as the JSON of one value (`chunks`); and what a first
 * pull has stored but not sorted in yet (`arrivals`). A row in two of these places is counted twice,
 * and then the count is wrong.
 */
serveReader(async function* () {
  for (const table of tables) {
    for await (const stored of scan(DATABASE, table)) {
      yield { table, row: withoutFields(stored, (name) => EXTRA.has(name)) };
    }
  }
  const stores = await storeNames();
  if (stores.includes('chunks')) {
    for await (const { rows } of scan(DATABASE, 'chunks')) {
      for (const packed of textOf(rows as Uint8Array) as readonly Packed[]) yield toRecord(packed);
    }
  }
  if (stores.includes('arrivals')) {
    for await (const { lengths, bytes } of scan(DATABASE, 'arrivals')) {
      let offset = 0;
      for (const length of lengths as Uint32Array) {
        const end = offset + length;
        yield toRecord(textOf((bytes as Uint8Array).subarray(offset, end)) as Packed);
        offset = end;
      }
    }
  }
});

const toRecord = ({ id, row }: Packed): BookRecord => ({
  table: 'interactions',
  row: { ...(row.fields as BookRecord['row']), id },
});

const textOf = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

async function storeNames(): Promise<readonly string[]> {
  const db = await openRaw(DATABASE);
  const names = [...db.objectStoreNames];
  db.close();
  return names;
}
