import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokens, readTypedLine } from '../../../shared/rules/typed-line/typed-line.ts';
import { tokenise } from '../../../shared/rules/typed-line/tokens.ts';
import { englishLines, englishNegatives } from './english-lines.ts';
import { hebrewLines, hebrewNegatives } from './hebrew-lines.ts';
import { languages, read, TODAY } from './line-table.ts';

const words = [...englishLines, ...englishNegatives, ...hebrewLines, ...hebrewNegatives].flatMap(
  ([text]) => text.split(' '),
);
const glue = fc.constantFrom(' ', ' ', ' ', '', '-', '.', ',', ', ', ':', "'", '\u200f', '/');
const lineOfWords = fc
  .array(fc.tuple(fc.constantFrom(...words), glue), { maxLength: 14 })
  .map((pairs) => pairs.flat().join(''));
const anyLine = fc.oneof(
  lineOfWords,
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);
const squeeze = (text: string): string => text.replaceAll(/[\s\p{Cf}\p{M}]/gu, '');

describe('whatever is typed', () => {
  it('is read without throwing, as values a log can hold', () => {
    fc.assert(
      fc.property(anyLine, fc.oneof(fc.constant(TODAY), fc.string()), (text, today) => {
        const { minutes, day } = readTypedLine(text, { languages, today });
        if (minutes !== null) expect(minutes > 0 && minutes <= 1440).toBe(true);
        if (minutes !== null) expect(Number.isInteger(minutes)).toBe(true);
        if (day !== null) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
        if (day !== null && today === TODAY) expect(day <= TODAY).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('has spans in range, in order and apart from each other', () => {
    fc.assert(
      fc.property(anyLine, (text) => {
        let last = 0;
        for (const { start, end } of read(text).spans) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 500 },
    );
  });

  it('has a summary made of its own spans and of nothing that was read', () => {
    fc.assert(
      fc.property(anyLine, (text) => {
        const { spans, summary } = read(text);
        const own = spans.filter(({ as }) => as === 'summary');
        const joined = own.map(({ start, end }) => text.slice(start, end)).join('');
        expect(squeeze(summary)).toBe(squeeze(joined));
      }),
      { numRuns: 500 },
    );
  });

  it('loses no word: each is read, a topic word at the edge, or in the summary', () => {
    fc.assert(
      fc.property(lineOfWords, (text) => {
        const { spans } = read(text);
        const isCovered = (at: number) => spans.some(({ start, end }) => start <= at && at < end);
        const lost = tokenise(text).filter(({ start, as }) => as !== 'mark' && !isCovered(start));
        expect(lost.filter(({ folded }) => !topicWords.has(folded))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

const topicWords = new Set(
  languages.flatMap(({ tables }) =>
    [...(tables.topics ?? [])].flatMap(([first, phrases]) =>
      [first].concat(phrases.flatMap((phrase) => phrase.more)),
    ),
  ),
);

describe('a hostile line', () => {
  /** Every look at a token is counted: steps and not time, so that a slow machine changes nothing. */
  function looksAt(text: string): { readonly looks: number; readonly tokens: number } {
    let looks = 0;
    const tokens = tokenise(text);
    const counted = new Proxy(tokens, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    readTokens(text, counted, { languages, today: TODAY });
    return { looks, tokens: tokens.length };
  }

  it.each([
    '1',
    '1 ',
    '1h',
    '1.',
    '1:1',
    "a'",
    'a-',
    '12/',
    'an hour and a half ',
    'for about ',
    'the day before ',
    'last last week ',
    'call to ',
    'about the ',
    'by the ',
    'לפני ',
    'ב-',
    'שעה ו',
    '@',
    '"',
    '\u0301',
    '\u200f',
  ])('of "%s" over and over costs a bounded number of looks per token', (piece) => {
    const { looks, tokens } = looksAt(piece.repeat(500).slice(0, 500));
    const longer = looksAt(piece.repeat(4000).slice(0, 4000));
    expect(looks).toBeLessThanOrEqual(LOOKS_PER_TOKEN * (tokens + 1));
    expect(longer.looks).toBeLessThanOrEqual(LOOKS_PER_TOKEN * (longer.tokens + 1));
  });
});

/** Some forty tables are tried at a token, each a few words deep. */
const LOOKS_PER_TOKEN = 200;
