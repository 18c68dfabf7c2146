import { toDay } from '../../../shared/rules/days.ts';
import type { TypedLineLanguage } from '../../../shared/rules/typed-line/language.ts';
import {
  nameCandidates,
  readTypedLine,
  summaryWithout,
} from '../../../shared/rules/typed-line/typed-line.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { searchClients } from '../../db/search-query.ts';
import { readBook } from '../../db/today-query.ts';
import type { LineReading } from './messages.ts';

export interface ReadLineDeps {
  readonly db: MainstayDatabase;
  readonly now: () => number;
  /** Read from files at the first line: the background need not carry the words of every language. */
  readonly lineLanguages: () => Promise<readonly TypedLineLanguage[]>;
}

/** Reads a typed line; with `findClient`, the first words of the rest may name the client. */
export async function readLine(
  { db, now, lineLanguages }: ReadLineDeps,
  text: string,
  findClient: boolean,
): Promise<LineReading> {
  const reading = readTypedLine(text, { languages: await lineLanguages(), today: toDay(now()) });
  const { kind, minutes, day, direction, summary } = reading;
  const plain: LineReading = { kind, minutes, day, direction, summary, client: null };
  if (!findClient) return plain;
  const book = await readBook(db);
  // The longest run of leading words that names someone: "noa levi renewal" is Noa Levi.
  for (const { name, words } of nameCandidates(reading)) {
    const [found] = await searchClients(db, book, name);
    if (!found) continue;
    const client = { clientId: found.clientId, name: found.name };
    return { ...plain, summary: summaryWithout(reading, words), client };
  }
  return plain;
}
