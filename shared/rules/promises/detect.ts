import { dayFromNumber } from '../days.ts';
import { todayIn, type Calendar, type Week } from './days/calendar.ts';
import type { PromiseLanguage } from './language.ts';
import { readSentence } from './read-sentence.ts';
import { sentencesOf } from './sentences.ts';
import { fold } from './fold.ts';

export interface DetectOptions {
  readonly languages: readonly PromiseLanguage[];
  /** Who wrote the text; null where the page does not say. */
  readonly author: 'us' | 'them' | null;
  readonly nowMs: number;
  /** The client's, as an IANA name; null takes the device's. */
  readonly timeZone: string | null;
  readonly week: Week;
  readonly isMonthFirst: boolean;
}

/** What may be a promise. Nothing is saved from it until the user has said so. */
export interface Candidate {
  readonly direction: 'ours' | 'theirs';
  /** What is promised, in the writer's words without the day. */
  readonly what: string;
  readonly sentence: string;
  /** `YYYY-MM-DD` where the client is, or null where none is named. */
  readonly day: string | null;
  /** From 0 to 1; below a half nothing is returned. */
  readonly confidence: number;
}

/** More than anyone writes by hand, and little enough to be read at once. */
const MAX_LENGTH = 20_000;

/** Promises in a text, the surest first; of equally sure ones the first in the text. */
export function detectPromises(text: string, options: DetectOptions): readonly Candidate[] {
  const { languages, author, nowMs, timeZone, week, isMonthFirst } = options;
  const original = text.slice(0, MAX_LENGTH).normalize('NFC');
  const whole = fold(original).text;
  const calendar: Calendar = { today: todayIn(timeZone, nowMs), week, isMonthFirst };
  const spoken = languages.filter(({ automated }) => !automated.test(whole));
  if (spoken.length < languages.length) return [];
  const candidates = sentencesOf(original).flatMap((sentence) =>
    spoken.flatMap((language) =>
      readSentence(sentence, language, calendar).map(
        ({ isReaders, what, day, confidence }): Candidate => ({
          direction: (author === 'them') === isReaders ? 'ours' : 'theirs',
          what,
          sentence,
          day: day === null ? null : dayFromNumber(day),
          confidence,
        }),
      ),
    ),
  );
  return candidates.toSorted((a, b) => b.confidence - a.confidence);
}
