import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  endFocus,
  LONGEST_SILENCE_MS,
  nextFocus,
  otherMinutes,
  suggestedMinutes,
  type FocusSign,
  type FocusSpan,
} from '../../../shared/rules/focus.ts';
import { SEED } from './support/histories.ts';

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 10, 25, 12);
const here = (clientId: string, tabId = 1): FocusSign => ({ clientId, tabId });
const gone = (tabId = 1): FocusSign => ({ clientId: null, tabId });

/** What each client has earned after these signs, in minutes: [minute, sign]. */
function minutesOf(...signs: readonly (readonly [number, FocusSign])[]): Record<string, number> {
  let span: FocusSpan | null = null;
  const earned: Record<string, number> = {};
  for (const [minute, sign] of signs) {
    const step = nextFocus(span, sign, NOON + minute * MINUTE_MS);
    if (span !== null) {
      earned[span.clientId] = (earned[span.clientId] ?? 0) + step.creditMs / MINUTE_MS;
    }
    span = step.span;
  }
  return earned;
}

describe('time on a client’s pages', () => {
  it('counts from sign to sign, for whoever was in front in between', () => {
    expect(
      minutesOf([0, here('levi')], [1, here('levi')], [2, here('nowak')], [3, gone()]),
    ).toEqual({ levi: 2, nowak: 1 });
  });

  it('counts reading without a touch, but no absence', () => {
    expect(minutesOf([0, here('levi')], [5, here('levi')])).toEqual({ levi: 5 });
    expect(minutesOf([0, here('levi')], [6, here('levi')], [7, gone()])).toEqual({ levi: 1 });
    expect(minutesOf([0, here('levi')], [600, gone()])).toEqual({ levi: 0 });
  });

  it('does not end because the tab before says late that it is gone', () => {
    expect(
      minutesOf([0, here('levi', 1)], [2, here('nowak', 2)], [2, gone(1)], [4, gone(2)]),
    ).toEqual({ levi: 2, nowak: 2 });
  });

  it('counts nothing when nobody is in front, nor when the clock was set back', () => {
    expect(minutesOf([0, gone()], [3, here('levi')], [2, here('levi')])).toEqual({ levi: 0 });
  });

  it('ends where the computer went idle or was locked', () => {
    const span: FocusSpan = { clientId: 'levi', tabId: 1, at: NOON };
    expect(endFocus(span, 2 * MINUTE_MS, NOON + 4 * MINUTE_MS)).toBe(2 * MINUTE_MS);
    expect(endFocus(span, 0, NOON + 4 * MINUTE_MS)).toBe(4 * MINUTE_MS);
    expect(endFocus(span, 0, NOON + 3 * 3600_000)).toBe(0);
    expect(endFocus(null, 0, NOON)).toBe(0);
  });

  it('is never more than the time that has passed, however the signs come', () => {
    const sign = fc.record({
      after: fc.integer({ min: 0, max: 2 * LONGEST_SILENCE_MS }),
      clientId: fc.constantFrom('levi', 'nowak', null),
      tabId: fc.constantFrom(1, 2),
    });
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 50 }), (signs) => {
        let [span, at, credited]: [FocusSpan | null, number, number] = [null, NOON, 0];
        for (const { after, clientId, tabId } of signs) {
          at += after;
          const step = nextFocus(span, { clientId, tabId }, at);
          credited += step.creditMs;
          span = step.span;
        }
        expect(credited).toBeLessThanOrEqual(at - NOON);
      }),
      { seed: SEED },
    );
  });
});

describe('a suggestion', () => {
  it.each([
    [4.4, 0],
    [5, 5],
    [12, 10],
    [13, 15],
    [58, 60],
    [2000, 1440],
  ])('of %d minutes in front is %d', (spent, suggested) => {
    expect(suggestedMinutes(spent * MINUTE_MS)).toBe(suggested);
  });

  it.each([
    [5, [15]],
    [15, [30]],
    [25, [15, 30]],
    [30, [15, 45]],
    [1440, [1425]],
  ])('of %d minutes is corrected to %j in one click', (minutes, others) => {
    expect(otherMinutes(minutes)).toEqual(others);
  });
});
