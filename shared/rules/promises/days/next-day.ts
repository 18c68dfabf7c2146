import { DAYS_IN_WEEK } from '../../days.ts';
import {
  addMonths,
  addWorkdays,
  dayOfDate,
  monthEnd,
  partsOf,
  weekdayOf,
  weekStart,
  type Calendar,
  type DateParts,
} from './calendar.ts';
import type { Unit } from './day-words.ts';
import { dayOfPersianDate, persianMonthEnd, persianPartsOf } from './persian-calendar.ts';

/** The next such weekday after today: who means today says so. */
export const weekdayAhead = (weekday: number, { today }: Calendar): number =>
  today + ((weekday - weekdayOf(today) + DAYS_IN_WEEK - 1) % DAYS_IN_WEEK) + 1;

export function weekdayOfNextWeek(weekday: number, { today, week }: Calendar): number {
  const start = weekStart(today, week) + DAYS_IN_WEEK;
  return start + ((weekday - week.startsOn + DAYS_IN_WEEK) % DAYS_IN_WEEK);
}

const HOURS_IN_DAY = 24;

export function dayAfter(count: number, unit: Unit, { today, week }: Calendar): number {
  switch (unit) {
    case 'hour':
      return today + Math.floor(count / HOURS_IN_DAY);
    case 'day':
      return today + count;
    case 'workday':
      return addWorkdays(today, count, week);
    case 'week':
      return today + count * DAYS_IN_WEEK;
    case 'month':
      return addMonths(today, count);
  }
}

/** A date no longer past than this is meant as past; one longer past is the one of next year. */
export const LATELY_DAYS = 120;
/** Years of the Persian calendar are far below this, and Gregorian ones above. */
const FIRST_GREGORIAN_YEAR = 1700;

/** A date, with or without its year, in the calendar of the language or, by its year, in the other. */
export function dateAhead(
  { date, month, year }: Omit<DateParts, 'year'> & { readonly year: number | null },
  { today }: Calendar,
  isPersian: boolean,
): number | null {
  if (month < 1 || month > 12) return null;
  const make = (inYear: number): number | null =>
    inYear < FIRST_GREGORIAN_YEAR
      ? dayOfPersianDate({ year: inYear, month, date })
      : dayOfDate({ year: inYear, month, date });
  if (year !== null) return make(year);
  const now = (isPersian ? persianPartsOf(today) : partsOf(today)).year;
  const thisYear = make(now);
  if (thisYear === null || thisYear >= today) return thisYear;
  return today - thisYear > LATELY_DAYS ? make(now + 1) : null;
}

/** "The 12th": of this month, or of the next that has one. */
export function dateOfMonthAhead(
  date: number,
  { today }: Calendar,
  isPersian: boolean,
): number | null {
  const now = isPersian ? persianPartsOf(today) : partsOf(today);
  for (const months of [0, 1, 2]) {
    const year = now.year + Math.floor((now.month - 1 + months) / 12);
    const month = ((now.month - 1 + months) % 12) + 1;
    const day = (isPersian ? dayOfPersianDate : dayOfDate)({ year, month, date });
    if (day !== null && day >= today) return day;
  }
  return null;
}

/** The last day of the next month of that name, this one included. */
export function lastOfMonthAhead(month: number, today: number, isPersian: boolean): number | null {
  const now = isPersian ? persianPartsOf(today) : partsOf(today);
  const months = (month - now.month + 12) % 12;
  return Number.isNaN(months) ? null : (isPersian ? persianMonthEnd : monthEnd)(today, months);
}
