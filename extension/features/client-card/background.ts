import * as v from 'valibot';
import { cadenceSchema } from '../../../shared/model/client.ts';
import { clientStatuses, lifecycleStages, tiers } from '../../../shared/model/client-words.ts';
import { profileSchema } from '../../../shared/model/contact.ts';
import {
  clientIdSchema,
  contactIdSchema,
  newId,
  type ClientId,
  type ContactId,
} from '../../../shared/model/ids.ts';
import { MAX_INTEREST_LETTERS } from '../../../shared/model/interests.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import {
  addressSchema,
  domainSchema,
  elementsOf,
  noteSchema,
  textSchema,
} from '../../../shared/model/values.ts';
import { nameAnswerKey, NOBODY } from '../../../shared/rules/name-key.ts';
import { nameKey } from '../../db/name-query.ts';
import { isLive } from '../../db/stored-row.ts';
import { searchClients } from '../../db/search-query.ts';
import { readBook } from '../../db/today-query.ts';
import { withoutUndefined } from '../../db/without-undefined.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { failed, ok } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import type { Language } from '../../ui/translate.ts';
import type { ClientCardMessages, ClientEdit, Never, SeenAs } from './messages.ts';
import { answerCard, cardOfClient, type CardDeps } from './read-card.ts';

export interface ClientCardDeps extends CardDeps {
  readonly writer: Writer;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly language: () => Promise<Language>;
  readonly panelStyles: () => Promise<string>;
}

/** More people than this in one thread are a mailing list. */
const MAX_PEOPLE = 50;
const nameSchema = v.pipe(textSchema, v.trim(), v.minLength(1));
/** Words that would reach a row's prototype do not come through a record. */
const interestsSchema = elementsOf(
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_INTEREST_LETTERS)),
);
const sourceSchema = v.nullable(textSchema);
const accountSchema = v.nullable(v.pipe(v.string(), v.toLowerCase(), v.maxLength(254)));
const seenAsSchema = v.strictObject({
  account: accountSchema,
  name: v.pipe(v.string(), v.maxLength(200)),
});
/** One odd address on a page must not hide the card of the others: it is left out. */
const roleSchema = v.picklist(['sender', 'recipient', 'cc', 'mentioned']);
const peopleSchema = v.pipe(
  v.array(v.object({ address: v.string(), name: v.string(), role: v.optional(roleSchema) })),
  v.maxLength(500),
  v.transform((people) =>
    people.slice(0, MAX_PEOPLE).flatMap(({ address, name, role = 'mentioned' }) => {
      const parsed = v.safeParse(addressSchema, address);
      return parsed.success ? [{ address: parsed.output, name: name.slice(0, 200), role }] : [];
    }),
  ),
);

/** Of each no more than an adapter would find on any page. */
const cluesSchema = v.object({
  profiles: v.pipe(v.array(profileSchema), v.maxLength(5)),
  phones: v.pipe(v.array(textSchema), v.maxLength(50)),
  domain: v.nullable(domainSchema),
});
const namedSchema = v.pipe(
  v.array(v.object({ name: v.string(), role: roleSchema })),
  v.maxLength(500),
  v.transform((named) =>
    named.slice(0, MAX_PEOPLE).map(({ name, role }) => ({ name: name.slice(0, 200), role })),
  ),
);

