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
  // Most names are plain, and need none of the rest: a whole book is folded in a third of the time.
  PLAIN.test(text)
    ? text.toLowerCase().trim()
    : text
        .normalize('NFKD')
        .replaceAll(/\p{M}/gu, '')
        .toLowerCase()
        .replaceAll(/[łøđßæœ]/g, (letter) => PLAIN_LETTERS[letter] ?? letter)
        .trim();

const PLAIN = /^[ -~]*$/;

/** Letters that people type without their mark although Unicode takes them for whole. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** The names of a book, folded; for who searches the same book letter by letter. */
export type FoldedNames = readonly (readonly string[])[];

/** One for each of the book's entries, in their order: the client's name, then the people's. */
export const foldNames = ({ entries }: Book): FoldedNames =>
  entries.map(({ name, people }) => [name, ...people].map(foldText));

/** Clients by name, a person's name, or the beginning of an address; what begins so comes first. */
export async function searchClients(
  db: MainstayDatabase,
  book: Book,
  text: string,
  names: FoldedNames = foldNames(book),
): Promise<Found[]> {
  const words = foldText(text).split(/\s+/).filter(Boolean);
  const first = words[0];
  if (first === undefined) return [];
  const scored: { readonly found: Found; readonly score: number }[] = [];
  for (const [index, { clientId, name, people }] of book.entries.entries()) {
    const score = scoreOf(words, names[index] ?? []);
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
  const ids = new Set(
    contacts.map(({ clientId }) => clientId as string).filter((id) => !seen.has(id)),
  );
  const byAddress = book.entries.filter(({ clientId }) => ids.has(clientId));
  return [
    ...byName,
    ...byAddress.map(({ clientId, name, people }) => ({ clientId, name, people })),
  ].slice(0, MAX_FOUND);
}

/** 0 unless every word is somewhere; more when the name, or a word of it, begins with it. */
function scoreOf(words: readonly string[], folded: readonly string[]): number {
  let score = 1;
  for (const word of words) {
    const best = Math.max(...folded.map((text, index) => wordScore(text, word, index === 0)));
    if (best === 0) return 0;
    score += best;
  }
  return score;
}

function wordScore(text: string, word: string, isClientName: boolean): number {
  if (!text.includes(word)) return 0;
  const place = text.startsWith(word) ? 5 : text.includes(` ${word}`) ? 3 : 1;
  return place + (isClientName ? 1 : 0);
}
