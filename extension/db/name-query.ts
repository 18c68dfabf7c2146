import { nameAnswerKey, nameKeyOf, NOBODY } from '../../shared/rules/name-key.ts';
import { SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
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

/** Each by what the user answered for this mailbox, then by the contacts' names; in their order. */
export async function matchNames(
  db: MainstayDatabase,
  account: string | null,
  names: readonly string[],
): Promise<readonly NameMatch[]> {
  const answers = (await db.settings.get(SETTINGS_ID))?.nameAnswers ?? {};
  const keys = names.map(nameKey);
  const answered = await Promise.all(keys.map((key) => answeredContact(db, account, key, answers)));
  const open = keys.filter((key, index) => key !== '' && !answered[index]);
  const named = open.length > 0 ? await contactsNamed(db, new Set(open)) : null;
  return keys.map((key, index): NameMatch => {
    const contact = answered[index];
    if (contact) return { kind: 'same', contact };
    const isOther = (contactId: string): boolean =>
      answers[nameAnswerKey(account, key, contactId)] === 'other';
    const candidate = named?.get(key)?.find((each) => !isOther(each.contact.id));
    if (candidate) return { kind: 'unsure', candidate };
    return { kind: key === '' || isOther(NOBODY) ? 'nobody' : 'unknown' };
  });
}

/** By the contact, not by its name: it keeps its answer when it is renamed in the book. */
async function answeredContact(
  db: MainstayDatabase,
  account: string | null,
  key: string,
  answers: NonNullable<Settings['nameAnswers']>,
): Promise<StoredContact | null> {
  const end = '"]';
  const start = nameAnswerKey(account, key, NOBODY).slice(0, -end.length);
  for (const [each, answer] of Object.entries(answers)) {
    if (answer !== 'same' || !each.startsWith(start)) continue;
    const contact = await db.contacts.get(each.slice(start.length, -end.length));
    const client = contact && (await db.clients.get(contact.clientId));
    if (contact && isLive(contact) && client && isLive(client)) return contact;
  }
  return null;
}

/**
 * The roster has every person's name in a few rows: no index is kept for this rare question. Most
 * people are passed over by one word of the names, which costs a tenth of comparing them.
 */
async function contactsNamed(
  db: MainstayDatabase,
  keys: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly NamedContact[]>> {
  const words = [...keys].map((key) => key.split(' ', 1)[0] ?? key);
  const isNamed = (person: string): boolean => {
    const folded = foldText(person);
    return words.some((word) => folded.includes(word)) && keys.has(nameKey(person));
  };
  const buckets = await db.roster.toArray();
  const clients = buckets
    .flatMap(({ entries }) => Object.values(entries))
    .filter(({ people }) => people.some(isNamed));
  const found = await Promise.all(
    clients.map(async ({ clientId, name: clientName }) => {
      const contacts = await db.contacts.where('clientId').equals(clientId).toArray();
      return contacts.filter(isLive).map((contact) => ({ contact, clientName }));
    }),
  );
  // Someone still there before someone who has left.
  const inOrder = found
    .flat()
    .toSorted((a, b) => Number(a.contact.hasLeft ?? false) - Number(b.contact.hasLeft ?? false));
  return Map.groupBy(inOrder, ({ contact }) => nameKey(contact.name));
}
