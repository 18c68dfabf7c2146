import type { DayWords } from './days/day-words.ts';
import type { ReadDays } from './days/find-days.ts';
import type { Script } from './words.ts';

export type Steps = readonly [first: string, second: string];

/**
 * One language as data: words and phrases of one meaning in one string, separated by `|`; `*` is the
 * rest of a word, `_` a few words. What each list does to a sentence stands in `is-meant.ts`.
 */
export interface PromiseWords extends Script {
  /** A text without any of these is not in this language. */
  readonly letters: RegExp;
  /** "I will": whatever verb follows is promised, unless it is one of `idle`. */
  readonly will?: string;
  /** "Will send": the same without its subject, at the beginning of a clause. */
  readonly willAtStart?: string;
  /** What such a sentence may begin with: "I have spoken to her and will send". */
  readonly subject?: string;
  /** Between "I will" and its verb: "also", "gladly". */
  readonly between?: string;
  /** Verbs that promise nothing: "I will miss you". */
  readonly idle?: string;
  /** Verb forms that promise by themselves. */
  readonly act?: string;
  /** The same in two steps, with a few words between them. */
  readonly actSteps?: readonly Steps[];
  /** They promise only with a day to come: "I can send", "I am sending", "will be ready". */
  readonly plan?: string;
  /** The same in two steps. */
  readonly planSteps?: readonly Steps[];
  /** The same, where the first stands at the beginning of a clause. */
  readonly planStepsAtStart?: readonly Steps[];
  /** The same as a regular expression. */
  readonly planRaw?: string;
  /** What the reader will have, with a day to come: "you will receive". */
  readonly gets?: string;
  /** What the reader will do. A promise of theirs, where one of `agreed` says that it is settled. */
  readonly owes?: string;
  readonly agreed?: string;
  /** How a verb of "I" or "we" is built, as a regular expression: with a deadline it is a promise. */
  readonly shape?: string;
  /** Such a verb is one only at the beginning of a clause; there any day will do. */
  readonly isShapeFirst?: true;
  /** Any day will do, not only a deadline. */
  readonly isShapeEnough?: true;
  /** Words that are built so, and promise nothing. */
  readonly notShape?: string;
  /** Anywhere in the sentence: it is a question. A question mark is one by itself. */
  readonly asks?: string;
  /** A promise may still end so: "I'll send it on Friday, ok?" */
  readonly tags?: string;
  /** What follows, or stands before, depends on something: "if". */
  readonly ifs?: string;
  /** Not so after these: "I'll check if". */
  readonly ifAfter?: string;
  /** Before the promise, in its own clause: "perhaps", "I hope". */
  readonly hedges?: string;
  /** Before the promise: someone's words, or what was once thought. */
  readonly reported?: string;
  /** Taken out before `reported` is looked for: "as I said". */
  readonly asSaid?: string;
  /** Right before the promise: "not". */
  readonly not?: string;
  /** Anywhere in the clause: it is over, or it is a habit. */
  readonly past?: string;
  /** The same, unless a day to come is named too: "what we discussed yesterday". */
  readonly pastDays?: string;
  /** Anywhere in the text: a machine wrote it. */
  readonly automated?: string;
  /** Between two clauses: "and". */
  readonly and?: string;
  /** After a comma: the clause goes on ("I hope, that"). */
  readonly that?: string;
  /** The verb comes last, so a day between two verbs is of the second. */
  readonly isVerbLast?: true;
  /** Left out of what was promised, at its beginning. */
  readonly fillers?: string;
  readonly days: DayWords;
  /** Reads what the language's own words for days do not. */
  readonly library?: ReadDays;
}
