import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promiseLanguages } from '../../../shared/rules/promises/all-languages.ts';
import { isMonthFirstIn, weekOf } from '../../../shared/rules/promises/days/calendar.ts';
import { createDetect, type DetectOptions } from '../../../shared/rules/promises/detect.ts';
import { SEED } from '../core/support/histories.ts';

const detect = createDetect(promiseLanguages);
/** Wednesday 25 November 2026, noon UTC. */
const NOON = Date.UTC(2026, 10, 25, 12);
const options = (more: Partial<DetectOptions> = {}): DetectOptions => ({
  author: 'us',
  nowMs: NOON,
  timeZone: 'UTC',
  week: weekOf('en-GB'),
  isMonthFirst: false,
  ...more,
});
const dayOf = (text: string, more: Partial<DetectOptions> = {}): string | null | undefined =>
  detect(text, options(more))[0]?.day;
const whatOf = (text: string): string | undefined => detect(text, options())[0]?.what;

describe('"by Friday"', () => {
  it('is the client’s Friday: it may be Saturday there while it is Friday here', () => {
    const lateOnFriday = Date.UTC(2026, 10, 27, 23);
    const text = 'I’ll send the quote tomorrow.';
    expect(dayOf(text, { nowMs: lateOnFriday, timeZone: 'UTC' })).toBe('2026-11-28');
    expect(dayOf(text, { nowMs: lateOnFriday, timeZone: 'Pacific/Auckland' })).toBe('2026-11-29');
    expect(dayOf(text, { nowMs: lateOnFriday, timeZone: 'America/Los_Angeles' })).toBe(
      '2026-11-28',
    );
  });

  it('said on a Friday is the next one', () => {
    const friday = Date.UTC(2026, 10, 27, 12);
    expect(dayOf('I’ll send it by Friday.', { nowMs: friday })).toBe('2026-12-04');
    expect(dayOf('Lähetän sen perjantaina.', { nowMs: friday })).toBe('2026-12-04');
  });

  it('is understood with a zone that no calendar knows, by the device’s own', () => {
    expect(dayOf('I’ll send it by Friday.', { timeZone: 'Mars/Olympus' })).toBe('2026-11-27');
  });
});

describe('the end of the week', () => {
  it.each([
    ['en-GB', '2026-11-27'],
    ['en-US', '2026-11-27'],
    ['he', '2026-11-26'],
    ['en-IL', '2026-11-26'],
    ['ar-SA', '2026-11-26'],
    ['fa', '2026-11-26'],
  ])('is the last working day of a week in %s', (language, day) => {
    expect(dayOf('I’ll send it by the end of the week.', { week: weekOf(language) })).toBe(day);
  });

  it('on a Saturday is that of the week to come', () => {
    const saturday = Date.UTC(2026, 10, 28, 12);
    expect(dayOf('I’ll send it this week.', { nowMs: saturday })).toBe('2026-12-04');
  });
});

describe('a date', () => {
  it.each([
    ['I’ll send it on 03/12/2026.', 'en-GB', '2026-12-03'],
    ['I’ll send it on 12/03/2026.', 'en-US', '2026-12-03'],
    ['I’ll send it before Monday.', 'en-GB', '2026-11-27'],
    ['I’ll send it by the 24th.', 'en-GB', '2026-12-24'],
    ['I’ll send it by 31 January.', 'en-GB', '2027-01-31'],
    ['I’ll send version 2.5 tomorrow.', 'en-GB', '2026-11-26'],
    ['Wyślę to 31.12.', 'pl', '2026-12-31'],
    ['Lähetän sen helmikuun loppuun mennessä.', 'fi', '2027-02-28'],
    ['我们会在明年2月前发给您，最晚1月15日。', 'zh', '2027-01-15'],
    ['אשלח את זה עד 29 בפברואר 2028.', 'he', '2028-02-29'],
    ['تا ۱ فروردین ۱۴۰۶ می‌فرستم.', 'fa', '2027-03-21'],
    ['تا ۲۵ دسامبر می‌فرستم.', 'fa', undefined],
  ])('%s (%s) is %s', (text, language, day) => {
    const more = { week: weekOf(language), isMonthFirst: isMonthFirstIn(language) };
    if (day === undefined) expect(dayOf(text, more) ?? null).toBeNull();
    else expect(dayOf(text, more)).toBe(day);
  });

  it('that is over, or that no calendar has, is no day to come', () => {
    expect(dayOf('I’ll send what we agreed on 20 November.')).toBeNull();
    expect(dayOf('Lähetän sen 31.2.')).toBeNull();
  });
});

