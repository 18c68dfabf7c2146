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
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import {
  addressSchema,
  domainSchema,
  noteSchema,
  textSchema,
} from '../../../shared/model/values.ts';
import { isLive } from '../../db/stored-row.ts';
import { searchClients } from '../../db/search-query.ts';
import { readBook } from '../../db/today-query.ts';
import type { Writer } from '../../db/writer.ts';
import { failed, ok } from '../../messaging/messages.ts';
import { open, type Handlers } from '../../messaging/receive.ts';
import type { Language } from '../../ui/translate.ts';
import type { ClientCardMessages } from './messages.ts';
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
const sourceSchema = v.nullable(textSchema);
/** One odd address on a page must not hide the card of the others: it is left out. */
const peopleSchema = v.pipe(
  v.array(v.object({ address: v.string(), name: v.string() })),
  v.maxLength(500),
  v.transform((people) =>
    people.slice(0, MAX_PEOPLE).flatMap(({ address, name }) => {
      const parsed = v.safeParse(addressSchema, address);
      return parsed.success ? [{ address: parsed.output, name: name.slice(0, 200) }] : [];
    }),
  ),
);

/** Of each no more than an adapter would find on any page. */
const cluesSchema = v.object({
  profiles: v.pipe(v.array(profileSchema), v.maxLength(5)),
  phones: v.pipe(v.array(textSchema), v.maxLength(50)),
  domain: v.nullable(domainSchema),
});

export function clientCardHandlers(deps: ClientCardDeps): Handlers<ClientCardMessages> {
  const { db, writer, randomBytes, now } = deps;
  return {
    'panel.start': open(v.strictObject({}), async () => {
      const [language, styles] = await Promise.all([deps.language(), deps.panelStyles()]);
      return ok({ language, styles });
    }),

    'card.open': open(
      v.strictObject({
        account: v.nullable(v.pipe(v.string(), v.toLowerCase(), v.maxLength(254))),
        people: peopleSchema,
        source: sourceSchema,
        clues: v.exactOptional(cluesSchema),
        personName: v.exactOptional(textSchema),
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
        address: addressSchema,
        domain: v.nullable(domainSchema),
      }),
      async ({ clientName, personName, address, domain }) => {
        const clientId = newId<ClientId>(randomBytes);
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
            id: newId<ContactId>(randomBytes),
            patch: {
              clientId,
              name: personName.trim() || address,
              emails: { [address]: true },
              createdAt,
            },
          },
        ]);
        return ok({ clientId, clientName, undoToken });
      },
    ),

    'contact.attach': open(
      v.strictObject({ clientId: clientIdSchema, personName: textSchema, address: addressSchema }),
      async ({ clientId, personName, address }) => {
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        const { undoToken } = await writer.write([
          {
            table: 'contacts',
            id: newId<ContactId>(randomBytes, clientId),
            patch: {
              clientId,
              name: personName.trim() || address,
              emails: { [address]: true },
              createdAt: now(),
            },
          },
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
      ]),
      async (never) => {
        const patch =
          'address' in never
            ? { neverAddresses: { [never.address]: true } }
            : { neverDomains: { [never.domain]: true } };
        const { undoToken } = await writer.write([{ table: 'settings', id: SETTINGS_ID, patch }]);
        return ok({ undoToken });
      },
    ),

    'client.search': open(v.strictObject({ text: textSchema }), async ({ text }) =>
      ok(await searchClients(db, await readBook(db), text)),
    ),

    'client.edit': open(
      v.strictObject({
        clientId: clientIdSchema,
        name: nameSchema,
        tier: v.picklist(tiers),
        stage: v.nullable(v.picklist(lifecycleStages)),
        status: v.picklist(clientStatuses),
        cadence: v.nullable(cadenceSchema),
      }),
      async ({ clientId, ...patch }) => {
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        const { undoToken } = await writer.write([{ table: 'clients', id: clientId, patch }]);
        return ok({ undoToken });
      },
    ),

    'client.note': open(
      v.strictObject({ clientId: clientIdSchema, notes: noteSchema }),
      async ({ clientId, notes }) => {
        const client = await db.clients.get(clientId);
        if (!client || !isLive(client)) return failed('not-found');
        const { undoToken } = await writer.write([
          { table: 'clients', id: clientId, patch: { notes } },
        ]);
        return ok({ undoToken });
      },
    ),
  };
}
