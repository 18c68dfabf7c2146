/** Local calendar days as whole numbers, so that "days ago" means what a person means by it. */
export const MS_PER_DAY = 86_400_000;
export const DAYS_IN_WEEK = 7;

/** Days since 1970-01-01 of the local day that holds the instant (UTC milliseconds). */
export function dayNumber(instantMs: number): number {
  const date = new Date(instantMs);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / MS_PER_DAY;
}

/** `YYYY-MM-DD` of the local day that holds the instant. */
export const toDay = (instantMs: number): string => dayFromNumber(dayNumber(instantMs));

/** `YYYY-MM-DD` of a day number. */
export const dayFromNumber = (number: number): string =>
  new Date(number * MS_PER_DAY).toISOString().slice(0, 10);

/** The day number of a `YYYY-MM-DD`. */
export const dayNumberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY;

/** UTC milliseconds of the first instant of the local day after the one that holds `instantMs`. */
export function nextLocalMidnight(instantMs: number): number {
  const date = new Date(instantMs);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

/** UTC milliseconds of local noon on a `YYYY-MM-DD`: where a log without a time of day belongs. */
export function noonOf(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).getTime();
}
