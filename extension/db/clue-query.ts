import { membersOf } from '../../shared/model/values.ts';
import { isSamePhone, phoneKey } from '../../shared/rules/phone.ts';
import { bestContact, domainsOf, liveAmong, type Match } from './card-query.ts';
import { phoneClue } from './clue-keys.ts';
import type { MainstayDatabase, StoredContact } from './database.ts';
import { foldText } from './search-query.ts';
import { readBook } from './today-query.ts';

/** What a page tells of who it is about, beside addresses. */
export interface PageClues {
  readonly profiles: readonly string[];
  readonly phones: readonly string[];
  /** The page's own host name. */
  readonly domain: string | null;
}

export interface Namesake {
  readonly clientId: string;
  readonly clientName: string;
  readonly contactId: string;
  readonly personName: string;
}

const MAX_NAMESAKES = 5;

/** By profile, then by phone, then whose site it is; everyone at most once. Indexed reads only. */
export async function matchClues(
  db: MainstayDatabase,
  { profiles, phones, domain }: PageClues,
  freeMailDomains: () => Promise<ReadonlySet<string>>,
): Promise<readonly Match[]> {
  const [byProfile, byPhone, owners] = await Promise.all([
    Promise.all(profiles.map((profile) => withClue(db, profile))),
    Promise.all(
      phones.map(async (phone) => {
        const key = phoneKey(phone);
        if (key === null) return [];
        const alike = await withClue(db, phoneClue(key));
        return alike.filter((contact) =>
          membersOf(contact.phones).some((each) => isSamePhone(each, phone)),
        );
      }),
    ),
    domain === null ? [] : ownersOf(db, domain),
  ]);
  const contacts = [...byProfile, ...byPhone];
  const live = await liveAmong(db, contacts.flat());
  const matches = contacts.flatMap((alike): Match[] => {
    const contact = bestContact(alike.filter(({ clientId }) => live.has(clientId)));
    return contact ? [{ address: '', clientId: contact.clientId, contactId: contact.id }] : [];
  });
  // The list is asked for only where it decides: it is a file.
  const freeMail = owners.length > 0 ? await freeMailDomains() : new Set<string>();
  const owner = owners.find((each) => !freeMail.has(each.domain));
  if (owner) matches.push({ address: '', clientId: owner.clientId, contactId: null });
  const seen = new Set<string>();
  return matches.filter(({ clientId }) => !seen.has(clientId) && seen.add(clientId));
}

/** People of exactly this name, whatever its case and accents: not enough to say that it is them. */
export async function findNamesakes(
  db: MainstayDatabase,
  personName: string,
): Promise<readonly Namesake[]> {
  const wanted = foldText(personName);
  if (wanted === '') return [];
  const { entries } = await readBook(db);
  const clients = entries
    .filter(({ people }) => people.some((name) => foldText(name) === wanted))
    .slice(0, MAX_NAMESAKES);
  const found = await Promise.all(
    clients.map(async ({ clientId, name }) => {
      const contacts = await db.contacts.where('clientId').equals(clientId).toArray();
      return contacts
        .filter((contact) => foldText(contact.name) === wanted)
        .map((contact): Namesake => {
          return { clientId, clientName: name, contactId: contact.id, personName: contact.name };
        });
    }),
  );
  return found.flat().slice(0, MAX_NAMESAKES);
}

const withClue = (db: MainstayDatabase, key: string): Promise<StoredContact[]> =>
  db.contacts.where('clueKeys').equals(key).toArray();

/** The longest domain first: `shop.levi.example` is more particular than `levi.example`. */
async function ownersOf(
  db: MainstayDatabase,
  host: string,
): Promise<readonly { readonly clientId: string; readonly domain: string }[]> {
  const found = await Promise.all(
    domainsOf(host).map(async (domain) => {
      const clients = await db.clients.where('domainKeys').equals(domain).toArray();
      return clients.map(({ id }) => ({ clientId: id, domain }));
    }),
  );
  return found.flat();
}
