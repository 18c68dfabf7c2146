import type { MainstayDatabase } from './database.ts';
import type { Book } from './today-query.ts';

export interface Found {
  readonly clientId: string;
  readonly name: string;
  readonly people: readonly string[];
}

const MAX_FOUND = 20;

/** Folds case and accents, so that "lehtinen" finds "Lehtinen" and "zoltan" finds "Zoltán". */
export const foldText = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().trim();

/** Clients by name, a person's name, or the beginning of an address; what begins so comes first. */
export async function searchClients(
  db: MainstayDatabase,
  book: Book,
  text: string,
): Promise<Found[]> {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return [];
  const scored: { readonly found: Found; readonly score: number }[] = [];
  for (const { clientId, name, people } of book.entries) {
    const score = scoreOf(words, [name, ...people]);
    if (score > 0) scored.push({ found: { clientId, name, people }, score });
  }
  const byName = scored
    .sort((a, b) => b.score - a.score || a.found.name.localeCompare(b.found.name))
    .slice(0, MAX_FOUND)
    .map(({ found }) => found);
  if (byName.length >= MAX_FOUND || words.length > 1) return byName;
  const contacts = await db.contacts
    .where('emailKeys')
    .startsWith(first)
    .limit(MAX_FOUND)
    .toArray();
  const seen = new Set(byName.map(({ clientId }) => clientId));
  const ids = new Set(contacts.map(({ clientId }) => clientId as string).filter((id) => !seen.has(id)));
  const byAddress = book.entries.filter(({ clientId }) => ids.has(clientId));
  return [...byName, ...byAddress.map(({ clientId, name, people }) => ({ clientId, name, people }))];
}

/** 0 unless every word is somewhere; more when the name, or a word of it, begins with it. */
function scoreOf(words: readonly string[], texts: readonly string[]): number {
  const folded = texts.map(foldText);
  let score = 1;
  for (const word of words) {
    const index = folded.findIndex((text) => text.includes(word));
    if (index < 0) return 0;
    const text = folded[index] ?? '';
    if (text.startsWith(word)) score += 4;
    else if (text.includes(` ${word}`)) score += 2;
    if (index === 0) score += 1;
  }
  return score;
}
