const DAY_MS = 24 * 60 * 60 * 1000;
/** A line of a log is about lately; an older date in it is more likely a birthday. */
const OLDEST_DAYS = 10 * 366;
/**
 * A date without a year is the most recent one; but when that is nearly a year back, the next one
 * is near, and "20 Dec" on the 10th of December is a plan.
 */
const OLDEST_WITHOUT_YEAR_DAYS = 300;

/** Days since 1970 of a `YYYY-MM-DD`; NaN when it is none. */
export const toDayNumber = (day: string): number => Date.parse(`${day}T00:00Z`) / DAY_MS;

/** `YYYY-MM-DD`, or null unless it is today or lately before. */
export const toPastDay = (dayNumber: number, today: number): string | null =>
  dayNumber <= today && dayNumber > today - OLDEST_DAYS
    ? new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
    : null;

/** Null when there is no such date, or it is still to come. */
export function dateBefore(
  today: number,
  date: number,
  month: number,
  year: number | null,
): string | null {
  if (year !== null)
    return toPastDay(numberOf(year < 100 ? 2000 + year : year, month, date), today);
  const thisYear = new Date(today * DAY_MS).getUTCFullYear();
  const latest = [thisYear, thisYear - 1]
    .map((candidate) => numberOf(candidate, month, date))
    .find((dayNumber) => dayNumber <= today);
  const isRecent = latest !== undefined && today - latest <= OLDEST_WITHOUT_YEAR_DAYS;
  return isRecent ? toPastDay(latest, today) : null;
}

/** The most recent such weekday before today. */
export const weekdayBefore = (today: number, weekday: number): number =>
  today - (((weekdayOf(today) - weekday + 6) % 7) + 1);

/** That weekday of the week before this one. */
export function weekdayOfLastWeek(today: number, weekday: number, weekStartsOn: number): number {
  const weekStart = today - ((weekdayOf(today) - weekStartsOn + 7) % 7);
  return weekStart - 7 + ((weekday - weekStartsOn + 7) % 7);
}

/** The same date months ago, or the month's last day where that date does not exist. */
export function monthsBefore(today: number, months: number): number {
  const from = new Date(today * DAY_MS);
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - months, 1);
  const lastDate = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() - months + 1, 0));
  return first / DAY_MS + Math.min(from.getUTCDate(), lastDate.getUTCDate()) - 1;
}

/** 0 is Sunday; 1970-01-01 was a Thursday. */
const weekdayOf = (dayNumber: number): number => (((dayNumber + 4) % 7) + 7) % 7;

/** NaN for the 30th of February. */
function numberOf(year: number, month: number, date: number): number {
  const at = new Date(Date.UTC(year, month - 1, date));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return isReal ? at.getTime() / DAY_MS : Number.NaN;
}
