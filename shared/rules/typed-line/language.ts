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
const signs = [
  /** "2 days ago", and in languages that say it first. */
  'agoAfter',
  'agoBefore',
  'lastBefore',
  'lastAfter',
  'lastWeek',
  /** "about": what follows is the summary. */
  'topics',
  'articles',
  /** Taken along with what they lead to: "had a" call, "for" 15 minutes, "on" Friday. */
  'kindLeads',
  'minutesLeads',
  'dayLeads',
  'joins',
  'ordinals',
  /** A day or a duration after or before these is a plan or a rhythm: "by Friday", "15 min late". */
  'notAfter',
  'notBefore',
  /** Read as they are, whatever words they hold: "call center". */
  'leave',
] as const;
type Sign = (typeof signs)[number];

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
export type Tables = { readonly [Name in keyof Meanings]: Table<Meanings[Name]> } & {
  readonly [Name in Sign]: Table<true>;
};
export type MeaningOf<Name extends keyof Tables> =
  Tables[Name] extends Table<infer Meaning> ? Meaning : never;

export interface TypedLineLanguage {
  readonly tables: Tables;
  readonly prefixes: readonly string[];
  readonly prefixDirections: Readonly<Record<string, Direction>>;
}

export function defineLanguage(words: TypedLineWords): TypedLineLanguage {
  const sign = (name: Sign): Table<true> => toTable([[words[name], true]]);
  const text = <Meaning extends string>(of: { readonly [Key in Meaning]?: string } | undefined) =>
    toTable(
      Object.entries<string | undefined>(of ?? {}).map(([key, list]) => [list, key as Meaning]),
    );
  const number = (of: { readonly [Key in number]?: string } = {}): Table<number> =>
    toTable(Object.entries(of).map(([key, list]) => [list, Number(key)]));
  return {
    tables: {
      kinds: text(words.kinds),
      kindsOut: text(words.kindsOut),
      kindsIn: text(words.kindsIn),
      kindsBySubject: text(words.kindsBySubject),
      directionsBefore: text(words.directionsBefore),
      directionsAfter: text(words.directionsAfter),
      dayUnits: text(words.dayUnits),
      periods: text(words.periods),
      numbers: number(words.numbers),
      units: number(words.units),
      amounts: number(words.amounts),
      fractions: number(words.fractions),
      days: number(words.days),
      weekdays: number(words.weekdays),
      weakWeekdays: number(words.weakWeekdays),
      months: number(words.months),
      ...(Object.fromEntries(signs.map((name) => [name, sign(name)])) as Record<Sign, Table<true>>),
    },
    prefixes: words.prefixes?.split('|') ?? [],
    prefixDirections: words.prefixDirections ?? {},
  };
}

function toTable<Meaning>(
  entries: readonly (readonly [list: string | undefined, meaning: Meaning])[],
): Table<Meaning> {
  const table = new Map<string, Phrase<Meaning>[]>();
  const add = (first: string, more: readonly string[], meaning: Meaning): void => {
    const phrases = [...(table.get(first) ?? []), { more, meaning }];
    table.set(
      first,
      phrases.sort((a, b) => b.more.length - a.more.length),
    );
  };
  for (const [list, meaning] of entries) {
    for (const phrase of list?.split('|') ?? []) {
      const [first = '', ...more] = tokenise(phrase).map(({ folded }) => folded);
      add(first, more, meaning);
      // Written with hyphens, a phrase is one token.
      if (more.length > 0) add([first, ...more].join(' '), [], meaning);
    }
  }
  return table;
}
