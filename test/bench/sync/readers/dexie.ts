import { scan } from './scan.ts';
import { serveReader, tables, withoutFields } from './serve-reader.ts';

serveReader(async function* () {
  for (const table of tables) {
    for await (const stored of scan('bench-dexie', table)) {
      yield { table, row: withoutFields(stored, () => false) };
    }
  }
});
