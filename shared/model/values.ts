import * as v from 'valibot';
import { ADDRESS_FORM, MAX_ADDRESS_LENGTH } from '../rules/address-form.ts';

/** UTC milliseconds; the year 9999 at most, so that a broken clock cannot overflow a date. */
export const instantSchema = v.pipe(
  v.number(),
  v.integer(),
  v.minValue(0),
  v.maxValue(253_402_300_799_999),
);
/** A local all-day date, `YYYY-MM-DD`. */
export const daySchema = v.pipe(
  v.string(),
  v.isoDate(),
  v.check(isRealDay, 'a day that the calendar has'),
);
export const textSchema = v.pipe(v.string(), v.maxLength(500));
export const noteSchema = v.pipe(v.string(), v.maxLength(20_000));
export const addressSchema = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(MAX_ADDRESS_LENGTH),
  v.regex(ADDRESS_FORM),
);
export const domainSchema = v.pipe(
  v.string(),
  v.trim(),
  v.toLowerCase(),
  v.maxLength(253),
  v.regex(/^[^\s@/<>]+\.[^\s@/<>.]+$/),
);
export const webUrlSchema = v.pipe(v.string(), v.maxLength(2000), v.url(), v.regex(/^https?:/));

/** A set, one register per element: false is an element that was taken out. */
export const elementsOf = <Key extends v.GenericSchema<string, string>>(key: Key) =>
  v.record(key, v.boolean());

/** The form of a date does not rule out 31 February, and engines disagree on which day that is. */
function isRealDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
}

export const membersOf = (elements: Readonly<Record<string, boolean>> | undefined): string[] =>
  Object.entries(elements ?? {}).flatMap(([key, isMember]) => (isMember ? [key] : []));
