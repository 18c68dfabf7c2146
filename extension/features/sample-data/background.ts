import * as v from 'valibot';
import { SAMPLE_PREFIX } from '../../../shared/model/ids.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { ok } from '../../messaging/messages.ts';
import { internal, type Handlers } from '../../messaging/receive.ts';
import type { SampleDataMessages } from './messages.ts';
import { sampleBook } from './sample-book.ts';

export interface SampleDataDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
  readonly now: () => number;
}

export function sampleDataHandlers({ db, writer, now }: SampleDataDeps): Handlers<SampleDataMessages> {
  return {
    'sample.load': internal(v.strictObject({}), async () => {
      const book = sampleBook(now());
      await writer.write(bookEdits(book));
      return ok({ clients: book.clients.length });
    }),

    'sample.remove': internal(v.strictObject({}), async () => {
      const edits: Edit[] = [];
      for (const table of ['interactions', 'contacts', 'clients'] as const) {
        const ids = await db.table(table).where(':id').startsWith(SAMPLE_PREFIX).primaryKeys();
        for (const id of ids) edits.push({ table, id: String(id), patch: { deleted: true } });
      }
      await writer.write(edits);
      await db.standings.where('clientId').startsWith(SAMPLE_PREFIX).delete();
      return ok({ clients: edits.filter(({ table }) => table === 'clients').length });
    }),
  };
}

/** A book of plain entities as edits that create them. */
export function bookEdits(book: ReturnType<typeof sampleBook>): Edit[] {
  return [
    ...book.clients.map(({ id, ...patch }): Edit => ({ table: 'clients', id, patch })),
    ...book.contacts.map(({ id, ...patch }): Edit => ({ table: 'contacts', id, patch })),
    ...book.interactions.map(({ id, ...patch }): Edit => ({ table: 'interactions', id, patch })),
  ];
}
