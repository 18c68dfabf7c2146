import { describe, expect, it } from 'vitest';
import { defineLanguage } from '../../../shared/rules/typed-line/language.ts';
import {
  nameCandidates,
  readTypedLine,
  summaryWithout,
  wordsForMatching,
} from '../../../shared/rules/typed-line/typed-line.ts';
import { englishLines, englishNegatives } from './english-lines.ts';
import { hebrewLines, hebrewNegatives } from './hebrew-lines.ts';
import { languages, read, readsAsExpected, TODAY } from './line-table.ts';

describe('English lines', () => readsAsExpected(englishLines));
describe('English lines that only look like it', () => readsAsExpected(englishNegatives));
describe('Hebrew lines', () => readsAsExpected(hebrewLines));
describe('Hebrew lines that only look like it', () => readsAsExpected(hebrewNegatives));

describe('what can be shown of a reading', () => {
  it('says which part of the text was read as what', () => {
    const text = 'call noa 15m yesterday: renewal';
    const parts = read(text).spans.map(({ start, end, as }) => [as, text.slice(start, end)]);
    expect(parts).toEqual([
      ['kind', 'call'],
      ['summary', 'noa'],
      ['minutes', '15m'],
      ['day', 'yesterday'],
      ['summary', ': renewal'],
    ]);
  });

  it('keeps its offsets where the text is not normalised', () => {
    const text = '\u200fשִׂיחָה １５ｍ';
    const parts = read(text).spans.map(({ start, end }) => text.slice(start, end));
    expect(parts).toEqual(['שִׂיחָה', '１５ｍ']);
  });
});

describe('the words to find a client by', () => {
  const namesOf = (text: string) => nameCandidates(read(text)).map(({ name }) => name);

  it('come in the order typed, without what was read', () => {
    expect(wordsForMatching(read('call noa levi 15m: renewal'))).toEqual([
      'noa',
      'levi',
      'renewal',
    ]);
  });

  it('are tried together first, then fewer of them', () => {
    expect(namesOf('call noa levi 15m: renewal')).toEqual(['noa levi renewal', 'noa levi', 'noa']);
    expect(namesOf('15m')).toEqual([]);
  });

  it('are tried with and without a glued Hebrew particle', () => {
    expect(namesOf('מייל לנועה')).toEqual(['לנועה', 'נועה']);
    expect(namesOf('מייל ל-Noa Levi')).toEqual(['ל-Noa Levi', 'noa Levi', 'ל-Noa', 'noa']);
  });

  it('leave the summary once the client is known', () => {
    const reading = read('call noa 15m about the renewal');
    const words = nameCandidates(reading).find(({ name }) => name === 'noa')?.words ?? [];
    expect(reading.summary).toBe('noa about the renewal');
    expect(summaryWithout(reading, words)).toBe('the renewal');
    expect(summaryWithout(reading, [])).toBe('noa about the renewal');
  });
});

describe('the calendar', () => {
  const dayOf = (text: string, today: string, more: object = {}) =>
    readTypedLine(text, { languages, today, ...more }).day;

  it('takes a weekday as the most recent one before today, a week ago on that day itself', () => {
    expect(dayOf('friday', '2026-11-20')).toBe('2026-11-13');
    expect(dayOf('friday', '2026-11-21')).toBe('2026-11-20');
    expect(dayOf('friday', '2026-11-19')).toBe('2026-11-13');
  });

  it('counts "last week" by the day the week starts on', () => {
    expect(dayOf('sunday last week', '2026-11-18')).toBe('2026-11-15');
    expect(dayOf('sunday last week', '2026-11-18', { weekStartsOn: 0 })).toBe('2026-11-08');
    expect(dayOf('יום שבת שבוע שעבר', '2026-11-14', { weekStartsOn: 0 })).toBe('2026-11-07');
  });

  it('takes a date without a year as the last one, but one close ahead as a plan', () => {
    expect(dayOf('20 dec', '2026-01-10')).toBe('2025-12-20');
    expect(dayOf('20 dec', '2026-12-10')).toBeNull();
    expect(dayOf('5 jan', '2026-12-20')).toBeNull();
    expect(dayOf('5 jan', '2026-01-05')).toBe('2026-01-05');
    expect(dayOf('29 feb', '2026-03-01')).toBeNull();
    expect(dayOf('29 feb', '2028-03-01')).toBe('2028-02-29');
  });

  it('ends a month back on its last day', () => {
    expect(dayOf('a month ago', '2026-03-31')).toBe('2026-02-28');
    expect(dayOf('2 months ago', '2026-01-15')).toBe('2025-11-15');
  });

  it('takes 3/4 as April or March as the user writes dates', () => {
    expect(dayOf('on 3/4', TODAY)).toBe('2026-04-03');
    expect(dayOf('on 3/4', TODAY, { isMonthFirst: true })).toBe('2026-03-04');
    expect(dayOf('on 3.4.', TODAY, { isMonthFirst: true })).toBe('2026-04-03');
  });

  it('says nothing of a day when today is not known', () => {
    expect(dayOf('yesterday', 'never')).toBeNull();
    expect(dayOf('12 nov', 'never')).toBeNull();
    expect(dayOf('a month ago', '')).toBeNull();
  });
});

describe('languages', () => {
  it('are only what is given', () => {
    expect(readTypedLine('שיחה', { languages: [languages[0]], today: TODAY }).kind).toBeNull();
    expect(readTypedLine('call', { languages: [languages[1]], today: TODAY }).kind).toBeNull();
    expect(readTypedLine('call 15m', { languages: [], today: TODAY }).summary).toBe('call 15m');
  });

  it('need one file of words, and no accents where the user types none', () => {
    const fi = defineLanguage({
      kinds: { call: 'puhelu', meeting: 'palaveri' },
      units: { 1: 'min', 60: 't' },
      days: { 1: 'eilen' },
      dayUnits: { day: 'päivää' },
      agoAfter: 'sitten',
      topics: 'aiheesta',
    });
    const { kind, minutes, day, summary } = readTypedLine(
      'Palaveri 1t 30min 3 paivaa sitten aiheesta Hinnat',
      { languages: [fi], today: TODAY },
    );
    expect([kind, minutes, day, summary]).toEqual(['meeting', 90, '2026-11-15', 'Hinnat']);
  });
});
