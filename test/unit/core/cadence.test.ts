import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { clientSchema } from '../../../shared/model/client.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import {
  SETTINGS_ID,
  cadenceFor,
  isTouchKind,
  tierCadences,
} from '../../../shared/model/settings.ts';
import { assess, type Assessment, type Rhythm } from '../../../shared/rules/cadence.ts';
import { dayFromNumber, dayNumber, noonOf } from '../../../shared/rules/days.ts';
import { rosterEntry, type RosterEntry } from '../../../extension/db/roster.ts';
import { emptyStanding } from '../../../extension/db/standing.ts';
import { todayOf } from '../../../extension/db/today-query.ts';
import { inZone } from './support/zones.ts';

const NOW = noonOf('2026-11-22');
const daysAgo = (days: number, now = NOW): number => noonOf(dayFromNumber(dayNumber(now) - days));
const inDays = (days: number): string => dayFromNumber(dayNumber(NOW) + days);

const stand = (changes: Partial<Rhythm>, now = NOW): Assessment =>
  assess(
    {
      touches: [daysAgo(10)],
      createdAt: daysAgo(400),
      status: 'active',
      tier: 'C',
      cadence: [14, 28],
      snoozedUntil: null,
      skippedAt: null,
      ...changes,
    },
    now,
  );

describe('attention', () => {
  it.each([
    [13, 'none'],
    [14, 'due'],
    [27, 'due'],
    [28, 'overdue'],
    [400, 'overdue'],
  ] as const)('after %i quiet days with a cadence of 14 and 28 is %s', (days, strength) => {
    const assessment = stand({ touches: [daysAgo(days)] });
    expect(assessment).toMatchObject({ strength, quietDays: days, dueInDays: 14 - days });
  });

  it('is overdue at once when ideal and maximum are the same', () => {
    expect(stand({ touches: [daysAgo(14)], cadence: [14, 14] }).strength).toBe('overdue');
    expect(stand({ touches: [daysAgo(13)], cadence: [14, 14] }).strength).toBe('none');
  });

  it('counts from the day of adding for a client who was never touched', () => {
    expect(stand({ touches: [], createdAt: daysAgo(14) })).toMatchObject({
      strength: 'due',
      lastTouchAt: null,
      quietDays: 14,
      usualDays: null,
    });
    expect(stand({ touches: [], createdAt: NOW }).quietDays).toBe(0);
  });

  it('is never negative when the clock says the client was added tomorrow', () => {
    expect(stand({ touches: [], createdAt: daysAgo(-1) })).toMatchObject({
      quietDays: 0,
      strength: 'none',
    });
  });

  it('rests while a meeting is booked, whatever the history, and says which is next', () => {
    const soon = NOW + 3_600_000;
    const assessment = stand({ touches: [daysAgo(-9), soon, daysAgo(300)] });
    expect(assessment).toMatchObject({
      strength: 'none',
      bookedAt: soon,
      lastTouchAt: daysAgo(300),
    });
    expect(stand({ touches: [NOW, daysAgo(300)] }).bookedAt).toBeNull();
  });

  it.each(['paused', 'lost'] as const)('rests for a client who is %s', (status) => {
    expect(stand({ touches: [daysAgo(300)], status }).strength).toBe('none');
  });

  it.each(['prospect', 'active', 'regained'] as const)(
    'is due for a client who is %s',
    (status) => {
      expect(stand({ touches: [daysAgo(300)], status }).strength).toBe('overdue');
    },
  );

  it('rests until the day to which it was snoozed, and not on that day', () => {
    const touches = [daysAgo(300)];
    expect(stand({ touches, snoozedUntil: inDays(1) }).strength).toBe('none');
    expect(stand({ touches, snoozedUntil: inDays(0) }).strength).toBe('overdue');
    expect(stand({ touches, snoozedUntil: inDays(-5) }).strength).toBe('overdue');
  });

  it('counts on from a skip as from a touch, but the quiet is told as it is', () => {
    const assessment = stand({ touches: [daysAgo(30)], skippedAt: daysAgo(2) });
    expect(assessment).toMatchObject({ strength: 'none', quietDays: 30, dueInDays: 12 });
    expect(stand({ touches: [daysAgo(30)], skippedAt: daysAgo(14) }).strength).toBe('due');
  });

  it('forgets a skip once there was a touch after it', () => {
    expect(stand({ touches: [daysAgo(1)], skippedAt: daysAgo(20) }).dueInDays).toBe(13);
  });
});