export function clientCardHandlers(deps: ClientCardDeps): Handlers<ClientCardMessages> {
  const { db, writer, randomBytes, now } = deps;
  const edit = async ({ clientId, ...change }: ClientEdit & { readonly notes?: string }) => {
    const client = await db.clients.get(clientId);
    if (!client || !isLive(client)) return failed('not-found');
    const patch = withoutUndefined(change);
    const { undoToken } = await writer.write([{ table: 'clients', id: clientId, patch }]);
    return ok({ undoToken });
  };
  return {
    'panel.start': open(v.strictObject({}), async () => {
      const [language, styles] = await Promise.all([deps.language(), deps.panelStyles()]);
      return ok({ language, styles });
    }),

    'card.open': open(
      v.strictObject({
        account: accountSchema,
        people: peopleSchema,
        named: v.optional(namedSchema, []),
        source: sourceSchema,
        clues: v.optional(cluesSchema),
        personName: v.optional(textSchema),
      }),
      async (query) => ok(await answerCard(deps, query)),
    ),

    'card.client': open(
      v.strictObject({ clientId: clientIdSchema, source: sourceSchema }),
      async ({ clientId, source }) => {
        const card = await cardOfClient(deps, clientId, source);
        return card ? ok(card) : failed('not-found');
      },
    ),

    'client.add': open(
      v.strictObject({
        clientName: nameSchema,
        personName: textSchema,
        address: v.nullable(addressSchema),
        seenAs: v.optional(seenAsSchema),
        domain: v.nullable(domainSchema),
      }),
      async ({ clientName, personName, address, seenAs, domain }) => {
        const clientId = newId<ClientId>(randomBytes);
        const contactId = newId<ContactId>(randomBytes);
        const createdAt = now();
        const { undoToken } = await writer.write([
          {
            table: 'clients',
            id: clientId,
            patch: {
              name: clientName,
              createdAt,
              ...(domain !== null && { domains: { [domain]: true } }),
            },
          },
          {
            table: 'contacts',
            id: contactId,
            patch: {
              clientId,
              name: personName.trim() || (address ?? clientName),
              ...(address !== null && { emails: { [address]: true } }),
              createdAt,
            },
          },
          ...rememberedAs(seenAs, contactId),
        ]);
        return ok({ clientId, clientName, undoToken });
      },
    ),

    'contact.attach': open(
      v.strictObject({
        clientId: clientIdSchema,
        personName: textSchema,
        address: v.nullable(addressSchema),
        seenAs: v.optional(seenAsSchema),
      }),
      async ({ clientId, personName, address, seenAs }) => {
        const contactId = newId<ContactId>(randomBytes, clientId);
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        const { undoToken } = await writer.write([
          {
            table: 'contacts',
            id: contactId,
            patch: {
              clientId,
              name: personName.trim() || (address ?? client.name),
              ...(address !== null && { emails: { [address]: true } }),
              createdAt: now(),
            },
          },
          ...rememberedAs(seenAs, contactId),
        ]);
        return ok({ clientId, clientName: client.name, undoToken });
      },
    ),

    'contact.link': open(
      v.union([
        v.strictObject({ profile: profileSchema, contactId: contactIdSchema }),
        v.strictObject({
          profile: profileSchema,
          clientId: clientIdSchema,
          personName: nameSchema,
        }),
      ]),
      async ({ profile, ...who }) => {
        const contact = 'contactId' in who ? await db.contacts.get(who.contactId) : null;
        const client = await db.clients.get(
          'clientId' in who ? who.clientId : (contact?.clientId ?? ''),
        );
        const isKnown = 'clientId' in who || (contact && isLive(contact));
        if (!client || !isLive(client) || !isKnown) return failed('not-found');
        const personName = 'personName' in who ? who.personName : (contact?.name ?? '');
        const { undoToken } = await writer.write([
          {
            table: 'contacts',
            id: contact?.id ?? newId<ContactId>(randomBytes, client.id),
            patch: {
              profiles: { [profile]: true },
              ...(!contact && { clientId: client.id, name: personName, createdAt: now() }),
            },
          },
        ]);
        return ok({ clientId: client.id, clientName: client.name, personName, undoToken });
      },
    ),

    'never.add': open(
      v.union([
        v.strictObject({ address: addressSchema }),
        v.strictObject({ domain: domainSchema }),
        v.strictObject({ seenAs: seenAsSchema }),
      ]),
      async (never) => {
        const { undoToken } = await writer.write([neverEdit(never)]);
        return ok({ undoToken });
      },
    ),

    'name.answer': open(
      v.strictObject({
        seenAs: seenAsSchema,
        contactId: contactIdSchema,
        isSame: v.boolean(),
      }),
      async ({ seenAs, contactId, isSame }) => {
        // A page can ask about a name, and cannot give it to somebody who is called otherwise.
        const contact = await db.contacts.get(contactId);
        if (!contact || nameKey(contact.name) !== nameKey(seenAs.name)) return failed('not-found');
        const { undoToken } = await writer.write([nameAnswer(seenAs, contactId, isSame)]);
        return ok({ undoToken });
      },
    ),

    'client.search': open(v.strictObject({ text: textSchema }), async ({ text }) =>
      ok(await searchClients(db, await readBook(db), text)),
    ),

    'client.edit': open(
      v.strictObject({
        clientId: clientIdSchema,
        name: v.optional(nameSchema),
        tier: v.optional(v.picklist(tiers)),
        stage: v.optional(v.nullable(v.picklist(lifecycleStages))),
        status: v.optional(v.picklist(clientStatuses)),
        cadence: v.optional(v.nullable(cadenceSchema)),
        interests: v.optional(interestsSchema),
      }),
      edit,
    ),

    'client.note': open(v.strictObject({ clientId: clientIdSchema, notes: noteSchema }), edit),
  };
}

function neverEdit(never: Never): Edit {
  if ('seenAs' in never) return nameAnswer(never.seenAs, NOBODY, false);
  const patch =
    'address' in never
      ? { neverAddresses: { [never.address]: true } }
      : { neverDomains: { [never.domain]: true } };
  return { table: 'settings', id: SETTINGS_ID, patch };
}

const nameAnswer = ({ account, name }: SeenAs, contactId: string, isSame: boolean): Edit => ({
  table: 'settings',
  id: SETTINGS_ID,
  patch: {
    nameAnswers: {
      [nameAnswerKey(account, nameKey(name), contactId)]: isSame ? 'same' : 'other',
    },
  },
});

/** Somebody without an address is known again by the name under which they were added. */
const rememberedAs = (seenAs: SeenAs | undefined, contactId: ContactId): readonly Edit[] =>
  seenAs ? [nameAnswer(seenAs, contactId, true)] : [];
