import { dayFromNumber, dayNumberOf, DAYS_IN_WEEK } from '../../days.ts';

/** The week as it is lived where the client is. 0 is Sunday. */
export interface Week {
  readonly startsOn: number;
  readonly weekend: readonly number[];
}

/** "Now" where the client is, and how dates are written and weeks counted there. */
export interface Calendar {
  /** Days since 1970-01-01. */
  readonly today: number;
  readonly week: Week;
  /** 3/4 is the 4th of March. */
  readonly isMonthFirst: boolean;
}

const MONDAY_FIRST: Week = { startsOn: 1, weekend: [6, 0] };
const SUNDAY_FIRST: Week = { startsOn: 0, weekend: [6, 0] };
const FRIDAY_OFF: Week = { startsOn: 0, weekend: [5, 6] };
const SATURDAY_FIRST: Week = { startsOn: 6, weekend: [5] };

/** Regions that differ from Monday to Friday (Unicode CLDR 48, supplemental week data). */
const WEEK_BY_REGION: Readonly<Record<string, Week>> = {
  ...byRegion('US CA MX BR JP KR TW HK IN ZA PH TH', SUNDAY_FIRST),
  ...byRegion('IL SA JO SY YE', FRIDAY_OFF),
  ...byRegion('EG IQ KW QA BH OM DZ LY SD', { startsOn: 6, weekend: [5, 6] }),
  ...byRegion('IR AF', SATURDAY_FIRST),
};

function byRegion(regions: string, week: Week): Readonly<Record<string, Week>> {
  return Object.fromEntries(regions.split(' ').map((region) => [region, week]));
}

/** Of a BCP 47 language: `he` is taken to be in Israel, `en-IL` too. */
export function weekOf(language: string): Week {
  return WEEK_BY_REGION[regionOf(language)] ?? MONDAY_FIRST;
}

/** The United States and what follows it write the month first. */
export const isMonthFirstIn = (language: string): boolean =>
  ['US', 'PH'].includes(language.includes('-') ? regionOf(language) : '');

function regionOf(language: string): string {
  try {
    return new Intl.Locale(language).maximize().region ?? '';
  } catch {
    return '';
  }
}

/** The local day that holds the instant, in an IANA time zone; in the device's own where it is unknown. */
export function todayIn(timeZone: string | null, nowMs: number): number {
  const options = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  try {
    // Swedish writes YYYY-MM-DD.
    const format = new Intl.DateTimeFormat('sv-SE', {
      ...options,
      timeZone: timeZone ?? undefined,
    });
    return dayNumberOf(format.format(nowMs));
  } catch {
    return dayNumberOf(new Intl.DateTimeFormat('sv-SE', options).format(nowMs));
  }
}

/** 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number =>
  (((day + 4) % DAYS_IN_WEEK) + DAYS_IN_WEEK) % DAYS_IN_WEEK;

/** The first day of the week that holds `day`. */
export const weekStart = (day: number, { startsOn }: Week): number =>
  day - ((weekdayOf(day) - startsOn + DAYS_IN_WEEK) % DAYS_IN_WEEK);

export const isWorkday = (day: number, { weekend }: Week): boolean =>
  !weekend.includes(weekdayOf(day));

/** The latest workday that is not after `day`. */
export function workdayUntil(day: number, week: Week): number {
  let found = day;
  while (!isWorkday(found, week)) found -= 1;
  return found;
}

/** The earliest workday that is not before `day`. */
export function workdayFrom(day: number, week: Week): number {
  let found = day;
  while (!isWorkday(found, week)) found += 1;
  return found;
}

export function addWorkdays(day: number, count: number, week: Week): number {
  let found = day;
  for (let left = count; left > 0; left--) found = workdayFrom(found + 1, week);
  return found;
}

export interface DateParts {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  readonly date: number;
}

export function partsOf(day: number): DateParts {
  const [year = 0, month = 0, date = 0] = dayFromNumber(day).split('-').map(Number);
  return { year, month, date };
}

/** Null for the 30th of February. Months beyond December are of the next year. */
export function dayOfDate({ year, month, date }: DateParts): number | null {
  const years = Math.floor((month - 1) / 12);
  const name = `${year + years}-${pad(month - years * 12)}-${pad(date)}`;
  const day = dayNumberOf(name);
  return Number.isFinite(day) && dayFromNumber(day) === name ? day : null;
}

const pad = (number: number): string => String(number).padStart(2, '0');

/** The last day of the month so many months after the one that holds `day`. */
export function monthEnd(day: number, months: number): number {
  const { year, month } = partsOf(day);
  const next = dayOfDate({ year, month: month + months + 1, date: 1 });
  return (next ?? day) - 1;
}

/** The same date so many months later, or the month's last day where it has no such date. */
export function addMonths(day: number, months: number): number {
  const { year, month, date } = partsOf(day);
  return dayOfDate({ year, month: month + months, date }) ?? monthEnd(day, months);
}
