import { scan } from './scan.ts';
import { serveReader, tables, withoutFields } from './serve-reader.ts';

/** What the product's store puts beside a record's own fields. */
const EXTRA = new Set(['meta', 'seq', 'domainKeys', 'emailKeys']);

serveReader(async function* () {
  for (const table of tables) {
    for await (const stored of scan('mainstay', table)) {
      yield { table, row: withoutFields(stored, (name) => EXTRA.has(name)) };
    }
  }
});