describe('the usual interval', () => {
  const usual = (...days: readonly number[]): number | null =>
    stand({ touches: days.map((day) => daysAgo(day)) }).usualDays;

  it('is unknown with fewer than three gaps', () => {
    expect(usual()).toBeNull();
    expect(usual(1)).toBeNull();
    expect(usual(1, 8, 15)).toBeNull();
  });

  it('is the median, so that one long silence does not change it', () => {
    expect(usual(0, 7, 14, 21)).toBe(7);
    expect(usual(0, 7, 14, 200)).toBe(7);
    expect(usual(0, 5, 15, 30, 130)).toBe(13);
  });

  it('counts several touches on one day as one', () => {
    const touches = [0, 7, 14, 21].flatMap((day) => [daysAgo(day) + 3_600_000, daysAgo(day)]);
    expect(stand({ touches: touches.filter((at) => at <= NOW) }).usualDays).toBe(7);
    expect(usual(3, 3, 3, 3, 3)).toBeNull();
  });

  it('leaves booked meetings out', () => {
    expect(usual(-90, 0, 7, 14, 21)).toBe(7);
  });
});

describe('a day of the cadence', () => {
  it('is a local calendar day: late in the evening to early next morning is one', () => {
    inZone('Asia/Jerusalem', () => {
      const evening = new Date(2026, 10, 21, 23, 59).getTime();
      const morning = new Date(2026, 10, 22, 0, 1).getTime();
      expect(stand({ touches: [evening] }, morning).quietDays).toBe(1);
      expect(stand({ touches: [evening] }, evening + 30_000).quietDays).toBe(0);
    });
  });

  it.each(['America/New_York', 'Asia/Jerusalem', 'America/Santiago', 'Africa/Cairo'])(
    'has the same length when the clocks change in %s',
    (zone) => {
      inZone(zone, () => {
        const first = dayNumber(noonOf('2026-01-01'));
        for (let day = 55; day < 330; day++) {
          const now = noonOf(dayFromNumber(first + day));
          expect(stand({ touches: [daysAgo(14, now)] }, now)).toMatchObject({
            quietDays: 14,
            strength: 'due',
          });
          const [midnight, lastMinute] = [
            new Date(now).setHours(0, 0),
            new Date(now).setHours(23, 59),
          ];
          expect(stand({ touches: [midnight] }, lastMinute).quietDays).toBe(0);
        }
      });
    },
  );
});

describe('the order of Today', () => {
  const entry = (name: string, quiet: number, more: object = {}): RosterEntry => {
    const client = { id: `client-${name.charCodeAt(0)}`, name, createdAt: daysAgo(500), ...more };
    const standing = { ...emptyStanding(client.id), touches: [daysAgo(quiet)] };
    return rosterEntry(v.parse(clientSchema, client), [], standing);
  };
  const namesOf = (book: Parameters<typeof todayOf>[0]): string[] =>
    todayOf(book, NOW).map(({ entry }) => entry.name);

  it('puts the one who is furthest beyond their rhythm first', () => {
    const entries = [entry('calm', 3), entry('late', 70), entry('later', 119), entry('lost', 130)];
    expect(namesOf({ entries, settings: undefined })).toEqual(['lost', 'later', 'late']);
  });

  it('weighs an A client more than a D client who is as late', () => {
    const cadence: [number, number] = [10, 20];
    const entries = (['D', 'C', 'B', 'A'] as const).map((tier) =>
      entry(tier, 15, { tier, cadence }),
    );
    expect(namesOf({ entries, settings: undefined })).toEqual(['A', 'B', 'C', 'D']);
  });

  it('is alphabetical between equals', () => {
    const entries = ['Zoe', 'Émile', 'Dan'].map((name) => entry(name, 100));
    expect(namesOf({ entries, settings: undefined })).toEqual(['Dan', 'Émile', 'Zoe']);
  });

  it('follows the settings for a tier, and the client before them', () => {
    const settings: Settings = { id: SETTINGS_ID, cadenceC: [5, 9] };
    const entries = [entry('tier', 6), entry('own', 6, { cadence: [7, 9] })];
    expect(namesOf({ entries, settings })).toEqual(['tier']);
    expect(namesOf({ entries, settings: undefined })).toEqual([]);
  });
});

describe('settings', () => {
  const settings: Settings = {
    id: SETTINGS_ID,
    cadenceA: [3, 6],
    cadenceB: null,
    touchKinds: { note: true, email: false },
  };

  it('stand in for what is not said, and defaults for the rest', () => {
    expect(cadenceFor({}, undefined)).toEqual([60, 120]);
    expect(cadenceFor({ tier: 'A' }, settings)).toEqual([3, 6]);
    expect(cadenceFor({ tier: 'B' }, settings)).toEqual([30, 60]);
    expect(cadenceFor({ tier: 'A', cadence: [1, 2] }, settings)).toEqual([1, 2]);
    expect(cadenceFor({ tier: 'A', cadence: null }, settings)).toEqual([3, 6]);
    expect(tierCadences(settings)).toEqual({ A: [3, 6], B: [30, 60], C: [60, 120], D: [120, 240] });
  });

  it('say which kinds count as a touch; a note does not unless they do', () => {
    expect(isTouchKind('note', undefined)).toBe(false);
    expect(isTouchKind('note', settings)).toBe(true);
    expect(isTouchKind('email', settings)).toBe(false);
    expect(isTouchKind('call', settings)).toBe(true);
  });
});
