import { describe, expect, it } from 'vitest';
import type { OpenPromise } from '../../../extension/db/promise-standing.ts';
import type { RosterEntry } from '../../../extension/db/roster.ts';
import { todayOf } from '../../../extension/db/today-query.ts';
import type { Tier } from '../../../shared/model/client-words.ts';
import { dayNumberOf } from '../../../shared/rules/days.ts';
import { daysLate, promiseUrgency } from '../../../shared/rules/promise-due.ts';

const TODAY = '2026-11-25';
const lateOn = (promise: Parameters<typeof daysLate>[0]): number | null =>
  daysLate(promise, dayNumberOf(TODAY));

describe('a promise', () => {
  it('is due on its day, and later by each day', () => {
    expect(lateOn({ dueOn: '2026-11-26' })).toBeNull();
    expect(lateOn({ dueOn: TODAY })).toBe(0);
    expect(lateOn({ dueOn: '2026-11-20' })).toBe(5);
    expect(lateOn({ dueOn: null })).toBeNull();
  });

  it('that was put off is quiet until then, and as late as it is when it comes back', () => {
    expect(lateOn({ dueOn: '2026-11-20', snoozedUntil: '2026-11-26' })).toBeNull();
    expect(lateOn({ dueOn: '2026-11-20', snoozedUntil: TODAY })).toBe(5);
    expect(lateOn({ dueOn: null, snoozedUntil: TODAY })).toBe(0);
  });

  it('of ours weighs more than one of theirs, a late one more, and one to an A client more', () => {
    expect(promiseUrgency('ours', 'C', 0)).toBeGreaterThan(promiseUrgency('theirs', 'C', 4));
    expect(promiseUrgency('theirs', 'C', 7)).toBeGreaterThan(promiseUrgency('ours', 'C', 0));
    expect(promiseUrgency('ours', 'A', 0)).toBeGreaterThan(promiseUrgency('ours', 'D', 0));
  });
});

describe('Today', () => {
  const now = new Date(2026, 10, 25, 12).getTime();
  const promise = (more: Partial<OpenPromise>): OpenPromise => ({
    id: 'promise-1' as OpenPromise['id'],
    direction: 'ours',
    what: 'Quote',
    dueOn: TODAY,
    snoozedUntil: null,
    threadUrl: null,
    ...more,
  });
  const entry = (name: string, tier: Tier, more: Partial<RosterEntry>): RosterEntry => ({
    clientId: name,
    name,
    people: [],
    tier,
    status: 'active',
    cadence: null,
    touches: [now],
    createdAt: now,
    snoozedUntil: null,
    skippedAt: null,
    lastThreadUrl: null,
    ...more,
  });
  const linesOf = (...entries: readonly RosterEntry[]): string[] =>
    todayOf({ entries, settings: undefined }, now).map(
      (line) => `${line.entry.name} ${line.kind === 'promise' ? line.promise.what : line.kind}`,
    );

  it('has a line for each promise that is due, in one order with the rhythms', () => {
    const daysAgo = (days: number): number => now - days * 86_400_000;
    expect(
      linesOf(
        entry('Quiet', 'C', { touches: [daysAgo(70)] }),
        entry('Owed', 'C', {
          promises: [
            promise({ what: 'Quote' }),
            promise({ what: 'Later', dueOn: '2026-11-26' }),
            promise({ what: 'Scope', direction: 'theirs', dueOn: '2026-11-23' }),
          ],
        }),
        entry('Long quiet', 'C', { touches: [daysAgo(200)] }),
      ),
    ).toEqual(['Long quiet rhythm', 'Owed Quote', 'Owed Scope', 'Quiet rhythm']);
  });

  it('says what is owed also while the client’s rhythm rests or is snoozed', () => {
    const owed = { promises: [promise({})] };
    expect(linesOf(entry('Paused', 'C', { ...owed, status: 'paused' }))).toEqual(['Paused Quote']);
    expect(linesOf(entry('Snoozed', 'C', { ...owed, snoozedUntil: '2026-12-24' }))).toEqual([
      'Snoozed Quote',
    ]);
  });
});
