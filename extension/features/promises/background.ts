import * as v from 'valibot';
import {
  clientIdSchema,
  contactIdSchema,
  newId,
  promiseIdSchema,
  type PromiseId,
} from '../../../shared/model/ids.ts';
import { promiseDirections, promiseStatuses } from '../../../shared/model/promise-words.ts';
import { daySchema, textSchema, webUrlSchema } from '../../../shared/model/values.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { isLive } from '../../db/stored-row.ts';
import { withoutUndefined } from '../../db/without-undefined.ts';
import type { Writer } from '../../db/writer.ts';
import { failed, ok } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import type { PromiseMessages } from './messages.ts';

export interface PromiseDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  /** The browser's, where nothing is known of the client's. */
  readonly browserLanguage: () => string;
  /** Runs the tools' script beside the panel's own in this tab. */
  readonly putToolsInto: (tabId: number) => Promise<void>;
}

const whatSchema = v.pipe(textSchema, v.trim(), v.minLength(1));

export function promiseHandlers(deps: PromiseDeps): Handlers<PromiseMessages> {
  const { db, writer, now, randomBytes } = deps;
  return {
    'promise.add': open(
      v.strictObject({
        clientId: clientIdSchema,
        contactId: v.nullable(contactIdSchema),
        direction: v.picklist(promiseDirections),
        what: whatSchema,
        dueOn: v.nullable(daySchema),
        sentence: textSchema,
        subject: textSchema,
        threadUrl: v.nullable(webUrlSchema),
      }),
      async ({ clientId, contactId, direction, what, dueOn, ...from }) => {
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        // Absent rather than empty: each field that is there costs a clock on every device.
        const patch = {
          clientId,
          direction,
          what,
          createdAt: now(),
          ...(contactId !== null && { contactId }),
          ...(dueOn !== null && { dueOn }),
          ...(from.sentence !== '' && { sentence: from.sentence }),
          ...(from.subject !== '' && { subject: from.subject }),
          ...(from.threadUrl !== null && { threadUrl: from.threadUrl }),
        };
        const id = newId<PromiseId>(randomBytes, clientId);
        const { undoToken } = await writer.write([{ table: 'promises', id, patch }]);
        return ok({ undoToken });
      },
    ),

    'promise.change': open(
      v.strictObject({
        id: promiseIdSchema,
        direction: v.optional(v.picklist(promiseDirections)),
        what: v.optional(whatSchema),
        dueOn: v.optional(v.nullable(daySchema)),
        status: v.optional(v.picklist(promiseStatuses)),
        snoozedUntil: v.optional(daySchema),
        isRemoved: v.optional(v.boolean()),
      }),
      async ({ id, isRemoved, ...change }) => {
        const promise = await db.promises.get(id);
        if (!promise || !isLive(promise)) return failed('not-found');
        const { status } = change;
        const settledAt = status === undefined ? undefined : status === 'open' ? null : now();
        const patch = withoutUndefined({ ...change, settledAt, deleted: isRemoved });
        const { undoToken } = await writer.write([{ table: 'promises', id, patch }]);
        return ok({ undoToken });
      },
    ),

    'promise.tools': open(
      v.strictObject({ clientId: v.nullable(clientIdSchema) }),
      async (input, asker) => {
        const [client] = await Promise.all([
          input.clientId === null ? undefined : db.clients.get(input.clientId),
          asker.tabId === null || asker.isExtensionPage ? null : deps.putToolsInto(asker.tabId),
        ]);
        return ok({
          timeZone: client?.timeZone ?? null,
          language: client?.language ?? deps.browserLanguage(),
        });
      },
    ),
  };
}
