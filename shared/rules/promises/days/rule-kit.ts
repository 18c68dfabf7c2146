import { pattern } from '../words.ts';
import type { Calendar } from './calendar.ts';
import type { DayLanguage, DayWords } from './day-words.ts';
import type { NamedDay, ReadDays } from './find-days.ts';

export type Groups = Readonly<Record<string, string | undefined>>;
export type Entries = Readonly<Record<string, string | undefined>>;

/** What the rules of one language are made with. */
export interface RuleKit {
  readonly words: DayWords;
  readonly isSpaced: boolean;
  readonly isPersian: boolean;
  /** Any phrase of a list. */
  readonly list: (phrases: string | undefined) => string;
  /** Any phrase of a table; `meaningIn` tells of which meaning it was. */
  readonly table: (name: string, entries: Entries | undefined) => string;
}

export const createKit = ({ words, script }: DayLanguage): RuleKit => {
  const list = (phrases = ''): string => pattern(phrases, script);
  return {
    words,
    isSpaced: script.isSpaced,
    isPersian: words.isPersian ?? false,
    list,
    table(name, entries = {}) {
      // The names of groups are letters and figures only, so meanings are known by their place.
      const groups = Object.values(entries).map((each, at) => `(?<${name}${at}>${list(each)})`);
      return groups.length === 0 ? '(?!)' : `(?:${groups.join('|')})`;
    },
  };
};

export function meaningIn(groups: Groups, name: string, entries: Entries = {}): string | undefined {
  return Object.keys(entries).find((_, at) => groups[`${name}${at}`] !== undefined);
}

/** Every place where the source matches and `resolve` knows a day for it. */
export function rule(
  source: string,
  resolve: (groups: Groups, calendar: Calendar) => number | null,
  isDeadline = false,
): ReadDays {
  const regex = new RegExp(source, 'gu');
  return (text, calendar) => {
    const named: NamedDay[] = [];
    for (const match of text.matchAll(regex)) {
      const day = resolve(match.groups ?? {}, calendar);
      const start = match.index;
      if (day !== null) named.push({ start, end: start + match[0].length, day, isDeadline });
    }
    return named;
  };
}

/** The source, or nothing at all where the language has none. */
export const optional = (source: string | undefined, space = String.raw`\s*`): string =>
  source === undefined ? '' : `(?:${space}(?:${source}))?`;
