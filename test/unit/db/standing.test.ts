import { describe, expect, it } from 'vitest';
import { keptTouches } from '../../../extension/db/standing.ts';
import { RHYTHM_TOUCHES } from '../../../shared/rules/cadence.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 22, 12);
const days = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => NOW + (from + n) * DAY_MS);

describe('the touches that are kept', () => {
  it('are the latest past ones, however many are booked', () => {
    const kept = keptTouches([...days(1, 52), ...days(-30, -1)], NOW);
    expect(kept.filter((at) => at <= NOW)).toEqual(days(-RHYTHM_TOUCHES, -1).toReversed());
    expect(kept.filter((at) => at > NOW)).toEqual(days(1, 52).toReversed());
  });

  it('are of very many booked ones those that come first', () => {
    const kept = keptTouches(days(1, 500), NOW);
    expect(kept.at(-1)).toBe(NOW + DAY_MS);
    expect(kept.length).toBeLessThan(100);
  });

  it('go on being right as booked ones become past', () => {
    const kept = keptTouches([...days(1, 20), ...days(-30, -1)], NOW);
    const later = NOW + 15.5 * DAY_MS;
    expect(keptTouches(kept, later)).toEqual(
      keptTouches([...days(1, 20), ...days(-30, -1)], later),
    );
  });
});
