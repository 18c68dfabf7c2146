import { databasesNamed, scan } from './scan.ts';
import { serveReader, tables, withoutFields } from './serve-reader.ts';

/** RxDB keeps each collection in a database of its own, named after its version. */
serveReader(async function* () {
  for (const table of tables) {
    for (const database of await databasesNamed(`rxdb-dexie-bench--0--${table}`)) {
      for await (const stored of scan(database, 'docs')) {
        if (isDeleted(stored)) continue;
        yield { table, row: withoutFields(stored, (name) => name.startsWith('_')) };
      }
    }
  }
});

const isDeleted = ({ _deleted: mark }: Readonly<Record<string, unknown>>): boolean =>
  mark === true || mark === '1';
