import type { BookRecord } from '../contract.ts';
import { scan } from './scan.ts';
import { serveReader, tables, withoutFields } from './serve-reader.ts';

const DATABASE = '_pouch_bench';

/** As PouchDB's own IndexedDB adapter lays them out: every revision, and beside them who won. */
serveReader(async function* () {
  const winners = new Set<unknown>();
  for await (const { id, winningRev, deletedOrLocal } of scan(DATABASE, 'document-store')) {
    if (deletedOrLocal === '0') winners.add(`${String(id)}::${String(winningRev)}`);
  }
  for await (const stored of scan(DATABASE, 'by-sequence')) {
    const revision = stored['_doc_id_rev'];
    if (!winners.has(revision)) continue;
    const [table, id] = String(revision).split('::')[0]?.split(':') ?? [];
    yield {
      table: tableNamed(table),
      row: { ...withoutFields(stored, (name) => name.startsWith('_')), id: id ?? '' },
    };
  }
});

function tableNamed(name: string | undefined): BookRecord['table'] {
  const table = tables.find((one) => one === name);
  if (!table) throw new Error('a document of no table');
  return table;
}
