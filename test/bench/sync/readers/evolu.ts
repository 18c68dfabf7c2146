import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Contents } from '../contract.ts';
import { columnsOf, fromColumns, type Columns } from '../records/columns.ts';
import { createTally } from '../records/contents.ts';
import { tables } from './serve-reader.ts';

/** Evolu's own columns of these names are others, so the record's are called otherwise. */
const stored = (name: string): string =>
  name === 'id' ? 'recordId AS id' : name === 'createdAt' ? 'recordCreatedAt AS createdAt' : name;

/** The application's tables in the file that the client has written. */
export function readEvolu(folder: string): Contents {
  const db = new DatabaseSync(join(folder, 'evolu.db'), { readOnly: true });
  const tally = createTally();
  for (const table of tables) {
    const columns = columnsOf[table].map(stored).join(', ');
    for (const row of db.prepare(`SELECT ${columns} FROM ${table}`).iterate()) {
      tally.add({ table, row: fromColumns(table, row as Columns) });
    }
  }
  db.close();
  return tally.contents();
}
