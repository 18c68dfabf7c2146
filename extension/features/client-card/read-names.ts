import type { Match } from '../../db/card-query.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { matchNames } from '../../db/name-query.ts';
import type { NamedSuggestion, NameQuestion, PeopleQuery } from './messages.ts';

/** What is known of those who are only named. */
export type NameAnswer =
  | { readonly kind: 'same'; readonly match: Match }
  | { readonly kind: 'unsure'; readonly question: NameQuestion }
  | { readonly kind: 'unknown'; readonly suggestion: NamedSuggestion };

/** More than these in one thread are a mailing list. */
const MAX_NAMED = 10;

/**
 * The first of whom there is something to say, or null: among those who wrote, where nobody with an
 * address did, or among all others.
 */
export async function answerNames(
  db: MainstayDatabase,
  { account, people, named = [] }: PeopleQuery,
  areFirst: boolean,
): Promise<NameAnswer | null> {
  const isKnownWho = people.some(({ address, role }) => role === 'sender' && address !== account);
  const names = named.flatMap(({ name, role }) =>
    (role === 'sender' && !isKnownWho) === areFirst ? [name] : [],
  );
  if (names.length === 0) return null;
  const asked = names.slice(0, MAX_NAMED);
  const matches = await matchNames(db, account, asked);
  for (const [index, found] of matches.entries()) {
    if (found.kind === 'same') {
      const { id, clientId } = found.contact;
      return { kind: 'same', match: { address: '', clientId, contactId: id } };
    }
    if (found.kind === 'unsure') {
      const { contact, clientName } = found.candidate;
      const seenAs = { account, name: asked[index] ?? '' };
      const question = { seenAs, contactId: contact.id, personName: contact.name, clientName };
      return { kind: 'unsure', question };
    }
  }
  const stranger = asked.find((_, index) => matches[index]?.kind === 'unknown');
  // Of the others only who is known is worth a word.
  if (stranger === undefined || !areFirst) return null;
  const person = { address: null, personName: stranger, clientName: stranger, domain: null };
  return { kind: 'unknown', suggestion: { ...person, seenAs: { account, name: stranger } } };
}
