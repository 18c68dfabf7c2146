import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayFromNumber } from '../../../shared/rules/days.ts';
import {
  dayOfPersianDate,
  persianMonthEnd,
  persianPartsOf,
} from '../../../shared/rules/promises/days/persian-calendar.ts';
import { SEED } from '../core/support/histories.ts';

it('every day has one Persian date, and the date leads back to the day', () => {
  // 1900 to 2100.
  fc.assert(
    fc.property(fc.integer({ min: -25_567, max: 47_482 }), (day) => {
      expect(dayOfPersianDate(persianPartsOf(day))).toBe(day);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

it('Nowruz is where the calendar has it, and there is no 31st in the second half of a year', () => {
  const day = dayOfPersianDate({ year: 1405, month: 1, date: 1 });
  expect(day !== null && dayFromNumber(day)).toBe('2026-03-21');
  expect(dayOfPersianDate({ year: 1405, month: 9, date: 31 })).toBeNull();
  expect(dayOfPersianDate({ year: 1405, month: 13, date: 1 })).toBeNull();
});

it('a month ends on its last day, over the turn of the year too', () => {
  const day = dayOfPersianDate({ year: 1405, month: 9, date: 4 }) ?? 0;
  expect(dayFromNumber(persianMonthEnd(day, 0))).toBe('2026-12-21');
  expect(persianPartsOf(persianMonthEnd(day, 4))).toEqual({ year: 1406, month: 1, date: 31 });
});
