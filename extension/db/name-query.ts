import { nameAnswerKey, nameKeyOf, NOBODY } from '../../shared/rules/name-key.ts';
import { SETTINGS_ID } from '../../shared/model/settings.ts';
import type { MainstayDatabase, StoredContact } from './database.ts';
import { foldText } from './search-query.ts';
import { isLive } from './stored-row.ts';

export interface NamedContact {
  readonly contact: StoredContact;
  readonly clientName: string;
}

/** What is known of a name that a page gives without an address. */
export type NameMatch =
  /** The user said so before. */
  | { readonly kind: 'same'; readonly contact: StoredContact }
  /** A contact has this name, and nobody was asked yet. */
  | { readonly kind: 'unsure'; readonly candidate: NamedContact }
  | { readonly kind: 'unknown' }
  /** The user does not want to be asked about this name. */
  | { readonly kind: 'nobody' };

export const nameKey = (name: string): string => nameKeyOf(name, foldText);

/** By what the user answered for this mailbox, then by the contacts' names. */
export async function matchName(
  db: MainstayDatabase,
  account: string | null,
  name: string,
): Promise<NameMatch> {
  const key = nameKey(name);
  const settings = await db.settings.get(SETTINGS_ID);
  const answer = (contactId: string) =>
    settings?.nameAnswers?.[nameAnswerKey(account, key, contactId)];
  if (key === '') return { kind: 'nobody' };
  const named = await contactsNamed(db, key);
  const same = named.find(({ contact }) => answer(contact.id) === 'same');
  if (same) return { kind: 'same', contact: same.contact };
  const renamed = await answeredContact(db, account, key, settings?.nameAnswers);
  if (renamed) return { kind: 'same', contact: renamed };
  const candidate = named.find(({ contact }) => answer(contact.id) !== 'other');
  if (candidate) return { kind: 'unsure', candidate };
  return { kind: answer(NOBODY) === 'other' ? 'nobody' : 'unknown' };
}

/** A contact keeps its answer when it is renamed in the book. */
async function answeredContact(
  db: MainstayDatabase,
  account: string | null,
  key: string,
  answers: Readonly<Record<string, string | null>> = {},
): Promise<StoredContact | null> {
  const prefix = nameAnswerKey(account, key, NOBODY).slice(0, -2);
  for (const [each, answer] of Object.entries(answers)) {
    if (answer !== 'same' || !each.startsWith(prefix)) continue;
    const contact = await db.contacts.get(each.slice(prefix.length, -2));
    const client = contact && (await db.clients.get(contact.clientId));
    if (contact && isLive(contact) && client && isLive(client)) return contact;
  }
  return null;
}

/** The roster has every person's name in a few rows: no index is kept for this rare question. */
async function contactsNamed(db: MainstayDatabase, key: string): Promise<readonly NamedContact[]> {
  const buckets = await db.roster.toArray();
  const clients = buckets
    .flatMap(({ entries }) => Object.values(entries))
    .filter(({ people }) => people.some((person) => nameKey(person) === key));
  const found = await Promise.all(
    clients.map(async ({ clientId, name }) => {
      const contacts = await db.contacts.where('clientId').equals(clientId).toArray();
      return contacts
        .filter((contact) => isLive(contact) && nameKey(contact.name) === key)
        .map((contact) => ({ contact, clientName: name }));
    }),
  );
  // Someone still there before someone who has left.
  return found.flat().toSorted((a, b) => Number(a.contact.hasLeft) - Number(b.contact.hasLeft));
}
