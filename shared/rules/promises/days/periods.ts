import { DAYS_IN_WEEK } from '../../days.ts';
import {
  addMonths,
  dayOfDate,
  monthEnd,
  partsOf,
  weekStart,
  workdayFrom,
  workdayUntil,
  type Calendar,
} from './calendar.ts';
import { persianMonthEnd } from './persian-calendar.ts';

/** Stretches of time that a promise names instead of a day. */
export type Period =
  | 'this-week'
  | 'start-of-next-week'
  | 'middle-of-next-week'
  | 'next-week'
  | 'week-after-next'
  | 'weekend'
  | 'after-weekend'
  | 'middle-of-month'
  | 'this-month'
  | 'start-of-next-month'
  | 'next-month'
  | 'quarter'
  | 'year';

const MIDDLE_OF_WEEK = 2;
const MIDDLE_OF_MONTH = 15;
const MONTHS_IN_QUARTER = 3;

/** The day by which a period is over: the last workday of a week, the last day of a month. */
export function dayOfPeriod(period: Period, calendar: Calendar, isPersian: boolean): number {
  const { today, week } = calendar;
  const start = weekStart(today, week);
  const lastWorkday = (weeks: number): number =>
    workdayUntil(start + DAYS_IN_WEEK * (weeks + 1) - 1, week);
  const endOfMonth = isPersian ? persianMonthEnd : monthEnd;
  const nextWeek = workdayFrom(start + DAYS_IN_WEEK, week);
  switch (period) {
    case 'this-week':
      // On a Saturday "this week" can only be the one that comes.
      return lastWorkday(0) >= today ? lastWorkday(0) : lastWorkday(1);
    case 'start-of-next-week':
    case 'after-weekend':
      return nextWeek;
    case 'middle-of-next-week':
      return nextWeek + MIDDLE_OF_WEEK;
    case 'next-week':
      return lastWorkday(1);
    case 'week-after-next':
      return lastWorkday(2);
    case 'weekend':
      return workdayFrom(lastWorkday(0) + 1, week) - 1;
    case 'middle-of-month':
      return middleOfMonth(today);
    case 'this-month':
      return endOfMonth(today, 0);
    case 'start-of-next-month':
      return endOfMonth(today, 0) + 1;
    case 'next-month':
      return endOfMonth(today, 1);
    case 'quarter':
      return monthEnd(today, MONTHS_IN_QUARTER - 1 - ((partsOf(today).month - 1) % 3));
    case 'year':
      return monthEnd(today, 12 - partsOf(today).month);
  }
}

function middleOfMonth(today: number): number {
  const middle = dayOfDate({ ...partsOf(today), date: MIDDLE_OF_MONTH }) ?? today;
  return middle >= today ? middle : addMonths(middle, 1);
}
