import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_AHEAD_MS,
  deviceOf,
  hlcOf,
  isDeviceId,
  isHlc,
  isStamp,
  isTooFarAhead,
  maxHlc,
  tick,
  timeOf,
  toStamp,
  type Hlc,
} from '../../../shared/clock.ts';
import { SEED, deviceId } from './support/histories.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

describe('the clock', () => {
  it('gives stamps whose text order is their order in time', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 45 }), fc.nat({ max: 2 ** 45 }), (a, b) => {
        expect(tick(null, a) < tick(null, b)).toBe(a < b);
        expect(timeOf(tick(null, a))).toBe(a);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('is always later than what it gave before, whatever the wall clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 2 ** 44 }), { minLength: 2 }), (walls) => {
        let last: Hlc | null = null;
        for (const wall of walls) {
          const next = tick(last, wall);
          expect(isHlc(next)).toBe(true);
          if (last !== null) expect(next > last).toBe(true);
          last = next;
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('keeps the order of a batch of 200 000 within one millisecond', () => {
    let last = tick(null, NOW);
    let isInOrder = true;
    for (let count = 0; count < 200_000; count++) {
      const next = tick(last, NOW);
      isInOrder &&= next > last && next.length === 16;
      last = next;
    }
    expect(isInOrder).toBe(true);
    // 65 536 counters to the millisecond.
    expect(timeOf(last)).toBe(NOW + 3);
  });

  it('goes on counting where it was when the wall clock is set back, and follows it forwards', () => {
    const last = tick(null, NOW);
    const next = tick(last, NOW - 1e12);
    expect(timeOf(next)).toBe(NOW);
    expect(next > last).toBe(true);
    expect(tick(next, NOW + 5)).toBe(tick(null, NOW + 5));
  });

  it('carries a full counter over into the milliseconds', () => {
    const full = `${tick(null, NOW).slice(0, 12)}ffff` as Hlc;
    expect(tick(full, NOW)).toBe(tick(null, NOW + 1));
  });

  it('takes the later of two values', () => {
    expect(maxHlc(tick(null, 1), tick(null, 2))).toBe(tick(null, 2));
    expect(maxHlc(tick(null, 2), tick(null, 1))).toBe(tick(null, 2));
  });
});

describe('a stamp', () => {
  const stamp = toStamp(tick(null, NOW), deviceId(3));

  it('can be taken apart', () => {
    expect(isStamp(stamp)).toBe(true);
    expect(hlcOf(stamp)).toBe(tick(null, NOW));
    expect(deviceOf(stamp)).toBe(deviceId(3));
    expect(timeOf(stamp)).toBe(NOW);
  });

  it('is not believed when it is more than an hour ahead, and is when it is old', () => {
    const at = (ms: number) => toStamp(tick(null, ms), deviceId(0));
    expect(isTooFarAhead(at(NOW + MAX_AHEAD_MS), NOW)).toBe(false);
    expect(isTooFarAhead(at(NOW + MAX_AHEAD_MS + 1), NOW)).toBe(true);
    expect(isTooFarAhead(at(NOW - 20 * 365 * 86_400_000), NOW)).toBe(false);
  });

  it.each([
    null,
    7,
    '',
    'f'.repeat(31),
    'F'.repeat(32),
    `${'f'.repeat(31)}g`,
    `${'f'.repeat(32)}\n`,
  ])('is not %j', (value) => {
    expect(isStamp(value)).toBe(false);
    expect(isDeviceId(value)).toBe(false);
    expect(isHlc(value)).toBe(false);
  });
});
