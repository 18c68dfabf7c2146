import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedStamps, restampRow, type Correction } from '../../../extension/db/restamp.ts';
import {
  deviceOf,
  hlcOf,
  isTooFarAhead,
  tick,
  timeOf,
  toStamp,
  type DeviceId,
  type Hlc,
  type Stamp,
} from '../../../shared/clock.ts';
import { editRow, emptyState, mergeRows, type RowState } from '../../../shared/merge.ts';
import { packRow, unpackRow } from '../../../shared/row.ts';

const OWN = 'aaaaaaaaaaaaaa01' as DeviceId;
const OTHER = 'bbbbbbbbbbbbbb02' as DeviceId;
const NOW = Date.UTC(2026, 10, 22, 12);
const DAY_MS = 86_400_000;
const YEARS_MS = 2 * 365 * DAY_MS;
const correction = { device: OWN, nowMs: NOW, shiftMs: -YEARS_MS, believed: null };

const at = (ms: number, device = OWN): Stamp => toStamp(tick(null, ms), device);
const putRight = (row: RowState, by: Correction = correction): RowState =>
  restampRow(row, correctedStamps([row], by));
const stampsOf = ({ registers }: RowState): Record<string, Stamp> =>
  Object.fromEntries(Object.entries(registers).map(([path, { stamp }]) => [path, stamp]));

describe('a row written while the clock was two years ahead', () => {
  it('gets the stamps that a right clock would have given', () => {
    const written = NOW - 3 * DAY_MS;
    const row = editRow(emptyState, { name: 'Levi' }, at(written + YEARS_MS));
    const later = editRow(row, { tier: 'A' }, at(written + YEARS_MS + 5000));
    expect(stampsOf(putRight(later))).toEqual({
      name: at(written),
      tier: at(written + 5000),
    });
  });

  it('is stamped now at the latest, when it is not known how far the clock was off', () => {
    const row = editRow(emptyState, { name: 'Levi' }, at(NOW + YEARS_MS));
    const restamped = putRight(row, { ...correction, shiftMs: 0 });
    expect(stampsOf(restamped)).toEqual({ name: at(NOW) });
  });

  it('still overwrites what it overwrote', () => {
    const theirs = editRow(emptyState, { name: 'Theirs' }, at(NOW - 1000, OTHER));
    // Its author had seen theirs; the true time is before it all the same.
    const mine = editRow(theirs, { name: 'Mine' }, at(NOW - DAY_MS + YEARS_MS));
    const restamped = putRight(mine, { ...correction, believed: hlcOf(at(NOW - 1000, OTHER)) });
    expect(mergeRows(theirs, restamped).registers['name']?.value).toBe('Mine');
    expect(timeOf(restamped.registers['name']?.stamp ?? ('' as Stamp))).toBe(NOW - 1000);
  });

  it('leaves alone what others wrote and what was written with a right clock', () => {
    const old = editRow(emptyState, { name: 'Levi' }, at(NOW - 9 * DAY_MS));
    const both = editRow(old, { tier: 'A' }, at(NOW - DAY_MS, OTHER));
    expect(putRight(both)).toBe(both);
  });
});

it('any row keeps its values and the order of its own stamps, and nothing stays ahead', () => {
  const step = fc.record({
    path: fc.constantFrom('name', 'tier', 'notes', 'deleted', 'emails/a@b.example'),
    value: fc.nat({ max: 9 }),
    ms: fc.integer({ min: -DAY_MS, max: 0 }),
    who: fc.constantFrom('ahead', 'right', 'other'),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let clock: Hlc | null = null;
      let state = emptyState;
      let mine = emptyState;
      for (const { path, value, ms, who } of steps) {
        if (who === 'other') {
          // Written elsewhere without having seen any of this: some of it loses and stays visible.
          const alone = editRow(emptyState, { [path]: value }, at(NOW + ms, OTHER));
          state = mergeRows(state, alone);
        } else {
          const wall = NOW + ms + (who === 'ahead' ? YEARS_MS : 0);
          clock = tick(clock, wall);
          state = editRow(state, { [path]: value }, toStamp(clock, OWN));
          mine = state;
        }
      }
      const before = mergeRows(state, mine);
      const after = putRight(before);
      expect(unpackRow(packRow(after))).toEqual(after);
      const values = (row: RowState) =>
        Object.entries(row.registers).map(([path, { value }]) => [path, value]);
      expect(values(after)).toEqual(values(before));
      const lost = ({ losers }: RowState) => losers.map(({ value }) => String(value)).toSorted();
      expect(lost(after)).toEqual(lost(before));
      const own = (row: RowState): [string, Stamp][] =>
        Object.entries(stampsOf(row)).filter(([, stamp]) => deviceOf(stamp) === OWN);
      const inOrder = (row: RowState) =>
        own(row)
          .toSorted(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1))
          .map(([path]) => path);
      expect(inOrder(after)).toEqual(inOrder(before));
      for (const [, stamp] of own(after)) expect(isTooFarAhead(stamp, NOW)).toBe(false);
      for (const hlc of Object.values(after.seen)) {
        expect(isTooFarAhead(toStamp(hlc, OWN), NOW)).toBe(false);
      }
      expect(putRight(after)).toBe(after);
    }),
    { seed: 20_261_123 },
  );
});
