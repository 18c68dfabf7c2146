import type { Script } from '../words.ts';
import type { Period } from './periods.ts';

/**
 * How one language names days, as data. Words and phrases of one meaning stand in one string,
 * separated by `|` (see `pattern` for `*` and `_`). A language need not have words for everything.
 */
export interface DayWords {
  /** Days from today. */
  readonly days?: Readonly<Record<number, string>>;
  /** 0 is Sunday. */
  readonly weekdays?: Readonly<Record<number, string>>;
  /** 1 is January, or Farvardin where `months` are those of the Persian calendar. */
  readonly months?: Readonly<Record<number, string>>;
  /** The language's own calendar: numbers with its years, and its months. */
  readonly isPersian?: true;
  readonly periods?: { readonly [Name in Period]?: string };
  /** Next to a weekday: the one of the week after this one. */
  readonly nextBefore?: string;
  readonly nextAfter?: string;
  /** Next to a weekday: the one that comes. */
  readonly thisBefore?: string;
  readonly thisAfter?: string;
  readonly numbers?: Readonly<Record<number, string>>;
  readonly units?: { readonly [Name in Unit]?: string };
  /** A number and a unit in one: `2 week`. */
  readonly amounts?: Readonly<Record<string, string>>;
  /** An amount is a day to come only next to one of these: "in", "within", "from now". */
  readonly amountBefore?: string;
  readonly amountAfter?: string;
  /** Around the number of a day in the month: "the 12th". */
  readonly dateBefore?: string;
  readonly dateAfter?: string;
  /** The number of a day in its month, in words. */
  readonly dates?: Readonly<Record<number, string>>;
  /** Around a month: its last day. */
  readonly endBefore?: string;
  readonly endAfter?: string;
  /** Between the number and the month: "of". */
  readonly dateJoin?: string;
  /** Separators of dates in figures; none, and such a number is no date. */
  readonly figures?: string;
  /** Belongs to a day and says nothing more: "on". */
  readonly onBefore?: string;
  /** The day is a deadline: "by", "until". */
  readonly byBefore?: string;
  readonly byAfter?: string;
  /** The day itself is too late: "before". */
  readonly before?: string;
  /** Next to a day: it is one of last week. */
  readonly lastBefore?: string;
  readonly lastAfter?: string;
  /** With one of these before it, a number is no date: "at", "version". */
  readonly notDateBefore?: string;
}

export type Unit = 'hour' | 'day' | 'workday' | 'week' | 'month';

export interface DayLanguage {
  readonly words: DayWords;
  readonly script: Script;
}
