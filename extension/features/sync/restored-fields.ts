import type { Fields, FieldValue } from '../../../shared/row.ts';

/**
 * What to write so that a row is again as an earlier version of it: what has come since goes, and an
 * element that has come since is taken out of its set.
 */
export function restoredFields(version: Fields, present: Fields): Fields {
  const fields: Record<string, FieldValue> = {};
  for (const [name, now] of Object.entries(present)) {
    const before = version[name];
    if (JSON.stringify(now) === JSON.stringify(before)) continue;
    if (isSet(now)) fields[name] = { ...withoutMembers(now), ...(isSet(before) ? before : {}) };
    else fields[name] = before ?? null;
  }
  for (const [name, before] of Object.entries(version)) {
    if (!(name in present)) fields[name] = before;
  }
  return fields;
}

type ElementSet = Readonly<Record<string, Exclude<FieldValue, Readonly<Record<string, unknown>>>>>;

const isSet = (value: FieldValue | undefined): value is ElementSet =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withoutMembers = (set: ElementSet): Record<string, false> =>
  Object.fromEntries(Object.keys(set).map((key) => [key, false]));
