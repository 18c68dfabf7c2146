import { isClean, type Found, type Line } from './line.ts';
import {
  dateBefore,
  monthsBefore,
  toPastDay,
  weekdayBefore,
  weekdayOfLastWeek,
} from './past-day.ts';
import { countAt } from './read-minutes.ts';

export interface Calendar {
  /** Days since 1970. */
  readonly today: number;
  /** 0 is Sunday. */
  readonly weekStartsOn: number;
  /** 3/4 is the 4th of March. */
  readonly isMonthFirst: boolean;
}

type FoundDay = Found<string | null> | null;

/** A day that starts at this token, when it is not one to come. */
export function readDay(line: Line, at: number, calendar: Calendar): Found<string> | null {
  const lead = line.skip('dayLeads', at);
  const found = dayAt(line, lead, calendar, lead > at) ?? dayAt(line, at, calendar, false);
  if (found === null || found.meaning === null || !isClean(line, at, found.end)) return null;
  return line.find('notAfter', found.end) === null
    ? { meaning: found.meaning, end: found.end }
    : null;
}

function dayAt(line: Line, at: number, calendar: Calendar, isLed: boolean): FoundDay {
  const day = line.find('days', at);
  if (day !== null) return past(calendar.today - day.meaning, day.end, calendar);
  return (
    ago(line, at, calendar) ??
    weekday(line, at, calendar, isLed) ??
    isoDate(line, at, calendar) ??
    numericDate(line, at, calendar, isLed) ??
    namedDate(line, at, calendar)
  );
}

const past = (dayNumber: number, end: number, { today }: Calendar): FoundDay => ({
  meaning: toPastDay(dayNumber, today),
  end,
});

/** "2 days ago", "a week ago" */
function ago(line: Line, at: number, calendar: Calendar): FoundDay {
  const before = line.skip('agoBefore', at);
  const period = line.find('periods', before);
  const count = period === null ? countAt(line, before) : null;
  const unit = count === null ? null : line.find('dayUnits', count.end);
  const end = period?.end ?? unit?.end ?? at;
  const [amount, name] =
    period === null ? [count?.meaning, unit?.meaning] : splitPeriod(period.meaning);
  const after = line.find('agoAfter', end);
  if (name === undefined || amount === undefined || !Number.isInteger(amount)) return null;
  if (before === at && after === null) return null;
  const { today } = calendar;
  const dayNumber =
    name === 'month' ? monthsBefore(today, amount) : today - amount * (name === 'week' ? 7 : 1);
  return past(dayNumber, after?.end ?? end, calendar);
}

function splitPeriod(period: string): readonly [number, string | undefined] {
  const [amount, unit] = period.split(' ');
  return [Number(amount), unit];
}

/** "friday" and "last friday" are the most recent one; "friday last week" is that of last week. */
function weekday(line: Line, at: number, calendar: Calendar, isLed: boolean): FoundDay {
  const lastWeek = line.find('lastWeek', at);
  const start = lastWeek?.end ?? line.skip('lastBefore', at);
  const sure = line.find('weekdays', start);
  const name = sure ?? line.find('weakWeekdays', start);
  if (name === null) return null;
  const lastWeekAfter = line.find('lastWeek', name.end);
  const after = line.find('lastAfter', name.end);
  if (sure === null && start === at && !isLed && lastWeekAfter === null && after === null)
    return null;
  const { today, weekStartsOn } = calendar;
  if (lastWeek !== null || lastWeekAfter !== null) {
    const day = weekdayOfLastWeek(today, name.meaning, weekStartsOn);
    return past(day, lastWeekAfter?.end ?? name.end, calendar);
  }
  return past(weekdayBefore(today, name.meaning), after?.end ?? name.end, calendar);
}

/** "2026-11-12" */
function isoDate(line: Line, at: number, { today }: Calendar): FoundDay {
  const start = line.afterPrefix(at);
  const [year, month, date] = [0, 2, 4].map((offset) => line.digits(start + offset));
  if (year == null || month == null || date == null || year < 1000) return null;
  if (!line.isMark(start + 1, '-') || !line.isMark(start + 3, '-')) return null;
  return { meaning: dateBefore(today, date, month, year), end: start + 5 };
}

/** "12.11.", "12.11.26", "12/11", "12/11/2026" */
function numericDate(line: Line, at: number, calendar: Calendar, isLed: boolean): FoundDay {
  const start = line.afterPrefix(at);
  const mark = ['.', '/'].find((candidate) => line.isMark(start + 1, candidate));
  const [first, second] = [line.digits(start), line.digits(start + 2)];
  if (mark === undefined || first === null || second === null) return null;
  const hasMarkBehind = line.isMark(start + 3, mark);
  const yearToken = hasMarkBehind ? line.tokens[start + 4] : undefined;
  const year = yearToken?.isGlued === true ? line.digits(start + 4) : null;
  // "version 2.5" and "3/4 done" are no dates unless something says so.
  const isMarked = year !== null || isLed || start > at || (mark === '.' && hasMarkBehind);
  const digits = (line.tokens[start + 2]?.folded.length ?? 0) + (mark === '/' && first > 9 ? 1 : 0);
  if (!isMarked && digits < 2) return null;
  const isMonthFirst = mark === '/' && (second > 12 || (calendar.isMonthFirst && first <= 12));
  const [date, month] = isMonthFirst ? [second, first] : [first, second];
  const end = year !== null ? start + 5 : start + (mark === '.' && hasMarkBehind ? 4 : 3);
  return { meaning: dateBefore(calendar.today, date, month, year), end };
}

/** "12 Nov", "12th of November 2026", "Nov 12" */
function namedDate(line: Line, at: number, { today }: Calendar): FoundDay {
  const start = line.afterPrefix(at);
  const leadingDate = line.digits(start);
  const leadingMonth = leadingDate === null ? line.find('months', at) : null;
  const month =
    leadingMonth ?? (leadingDate === null ? null : line.find('months', afterDate(line, start)));
  const date = leadingDate ?? (leadingMonth === null ? null : line.digits(leadingMonth.end));
  if (month === null || date === null) return null;
  const dateEnd = leadingMonth === null ? month.end : afterDate(line, leadingMonth.end);
  // "march 15 min" is a duration.
  if (leadingMonth !== null && line.find('units', dateEnd) !== null) return null;
  const yearAt = line.tokens[dateEnd]?.text === ',' ? dateEnd + 1 : dateEnd;
  const isYear = /^(?:19|20)\d\d$/.test(line.tokens[yearAt]?.folded ?? '');
  const year = isYear ? line.digits(yearAt) : null;
  return {
    meaning: dateBefore(today, date, month.meaning, year),
    end: isYear ? yearAt + 1 : dateEnd,
  };
}

/** "12", "12th", "12." and "12th of" */
function afterDate(line: Line, at: number): number {
  const ordinal = line.isMark(at + 1, '.') ? at + 2 : line.skip('ordinals', at + 1);
  return line.skip('joins', ordinal);
}
