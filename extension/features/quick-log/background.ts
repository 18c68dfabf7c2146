import * as v from 'valibot';
import {
  clientIdSchema,
  contactIdSchema,
  interactionIdSchema,
  newId,
  type InteractionId,
} from '../../../shared/model/ids.ts';
import { minutesSchema } from '../../../shared/model/interaction.ts';
import { directions, interactionKinds } from '../../../shared/model/kinds.ts';
import {
  daySchema,
  instantSchema,
  textSchema,
  webUrlSchema,
} from '../../../shared/model/values.ts';
import { noonOf, toDay } from '../../../shared/rules/days.ts';
import { readInteraction } from '../../db/history.ts';
import { isLive } from '../../db/stored-row.ts';
import { withoutUndefined } from '../../db/without-undefined.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { failed, ok, type Answer } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import type { AlreadyLogged, Logged, QuickLogMessages } from './messages.ts';
import type { ReadLineDeps } from './read-line.ts';

export interface QuickLogDeps extends ReadLineDeps {
  readonly writer: Writer;
  readonly randomBytes: (length: number) => Uint8Array;
}

export function quickLogHandlers(deps: QuickLogDeps): Handlers<QuickLogMessages> {
  const { db, writer, now, randomBytes } = deps;
  return {
    'log.add': open(
      v.strictObject({
        clientId: clientIdSchema,
        contactId: v.nullable(contactIdSchema),
        kind: v.picklist(interactionKinds),
        direction: v.nullable(v.picklist(directions)),
        at: v.nullable(instantSchema),
        day: v.optional(daySchema),
        minutes: v.nullable(minutesSchema),
        summary: textSchema,
        subject: textSchema,
        threadUrl: v.nullable(webUrlSchema),
        source: v.nullable(textSchema),
        again: v.boolean(),
      }),
      async ({ again, day, ...input }): Promise<Answer<Logged | AlreadyLogged>> => {
        const { clientId, contactId, source } = input;
        const [client, contact] = await Promise.all([
          db.clients.get(clientId),
          contactId && db.contacts.get(contactId),
        ]);
        if (!client || !isLive(client)) return failed('not-found');
        const id = newId<InteractionId>(randomBytes, clientId);
        const at = input.at ?? instantOf(source === null ? undefined : day, now());
        const { contactId: _, ...fields } = withoutEmpty(input);
        const isTheirs = contact && contact.clientId === clientId;
        const patch = { ...fields, ...(isTheirs && { contactId }), at, createdAt: now() };
        const edits: Edit[] = [{ table: 'interactions', id, patch }];
        const once = source !== null && !again && (await writer.writeOnce(source, clientId, edits));
        if (once && !once.isNew) return ok({ status: 'already-logged', at: once.before.at });
        const { undoToken } = once ? once.written : await writer.write(edits);
        return ok({
          status: 'logged',
          id,
          clientId: client.id,
          clientName: client.name,
          kind: input.kind,
          at,
          undoToken,
        });
      },
    ),

    'log.change': open(
      v.strictObject({
        id: interactionIdSchema,
        summary: v.optional(textSchema),
        at: v.optional(instantSchema),
        minutes: v.optional(v.nullable(minutesSchema)),
      }),
      async ({ id, ...change }) => {
        const row = await readInteraction(db, id);
        if (!row || !isLive(row)) return failed('not-found');
        const { undoToken } = await writer.write([
          { table: 'interactions', id, patch: withoutUndefined(change) },
        ]);
        return ok({ undoToken });
      },
    ),

    'log.read': open(
      v.strictObject({ text: textSchema, findClient: v.boolean() }),
      async ({ text, findClient }) => {
        // Most logs are clicks.
        const { readLine } = await import('./read-line.ts');
        return ok(await readLine(deps, text, findClient));
      },
    ),

    'change.undo': open(
      v.strictObject({ token: v.pipe(v.string(), v.maxLength(64)) }),
      async ({ token }) => ok({ undone: (await writer.undo(token)) !== null }),
    ),
  };
}

/** What was on an earlier day is logged on that day; today's, and what has no known day, now. */
const instantOf = (day: string | undefined, nowMs: number): number =>
  day !== undefined && day < toDay(nowMs) ? noonOf(day) : nowMs;

/** Absent rather than empty: each field that is there costs a clock and a byte on every device. */
function withoutEmpty<Fields extends object>(fields: Fields): Fields {
  const entries = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(entries) as Fields;
}
