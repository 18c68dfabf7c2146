import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayFromNumber,
  dayNumber,
  dayNumberOf,
  nextLocalMidnight,
  noonOf,
  toDay,
} from '../../../shared/rules/days.ts';
import { SEED } from './support/histories.ts';
import { inZone } from './support/zones.ts';

const zones = [
  'UTC',
  'Asia/Jerusalem',
  'Asia/Kathmandu',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

describe.each(zones)('local days in %s', (zone) => {
  it('agree with each other at every instant', () => {
    inZone(zone, () => {
      fc.assert(
        fc.property(fc.integer({ min: 86_400_000, max: Date.UTC(2090, 0, 1) }), (instant) => {
          const day = toDay(instant);
          expect(dayNumberOf(day)).toBe(dayNumber(instant));
          expect(dayFromNumber(dayNumber(instant))).toBe(day);
          expect(toDay(noonOf(day))).toBe(day);
          expect(new Date(noonOf(day)).getHours()).toBe(12);
        }),
        { seed: SEED, numRuns: 100 },
      );
    });
  });

  it('begin at the next midnight and not a millisecond earlier', () => {
    inZone(zone, () => {
      fc.assert(
        fc.property(fc.integer({ min: 86_400_000, max: Date.UTC(2090, 0, 1) }), (instant) => {
          const midnight = nextLocalMidnight(instant);
          expect(midnight).toBeGreaterThan(instant);
          expect(dayNumber(midnight)).toBe(dayNumber(instant) + 1);
          expect(dayNumber(midnight - 1)).toBe(dayNumber(instant));
        }),
        { seed: SEED, numRuns: 100 },
      );
    });
  });
});

describe('a local day', () => {
  it('is the one on the calendar, not the one in UTC', () => {
    const late = Date.UTC(2026, 10, 22, 23, 30);
    expect(inZone('Asia/Jerusalem', () => toDay(late))).toBe('2026-11-23');
    expect(inZone('America/New_York', () => toDay(late))).toBe('2026-11-22');
  });

  it('ends where the next one begins, even when that has no midnight', () => {
    // In Cairo clocks went from 23:59:59 on 25 April 2024 to 01:00 on the 26th.
    inZone('Africa/Cairo', () => {
      const noon = noonOf('2024-04-25');
      expect(new Date(nextLocalMidnight(noon)).getHours()).toBe(1);
      expect(dayNumber(nextLocalMidnight(noon)) - dayNumber(noon)).toBe(1);
    });
  });

  it('counts as one day whether it has 23, 24 or 25 hours', () => {
    inZone('America/New_York', () => {
      const days = ['2026-03-07', '2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02'];
      const numbers = days.map((day) => dayNumber(noonOf(day)));
      expect((numbers[2] ?? 0) - (numbers[0] ?? 0)).toBe(2);
      expect((numbers[4] ?? 0) - (numbers[3] ?? 0)).toBe(1);
    });
  });
});
