import { dayFromNumber } from '../days.ts';
import { todayIn, type Calendar, type Week } from './days/calendar.ts';
import { fold } from './fold.ts';
import { definePromises, type PromiseLanguage } from './define-promises.ts';
import type { PromiseWords } from './language.ts';
import { readSentence } from './read-sentence.ts';
import { sentencesOf } from './sentences.ts';

export interface DetectOptions {
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
  /** From 0 to 1; what is hardly a promise is not among them. */
  readonly confidence: number;
}

/** Promises in a text, the surest first; of equally sure ones the first in the text. */
export type Detect = (text: string, options: DetectOptions) => readonly Candidate[];

/** More than anyone writes by hand, and little enough to be read at once. */
const MAX_LENGTH = 20_000;

/** Each language is made ready when a text in its letters first comes. */
export function createDetect(languages: readonly PromiseWords[]): Detect {
  const ready = new Map<PromiseWords, PromiseLanguage>();
  const languageOf = (words: PromiseWords): PromiseLanguage => {
    const language = ready.get(words) ?? definePromises(words);
    ready.set(words, language);
    return language;
  };
  return (text, { author, nowMs, timeZone, week, isMonthFirst }) => {
    const original = text.slice(0, MAX_LENGTH).normalize('NFC');
    const spoken = languages.filter(({ letters }) => letters.test(original)).map(languageOf);
    const whole = fold(original).text;
    if (spoken.some(({ automated }) => automated.test(whole))) return [];
    const calendar: Calendar = { today: todayIn(timeZone, nowMs), week, isMonthFirst };
    return sentencesOf(original)
      .flatMap((sentence) =>
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
      )
      .toSorted((a, b) => b.confidence - a.confidence);
  };
}
