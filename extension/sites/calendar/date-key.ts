/**
 * Google Calendar writes the day of a column as one number: five bits of the day, four of the month,
 * above them the years since 1970.
 *
 * @returns YYYY-MM-DD, or null for what is no such number
 */
export function dayOfDateKey(key: string): string | null {
  if (!/^\d{1,6}$/.test(key)) return null;
  const packed = Number(key);
  const [year, month, day] = [1970 + (packed >> 9), (packed >> 5) & 15, packed & 31];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}
