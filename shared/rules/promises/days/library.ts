import type { Component, ParsedResult, ParsingReference } from 'chrono-node';
import { DAYS_IN_WEEK, MS_PER_DAY } from '../../days.ts';
import type { Calendar } from './calendar.ts';
import type { ReadDays } from './find-days.ts';
import { LATELY_DAYS } from './next-day.ts';

export interface Library {
  parse(
    text: string,
    reference: ParsingReference,
    option: { readonly forwardDate: boolean },
  ): ParsedResult[];
}

/** The library takes an hour, a month or "now" for a time too; a promise is for a day. */
const NAMES_A_DAY: readonly Component[] = ['day', 'weekday'];
const NOON_MS = MS_PER_DAY / 2;
const DAYS_IN_YEAR = 365;

/**
 * Days as the library reads them. It is told that it is noon of the client's day in UTC, so that it
 * reckons in whole days and no clock's zone has a part in it. `notADay` are words that it takes for
 * days and that here hardly ever are ("sat", "second").
 */
export const libraryDays =
  (libraryFor: (calendar: Calendar) => Library, notADay: RegExp): ReadDays =>
  (text, calendar) => {
    const reference = { instant: new Date(calendar.today * MS_PER_DAY + NOON_MS), timezone: 0 };
    return libraryFor(calendar)
      .parse(text, reference, { forwardDate: true })
      .flatMap((result) => {
        // Of a stretch ("3 to 5 December") the end is the day by which.
        const read = result.end ?? result.start;
        if (!NAMES_A_DAY.some((part) => read.isCertain(part)) || notADay.test(result.text))
          return [];
        const day = Math.floor(read.date().getTime() / MS_PER_DAY);
        // It takes a date of last week for the one of next year; see `LATELY_DAYS`.
        const isOfAnyYear = read.isCertain('month') && !read.isCertain('year');
        if (isOfAnyYear && day - calendar.today > DAYS_IN_YEAR - LATELY_DAYS) return [];
        const isOnlyWeekday = read.isCertain('weekday') && !read.isCertain('day');
        return [
          {
            start: result.index,
            end: result.index + result.text.length,
            // Said on a Friday, "on Friday" is the next one: who means today says so.
            day: isOnlyWeekday && day === calendar.today ? day + DAYS_IN_WEEK : day,
          },
        ];
      });
  };