describe('a text', () => {
  it('says who promises, whichever side wrote it', () => {
    const text = 'I’ll send the quote by Friday.';
    expect(detect(text, options({ author: 'us' }))[0]?.direction).toBe('ours');
    expect(detect(text, options({ author: 'them' }))[0]?.direction).toBe('theirs');
    expect(detect(text, options({ author: null }))[0]?.direction).toBe('ours');
  });

  it('keeps the sentence as it was written, and what was promised without the day', () => {
    const text = 'Hi Maeve,\nthanks! I’ll send you the *revised* quote by Friday. Best, Noa';
    expect(detect(text, options())).toEqual([
      {
        direction: 'ours',
        what: 'Send you the *revised* quote',
        sentence: 'I’ll send you the *revised* quote by Friday.',
        day: '2026-11-27',
        confidence: expect.closeTo(0.9),
      },
    ]);
  });

  it.each([
    ['I can get you the logo files by Friday.', 'Get you the logo files'],
    ['The final files will be in your inbox on Monday.', 'The final files will be in your inbox'],
    ['Lähetän Karin raportin perjantaihin mennessä.', 'Lähetän Karin raportin'],
    ['گزارش را تا شنبه می‌فرستم.', 'گزارش را می‌فرستم'],
  ])('%s promises "%s"', (text, what) => {
    expect(whatOf(text)).toBe(what);
  });

  it('may promise two things on two days in one sentence', () => {
    const text = 'I’ll send the quote on Thursday and I’ll call you on Monday.';
    expect(detect(text, options()).map(({ day }) => day)).toEqual(['2026-11-26', '2026-11-30']);
  });

  it('may mix languages', () => {
    const text = 'Hi, I’ll send it on Friday. Terveisin Kari. אשלח את ההצעה מחר.';
    expect(detect(text, options()).map(({ day }) => day)).toEqual(['2026-11-27', '2026-11-26']);
  });

  it('that quotes an earlier message is read only down to the quotation', () => {
    const text = [
      'Thanks, noted.',
      '> I’ll send it on Friday.',
      'On Mon, 23 Nov 2026, Noa Levi <noa@levi.example> wrote:',
      'I’ll call you tomorrow.',
    ].join('\n');
    expect(detect(text, options())).toEqual([]);
  });

  it('that a mail program has broken into lines is read as its writer wrote it', () => {
    const text =
      'Thank you for the good talk this morning; I’ll send you\nthe minutes by Friday.\n';
    expect(detect(text, options())).toMatchObject([{ day: '2026-11-27' }]);
  });

  it('is read or not, but never thrown at, whatever stands in it', () => {
    const piece = fc.constantFrom(
      'I’ll send it by ',
      'Friday',
      '31.2.',
      '99/99/9999',
      'if ',
      '我会',
      'אשלח ',
      'می‌فرستم ',
      '۱۴۰۵/۱۳/۴۰ ',
      '"',
      '\n> ',
      '\u200f',
    );
    const text = fc.array(fc.oneof(piece, fc.string({ unit: 'grapheme' })), { maxLength: 30 });
    fc.assert(
      fc.property(text, (pieces) => {
        for (const { day, confidence, what } of detect(pieces.join(''), options())) {
          expect(day === null || day >= '2026-11-25').toBe(true);
          expect(confidence).toBeGreaterThanOrEqual(0.5);
          expect(what.length).toBeLessThanOrEqual(140);
        }
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('of a machine, or without an end, does not hold anything up', () => {
    for (const piece of ['i’ll ', '我们周', '«', '"', 'را می‌کنم ', '3.', 'אשלח', ' ']) {
      expect(detect(piece.repeat(20_000), options()).length).toBeLessThan(3);
    }
  });
});
