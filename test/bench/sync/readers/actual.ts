import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BookRecord, Contents } from '../contract.ts';
import { createTally } from '../records/contents.ts';

/** The cells in the file that the client has written: a record, and what was edited since. */
export function readActual(folder: string): Contents {
  const db = new DatabaseSync(join(folder, 'actual.sqlite'), { readOnly: true });
  const tally = createTally();
  for (const stored of db.prepare('SELECT dataset, record, summary FROM records').iterate()) {
    const { dataset, record, summary } = stored;
    const row = JSON.parse(String(record)) as BookRecord['row'];
    tally.add({
      table: String(dataset) as BookRecord['table'],
      row: summary === null ? row : { ...row, summary: String(summary) },
    });
  }
  db.close();
  return tally.contents();
}
