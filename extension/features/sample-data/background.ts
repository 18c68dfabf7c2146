import * as v from 'valibot';
import { clientSchema } from '../../../shared/model/client.ts';
import { contactSchema } from '../../../shared/model/contact.ts';
import { interactionSchema } from '../../../shared/model/interaction.ts';
import { isSample, SAMPLE_PREFIX } from '../../../shared/model/ids.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import type { StoredRow } from '../../db/stored-row.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { ok } from '../../messaging/messages.ts';
import { internal, type Handlers } from '../../messaging/receive.ts';
import type { SampleDataMessages } from './messages.ts';
import { bookEdits } from './book-edits.ts';

/** The sample and nothing else: its ids say so. */
const sampleIdSchema = v.pipe(v.string(), v.startsWith(SAMPLE_PREFIX));
const bookSchema = v.strictObject({
  clients: v.array(v.intersect([clientSchema, v.looseObject({ id: sampleIdSchema })])),
  contacts: v.array(v.intersect([contactSchema, v.looseObject({ id: sampleIdSchema })])),
  interactions: v.array(v.intersect([interactionSchema, v.looseObject({ id: sampleIdSchema })])),
});

/** What can belong to a sample client: its own rows, and what the user has tried out on it. */
const SAMPLE_TABLES = ['timeEntries', 'promises', 'interactions', 'contacts', 'clients'] as const;

export interface SampleDataDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
}

export function sampleDataHandlers({ db, writer }: SampleDataDeps): Handlers<SampleDataMessages> {
  return {
    'sample.load': internal(v.strictObject({ book: bookSchema }), async ({ book }) => {
      await writer.write(bookEdits(book));
      return ok({ clients: book.clients.length });
    }),

    'sample.remove': internal(v.strictObject({}), async () => {
      const edits: Edit[] = [];
      for (const table of SAMPLE_TABLES) {
        const ids = await db
          .table<StoredRow, string>(table)
          .where(':id')
          .startsWith(SAMPLE_PREFIX)
          .primaryKeys();
        for (const id of ids) edits.push({ table, id: id, patch: { deleted: true } });
      }
      await writer.write(edits);
      await Promise.all([
        db.standings.where('clientId').startsWith(SAMPLE_PREFIX).delete(),
        db.focusTimes.filter(({ clientId }) => isSample(clientId)).delete(),
      ]);
      return ok({ clients: edits.filter(({ table }) => table === 'clients').length });
    }),
  };
}
