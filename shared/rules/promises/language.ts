import type { DayWords } from './days/day-words.ts';
import { createFindDays, type FindDays, type ReadDays } from './days/find-days.ts';
import { fewWords, pattern, type Script } from './words.ts';

/** The ways in which a sentence can commit someone. */
export const cueKinds = ['will', 'act', 'plan', 'gets', 'owes', 'guess'] as const;
export type CueKind = (typeof cueKinds)[number];

type Steps = readonly [first: string, second: string];

/**
 * One language as data: words and phrases of one meaning in one string, separated by `|`; `*` is the
 * rest of a word, `_` a few words. What each list does to a sentence stands in `read-sentence.ts`.
 */
export interface PromiseWords extends Script {
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

type Lists =
  | 'asks'
  | 'tags'
  | 'ifs'
  | 'ifAfter'
  | 'hedges'
  | 'reported'
  | 'asSaid'
  | 'not'
  | 'past'
  | 'pastDays';

export interface PromiseLanguage {
  readonly cues: RegExp;
  readonly automated: RegExp;
  readonly agreed: RegExp;
  /** Where one clause ends and the next begins. */
  readonly boundary: RegExp;
  readonly and: RegExp;
  readonly fillers: RegExp;
  readonly has: (list: Lists, text: string) => boolean;
  readonly withoutSaid: (text: string) => string;
  /** Where the first condition begins. */
  readonly ifAt: (text: string) => number | null;
  readonly isRightBefore: (list: 'not' | 'ifAfter', text: string) => boolean;
  readonly isVerbLast: boolean;
  /** Of the verbs known by their shape alone. */
  readonly needsDeadline: boolean;
  readonly findDays: FindDays;
}

const NOT_INSIDE = String.raw`(?<![\p{L}\p{N}])`;
const CLAUSE_START = String.raw`(?<=^\s*|[,;:\-]\s*)`;

export function definePromises(words: PromiseWords): PromiseLanguage {
  const list = (phrases = ''): string => pattern(phrases, words);
  const gap = words.isSpaced ? String.raw`\s+` : String.raw`\s*`;
  const verb =
    words.idle === undefined
      ? ''
      : `(?!${gap}(?:${list(words.between)}${gap})*${list(words.idle)})`;
  const steps = (pairs: readonly Steps[] = []): string =>
    pairs.map(([a, b]) => `${list(a)}${fewWords(words)}${list(b)}`).join('|') || '(?!)';
  const goesOn = `(?<=^\\s*${list(words.subject)}[^;]{0,160}?\\s${list(words.and)}\\s+)`;
  const will = `(?:${list(words.will)}|(?:${CLAUSE_START}|${goesOn})${list(words.willAtStart)})`;
  const shape =
    words.shape === undefined
      ? '(?!)'
      : `${words.isShapeFirst ? CLAUSE_START : ''}${words.isSpaced ? NOT_INSIDE : ''}(?!${list(words.notShape)})${words.shape}(?![\\p{L}\\p{N}])`;
  const cues = [
    `(?<gets>${list(words.gets)})`,
    `(?<will>${will}${verb}(?:${gap}${list(words.between)})*)`,
    `(?<act>${list(words.act)}|${steps(words.actSteps)})`,
    `(?<plan>${list(words.plan)}|${steps(words.planSteps)}|${CLAUSE_START}(?:${steps(words.planStepsAtStart)})|${words.planRaw ?? '(?!)'})`,
    `(?<owes>${list(words.owes)})`,
    `(?<guess>${shape})`,
  ];
  const compiled = new Map<string, RegExp>();
  const regexOf = (name: Lists, end = ''): RegExp => {
    const key = name + end;
    const known = compiled.get(key) ?? new RegExp(list(words[name]) + end, 'u');
    compiled.set(key, known);
    return known;
  };
  const asSaid = new RegExp(list(words.asSaid), 'gu');
  return {
    cues: new RegExp(cues.join('|'), 'gu'),
    automated: new RegExp(list(words.automated), 'u'),
    agreed: new RegExp(list(words.agreed), 'u'),
    and: new RegExp(list(words.and), 'u'),
    boundary: new RegExp(`[,;](?!\\s*${list(words.that)})|\\s-\\s|${list(words.and)}`, 'gu'),
    fillers: new RegExp(`^\\s*(?:${list(words.fillers)}\\s*)+`, 'u'),
    has: (name, text) => regexOf(name).test(text),
    ifAt: (text) => regexOf('ifs').exec(text)?.index ?? null,
    withoutSaid: (text) => text.replaceAll(asSaid, ' '),
    isRightBefore: (name, text) => regexOf(name, String.raw`\s*$`).test(text),
    isVerbLast: words.isVerbLast ?? false,
    needsDeadline: !(words.isShapeFirst ?? words.isShapeEnough),
    findDays: createFindDays({ words: words.days, script: words }, words.library),
  };
}
