import { fromColumns, type Columns } from '../records/columns.ts';
import { scan } from './scan.ts';
import { serveReader, tables } from './serve-reader.ts';

/** Each part of TinyBase's content is its children and then its stamp: tables, rows, cells. */
type Stamped<Value> = readonly [Value, ...unknown[]];
type Tables = Readonly<
  Record<string, Stamped<Readonly<Record<string, Stamped<Record<string, Stamped<unknown>>>>>>>
>;

serveReader(async function* () {
  for await (const { k: key, v: value } of scan('bench', 'm')) {
    if (key !== 't') continue;
    const [stored] = value as Stamped<Tables>;
    for (const table of tables) {
      for (const [cells] of Object.values(stored[table]?.[0] ?? {})) {
        const columns = Object.fromEntries(
          Object.entries(cells).map(([name, [cell]]) => [name, cell]),
        );
        yield { table, row: fromColumns(table, columns as Columns) };
      }
    }
  }
});
