import type { DateParts } from './calendar.ts';
import { MS_PER_DAY } from '../../days.ts';

/** The platform knows the Solar Hijri calendar; only the way back has to be looked for. */
const format = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: 'UTC',
});

/** The Solar Hijri date of a day number. */
export function persianPartsOf(day: number): DateParts {
  const parts = format.formatToParts(day * MS_PER_DAY);
  const number = (type: string): number =>
    Number(parts.find((part) => part.type === type)?.value ?? Number.NaN);
  return { year: number('year'), month: number('month'), date: number('day') };
}

/** 1 Farvardin 1 in days since 1970, and the mean length of a year: close enough to look from. */
const EPOCH_DAY = -492_268;
const DAYS_IN_YEAR = 365.242_2;
const SEARCHED_DAYS = 5;
/** The first half of the year has months of 31 days. */
const LONG_MONTHS = 6;

/** The day number of a Solar Hijri date, or null where there is no such date. */
export function dayOfPersianDate({ year, month, date }: DateParts): number | null {
  const daysBefore = (month - 1) * 30 + Math.min(month - 1, LONG_MONTHS);
  const guess = Math.round(EPOCH_DAY + (year - 1) * DAYS_IN_YEAR + daysBefore + date - 1);
  for (let step = 0; step <= SEARCHED_DAYS; step++) {
    for (const day of [guess + step, guess - step]) {
      const parts = persianPartsOf(day);
      if (parts.year === year && parts.month === month && parts.date === date) return day;
    }
  }
  return null;
}

/** The last day of the month so many months after the one that holds `day`. */
export function persianMonthEnd(day: number, months: number): number {
  const { year, month } = persianPartsOf(day);
  const after = month - 1 + months + 1;
  const next = { year: year + Math.floor(after / 12), month: (after % 12) + 1, date: 1 };
  return (dayOfPersianDate(next) ?? day + 1) - 1;
}
