import type { Direction, InteractionKind } from '../../model/kinds.ts';
import { tokenise } from './tokens.ts';

/** What the words of a table stand for. */
interface Meanings {
  kinds: InteractionKind;
  /** Verbs that also say who acted: "we called", "they called". */
  kindsOut: InteractionKind;
  kindsIn: InteractionKind;
  /** Verbs whose subject says who acted: "called noa" is ours, "noa called" is theirs. */
  kindsBySubject: InteractionKind;
  /** Right before a kind: "incoming call". */
  directionsBefore: Direction;
  /** Right after a kind: "email from". */
  directionsAfter: Direction;
  numbers: number;
  /** Minutes in one: a minute is 1, an hour 60. */
  units: number;
  /** Whole durations in minutes: "half an hour". */
  amounts: number;
  /** Minutes added after hours: "and a half". */
  fractions: number;
  /** Days back: today is 0. */
  days: number;
  /** 0 is Sunday. */
  weekdays: number;
  /** Too short or too common to stand alone ("sat"): only with "on" or "last". */
  weakWeekdays: number;
  months: number;
  dayUnits: 'day' | 'week' | 'month';
  /** A number and a unit in one word: `2 week`. */
  periods: string;
}
/** Tables whose words only have a place, no meaning of their own. */
type Sign =
  /** "2 days ago", and in languages that say it first. */
  | 'agoAfter'
  | 'agoBefore'
  | 'lastBefore'
  | 'lastAfter'
  | 'lastWeek'
  /** "about": what follows is the summary. */
  | 'topics'
  | 'articles'
  /** Taken along with what they lead to: "had a" call, "for" 15 minutes, "on" Friday. */
  | 'kindLeads'
  | 'minutesLeads'
  | 'dayLeads'
  | 'joins'
  | 'ordinals'
  /** A day or a duration after or before these is a plan or a rhythm: "by Friday", "15 min late". */
  | 'notAfter'
  | 'notBefore'
  /** Read as they are, whatever words they hold: "call center". */
  | 'leave';

/** One language as data: words and phrases of one meaning in one string, separated by `|`. */
export type TypedLineWords = {
  readonly [Name in keyof Meanings]?: { readonly [Meaning in Meanings[Name]]?: string };
} & { readonly [Name in Sign]?: string } & {
  /** Particles written together with the word after them. */
  readonly prefixes?: string;
  /** Those of them that say a direction when a hyphen sets them off. */
  readonly prefixDirections?: Readonly<Record<string, Direction>>;
};

export interface Phrase<Meaning> {
  /** The words after the first. */
  readonly more: readonly string[];
  readonly meaning: Meaning;
}
/** By first word; longest phrases first. */
export type Table<Meaning> = ReadonlyMap<string, readonly Phrase<Meaning>[]>;
/** A language need not have words for everything. */
export type Tables = { readonly [Name in keyof Meanings]?: Table<Meanings[Name]> } & {
  readonly [Name in Sign]?: Table<true>;
};
export type MeaningOf<Name extends keyof Tables> =
  NonNullable<Tables[Name]> extends Table<infer Meaning> ? Meaning : never;

export interface TypedLineLanguage {
  readonly tables: Tables;
  readonly prefixes: readonly string[];
  readonly prefixDirections: Readonly<Record<string, Direction>>;
}

export function defineLanguage(language: TypedLineWords): TypedLineLanguage {
  const { prefixes, prefixDirections = {}, ...lists } = language;
  const tables = Object.entries(lists).map(([name, words]) => [name, toTable(words)]);
  return {
    // The lists' type says which meanings each has.
    tables: Object.fromEntries(tables) as Tables,
    prefixes: prefixes?.split('|') ?? [],
    prefixDirections,
  };
}

type Meaning = string | number | true;

/** By meaning, or plain words; a meaning that looks like a number is one. */
function toTable(
  words: string | { readonly [meaning: string]: string | undefined },
): Table<Meaning> {
  const table = new Map<string, Phrase<Meaning>[]>();
  const add = (first: string, more: readonly string[], meaning: Meaning): void => {
    const phrases = table.get(first) ?? [];
    table.set(first, phrases);
    phrases.push({ more, meaning });
    phrases.sort((a, b) => b.more.length - a.more.length);
  };
  const lists: readonly (readonly [Meaning, string | undefined])[] =
    typeof words === 'string' ? [[true, words]] : Object.entries(words);
  for (const [key, list] of lists) {
    const meaning = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key;
    for (const phrase of list?.split('|') ?? []) {
      const [first = '', ...more] = tokenise(phrase).map(({ folded }) => folded);
      add(first, more, meaning);
      // Written with hyphens, a phrase is one token.
      if (more.length > 0) add([first, ...more].join(' '), [], meaning);
    }
  }
  return table;
}
