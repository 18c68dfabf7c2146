import { describe, expect, it } from 'vitest';
import english from '../../../extension/locales/en.json' with { type: 'json' };
import hebrew from '../../../extension/locales/he.json' with { type: 'json' };
import { createTranslator, directionOf } from '../../../extension/ui/translate.ts';
import { dayWords, nextSentence, standSentence } from '../../../extension/ui/words.ts';
import type { Assessment } from '../../../shared/rules/cadence.ts';
import { dayFromNumber, dayNumber, noonOf } from '../../../shared/rules/days.ts';

const en = createTranslator({ locale: 'en', direction: 'ltr', catalogue: english });
const he = createTranslator({ locale: 'he', direction: 'rtl', catalogue: hebrew });
const NOW = noonOf('2026-11-22');
const inDays = (days: number): number => noonOf(dayFromNumber(dayNumber(NOW) + days));

const assessment = (changes: Partial<Assessment>): Assessment => ({
  lastTouchAt: inDays(-3),
  bookedAt: null,
  quietDays: 3,
  usualDays: null,
  dueInDays: 11,
  strength: 'none',
  urgency: 0,
  ...changes,
});

describe('a text', () => {
  it('takes the plural form of its language', () => {
    expect(en.text('quiet', { n: 1 })).toBe('Quiet for 1 day');
    expect(en.text('quiet', { n: 2 })).toBe('Quiet for 2 days');
    expect(en.text('quiet', { n: 0 })).toBe('Quiet for 0 days');
    expect(he.text('quiet', { n: 1 })).toBe('שקט כבר יום');
    expect(he.text('quiet', { n: 2 })).toBe('שקט כבר יומיים');
    expect(he.text('quiet', { n: 11 })).toBe('שקט כבר 11 ימים');
    expect(he.text('quiet', { n: 20 })).toBe('שקט כבר 20 ימים');
  });

  it('falls back to the general form where a language has no form of its own', () => {
    const forms = { quiet: { other: '{n} days' } };
    const one = createTranslator({ locale: 'he', direction: 'rtl', catalogue: forms });
    expect(one.text('quiet', { n: 2 })).toBe('2 days');
  });

  it('groups the digits of numbers as the language does', () => {
    expect(en.text('quiet', { n: 1234 })).toBe('Quiet for 1,234 days');
    expect(en.number(1234.5)).toBe('1,234.5');
  });

  it('fills in what it is given, once and to the letter', () => {
    expect(en.text('expand', { name: '{name} $& $1 <b>' })).toBe('Show {name} $& $1 <b>');
    expect(en.text('expand')).toBe('Show {name}');
  });

  it('that is missing shows its key and does not throw', () => {
    const none = createTranslator({ locale: 'en', direction: 'ltr', catalogue: {} });
    expect(none.text('quiet', { n: 1 })).toBe('quiet');
  });
});

describe('a translator', () => {
  it('knows which languages are written from right to left', () => {
    expect(['he', 'fa', 'he-IL', 'ar'].map(directionOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl']);
    expect(['en', 'pl-PL', 'zh-CN', ''].map(directionOf)).toEqual(['ltr', 'ltr', 'ltr', 'ltr']);
  });

  it('shows the year only of a date in another year', () => {
    expect(en.date(inDays(-20), NOW)).toBe('Nov 2');
    expect(en.date(noonOf('2025-11-22'), NOW)).toBe('Nov 22, 2025');
  });
});

describe('how a client stands', () => {
  it.each<readonly [Partial<Assessment>, string]>([
    [{}, 'Last touch 3 days ago'],
    [{ quietDays: 1 }, 'Last touch yesterday'],
    [{ usualDays: 9 }, 'Last touch 3 days ago, usually every 9 days'],
    [{ usualDays: 1 }, 'Last touch 3 days ago, usually every day'],
    [{ quietDays: 0 }, 'In touch today'],
    [{ quietDays: 0, usualDays: 9 }, 'In touch today, usually every 9 days'],
    [{ quietDays: 23, strength: 'due' }, 'Quiet for 23 days'],
    [{ quietDays: 23, usualDays: 9, strength: 'overdue' }, 'Quiet for 23 days, usually every 9'],
    [{ lastTouchAt: null, quietDays: 0 }, 'Added today, nothing logged yet'],
    [{ lastTouchAt: null, quietDays: 1 }, 'Added 1 day ago, nothing logged yet'],
    [
      { lastTouchAt: null, strength: 'due', quietDays: 80 },
      'Added 80 days ago, nothing logged yet',
    ],
  ])('%j reads %j', (changes, sentence) => {
    expect(standSentence(en, assessment(changes))).toBe(sentence);
  });

  it('reads in Hebrew with its duals', () => {
    const quiet = assessment({ quietDays: 2, usualDays: 9, strength: 'due' });
    expect(standSentence(he, quiet)).toBe('שקט כבר יומיים, לעומת 9 בדרך כלל');
    expect(standSentence(he, assessment({ usualDays: 2 }))).toContain('כל יומיים');
  });
});

describe('what comes next', () => {
  it.each<readonly [Partial<Assessment>, string]>([
    [{ dueInDays: 11 }, 'Next touch in 11 days'],
    [{ dueInDays: 1 }, 'Next touch tomorrow'],
    [{ dueInDays: 0 }, 'Next touch due today'],
    [{ dueInDays: -1 }, 'Touch was due 1 day ago'],
    [{ dueInDays: -40 }, 'Touch was due 40 days ago'],
    [{ dueInDays: -40, bookedAt: inDays(4) }, 'Next: booked in 4 days'],
    [{ bookedAt: NOW + 60_000 }, 'Next: booked today'],
  ])('%j reads %j', (changes, sentence) => {
    expect(nextSentence(en, assessment(changes), NOW)).toBe(sentence);
  });
});

describe('a day in words', () => {
  it.each([
    [0, 'today'],
    [-1, 'yesterday'],
    [1, 'tomorrow'],
    [-6, '6 days ago'],
    [-7, 'Nov 15'],
    [7, 'Nov 29'],
    [-400, 'Oct 18, 2025'],
  ])('%i days away is %s', (days, words) => {
    expect(dayWords(en, inDays(days), NOW)).toBe(words);
  });
});
