import { toDay } from '../../../shared/rules/days.ts';
import { english } from '../../../shared/rules/typed-line/en.ts';
import { hebrew } from '../../../shared/rules/typed-line/he.ts';
import { readTypedLine, wordsForMatching } from '../../../shared/rules/typed-line/typed-line.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { foldText, searchClients, type Found } from '../../db/search-query.ts';
import { readBook } from '../../db/today-query.ts';
import type { LineReading } from './messages.ts';

const LANGUAGES = [english, hebrew];

/** Reads a typed line; with `findClient`, the first words of the rest may name the client. */
export async function readLine(
  db: MainstayDatabase,
  text: string,
  findClient: boolean,
  nowMs: number,
): Promise<LineReading> {
  const reading = readTypedLine(text, { languages: LANGUAGES, today: toDay(nowMs) });
  const { kind, minutes, day, direction, summary } = reading;
  const plain: LineReading = { kind, minutes, day, direction, summary, client: null };
  if (!findClient) return plain;
  const named = await findNamed(db, wordsForMatching(reading));
  if (!named) return plain;
  return {
    ...plain,
    summary: withoutWords(summary, named.words),
    client: { clientId: named.found.clientId, name: named.found.name },
  };
}

const MAX_NAME_WORDS = 3;

/** The longest run of leading words that names someone: "noa levi renewal" is Noa Levi. */
async function findNamed(
  db: MainstayDatabase,
  words: readonly string[],
): Promise<{ readonly found: Found; readonly words: readonly string[] } | null> {
  const book = await readBook(db);
  for (let count = Math.min(MAX_NAME_WORDS, words.length); count > 0; count--) {
    const name = words.slice(0, count);
    const [found] = await searchClients(db, book, name.join(' '));
    if (found) return { found, words: name };
  }
  return null;
}

/** The summary without the words that named the client, each taken out once. */
function withoutWords(summary: string, words: readonly string[]): string {
  const wanted = words.map(foldText);
  const kept = summary.split(/\s+/).filter((word) => {
    const index = wanted.indexOf(foldText(word));
    if (index < 0) return true;
    wanted.splice(index, 1);
    return false;
  });
  return kept.join(' ');
}
