import { createFindDays, type FindDays } from './days/find-days.ts';
import type { PromiseWords, Steps } from './language.ts';
import { fewWords, pattern } from './words.ts';

/** The ways in which a sentence can commit someone. */
export const cueKinds = ['will', 'act', 'plan', 'gets', 'owes', 'guess'] as const;
export type CueKind = (typeof cueKinds)[number];

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
const NOT_LONGER = String.raw`(?![\p{L}\p{N}])`;
const CLAUSE_START = String.raw`(?<=^\s*|[,;:\-]\s*)`;

/** Makes the lists of a language into expressions. It takes a moment, so it is done once. */
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
  const shapeStart = (words.isShapeFirst ? CLAUSE_START : '') + (words.isSpaced ? NOT_INSIDE : '');
  const shape = `${shapeStart}(?!${list(words.notShape)})${words.shape ?? '(?!)'}${NOT_LONGER}`;
  const planAtStart = `${CLAUSE_START}(?:${steps(words.planStepsAtStart)})`;
  const planRaw = words.planRaw ?? '(?!)';
  const cues = [
    `(?<gets>${list(words.gets)})`,
    `(?<will>${will}${verb}(?:${gap}${list(words.between)})*)`,
    `(?<act>${list(words.act)}|${steps(words.actSteps)})`,
    `(?<plan>${list(words.plan)}|${steps(words.planSteps)}|${planAtStart}|${planRaw})`,
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
    fillers: new RegExp(`^\\s*(?:${list(words.fillers)}\\s*)+`, 'iu'),
    has: (name, text) => regexOf(name).test(text),
    ifAt: (text) => regexOf('ifs').exec(text)?.index ?? null,
    withoutSaid: (text) => text.replaceAll(asSaid, ' '),
    isRightBefore: (name, text) => regexOf(name, String.raw`\s*$`).test(text),
    isVerbLast: words.isVerbLast ?? false,
    needsDeadline: !(words.isShapeFirst ?? words.isShapeEnough),
    findDays: createFindDays({ words: words.days, script: words }, words.library),
  };
}
