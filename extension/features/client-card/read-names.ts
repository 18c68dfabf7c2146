import type { Match } from '../../db/card-query.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { matchName } from '../../db/name-query.ts';
import type { NamedSuggestion, NameQuestion, PeopleQuery } from './messages.ts';

/** The first of those who are only named of whom there is something to say. */
export interface NameAnswer {
  readonly isSender: boolean;
  readonly match: Match | null;
  readonly question: NameQuestion | null;
  readonly suggestion: NamedSuggestion | null;
}

/** More than these in one thread are a mailing list. */
const MAX_NAMED = 10;

/** Null where everybody has an address, which is the rule. */
export async function answerNames(
  db: MainstayDatabase,
  { account, named = [] }: PeopleQuery,
): Promise<NameAnswer | null> {
  let stranger: NameAnswer | null = null;
  for (const { name, isSender } of named.slice(0, MAX_NAMED)) {
    const seenAs = { account, name };
    const found = await matchName(db, account, name);
    const nothing = { isSender, match: null, question: null, suggestion: null };
    if (found.kind === 'same') {
      const { id, clientId } = found.contact;
      return { ...nothing, match: { address: '', clientId, contactId: id } };
    }
    if (found.kind === 'unsure') {
      const { contact, clientName } = found.candidate;
      const question = { seenAs, contactId: contact.id, personName: contact.name, clientName };
      return { ...nothing, question };
    }
    if (found.kind === 'unknown' && isSender) {
      const person = { address: null, personName: name, clientName: name, domain: null };
      stranger ??= { ...nothing, suggestion: { ...person, seenAs } };
    }
  }
  return stranger;
}
