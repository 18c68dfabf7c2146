import { promiseLanguages } from '../../shared/rules/promises/all-languages.ts';
import { isMonthFirstIn, weekOf } from '../../shared/rules/promises/days/calendar.ts';
import { createDetect, type Candidate } from '../../shared/rules/promises/detect.ts';
import type { ClientCalendar } from '../features/promises/messages.ts';

/** A module of its own: the phrases of all languages are larger than the rest of the page. */
const detect = createDetect(promiseLanguages);

export const findPromises = (
  words: string,
  { timeZone, language }: ClientCalendar,
  nowMs: number,
): readonly Candidate[] =>
  detect(words, {
    // A page does not say who wrote it; the user puts it right.
    author: null,
    nowMs,
    timeZone,
    week: weekOf(language),
    isMonthFirst: isMonthFirstIn(language),
  });
