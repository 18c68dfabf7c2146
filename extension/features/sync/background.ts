import * as v from 'valibot';
import { isTableName } from '../../../shared/model/tables.ts';
import { textSchema } from '../../../shared/model/values.ts';
import type { Writer } from '../../db/writer.ts';
import { failed, ok } from '../../messaging/messages.ts';
import { internal, open, type Handlers } from '../../messaging/receive.ts';
import type { SyncClient } from '../../sync/sync-client.ts';
import type { SyncMessages } from './messages.ts';

const nothing = v.strictObject({});
const elementSchema = v.union([v.string(), v.number(), v.boolean(), v.null(), v.array(v.any())]);
const fieldsSchema = v.record(
  v.string(),
  v.union([elementSchema, v.record(v.string(), elementSchema)]),
);

export interface SyncHandlerDeps {
  /** Loads it at the first call. */
  readonly sync: () => Promise<SyncClient>;
  readonly writer: Pick<Writer, 'write'>;
}

/** Pages of the extension may ask everything; a panel learns how sync stands, no more. */
export function syncHandlers({ sync, writer }: SyncHandlerDeps): Handlers<SyncMessages> {
  return {
    'sync.summary': open(nothing, async () => {
      const client = await sync();
      client.touch();
      // Somebody is looking at a client's card.
      await client.noteUse();
      const { state, lastSuccessAt, pending, problem } = await client.status();
      return ok({ state, lastSuccessAt, pending, problem });
    }),
    'sync.status': internal(v.strictObject({ isUsed: v.boolean() }), async ({ isUsed }) => {
      const client = await sync();
      client.touch();
      if (isUsed) await client.noteUse();
      return ok(await client.status());
    }),
    'sync.now': internal(nothing, async () => ok(await (await sync()).syncNow())),
    'sync.refresh': internal(nothing, async () => ok(await (await sync()).refresh())),
    'sync.adopt': internal(nothing, async () => ok(await (await sync()).adopt())),
    'sync.forget': internal(nothing, async () => ok(await (await sync()).forget())),
    'sync.lock': internal(nothing, async () => ok(await (await sync()).lock())),
    'sync.restoreVersion': internal(
      v.strictObject({ table: textSchema, id: textSchema, fields: fieldsSchema }),
      async ({ table, id, fields }) => {
        if (!isTableName(table)) return failed('not-found');
        // The writer checks the whole row by its table's schema before anything is stored.
        const { undoToken } = await writer.write([{ table, id, patch: fields }]);
        return ok({ undoToken });
      },
    ),
  };
}
