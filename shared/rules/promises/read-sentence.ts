import type { Calendar } from './days/calendar.ts';
import type { FoundDay } from './days/find-days.ts';
import { fold } from './fold.ts';
import { cueKinds, type CueKind, type PromiseLanguage } from './language.ts';
import { phraseOf } from './phrase.ts';

export interface ReadPromise {
  /** Not the writer's own, but the reader's, put on record. */
  readonly isReaders: boolean;
  readonly what: string;
  /** Days since 1970-01-01. */
  readonly day: number | null;
  readonly confidence: number;
}

interface Cue {
  readonly kind: CueKind;
  readonly start: number;
  readonly end: number;
}

/** A cue with the stretch of the sentence that is about it. */
interface Stretch {
  readonly cue: Cue;
  readonly start: number;
  readonly end: number;
  readonly day: FoundDay | null;
  readonly days: readonly FoundDay[];
}

/** "I will" is surer than "I can", and a day makes either surer. */
const CONFIDENCE: Readonly<Record<CueKind, number>> = {
  will: 0.7,
  act: 0.7,
  plan: 0.5,
  gets: 0.6,
  owes: 0.5,
  guess: 0.4,
};
const WITH_DAY = 0.2;
/** Without a day to come these are no promises: "you will receive", "I can". */
const NEEDS_DAY: ReadonlySet<CueKind> = new Set<CueKind>(['plan', 'gets', 'owes', 'guess']);

/** What one sentence promises in one language; mostly nothing, sometimes two things. */
export function readSentence(
  sentence: string,
  language: PromiseLanguage,
  calendar: Calendar,
): readonly ReadPromise[] {
  const folded = fold(sentence);
  const text = blankQuotes(folded.text);
  const cues = cuesIn(text, language);
  if (cues.length === 0 || isQuestion(text, language)) return [];
  const days = language.findDays(text, calendar);
  return joined(stretchesOf(text, cues, days, language))
    .filter((stretch) => isMeant(text, stretch, language))
    .map(({ cue, start, end, day, days }) => ({
      isReaders: cue.kind === 'owes',
      what: phraseOf(sentence, folded, { cue, start, end }, days, language),
      day: day?.day ?? null,
      confidence: CONFIDENCE[cue.kind] + (day ? WITH_DAY : 0),
    }));
}

const QUOTED = /"[^"]{8,}"|“[^”]{8,}”|”[^”]{8,}”|„[^”“]{8,}[”“]|«[^»]{8,}»|「[^」]{8,}」/gu;

/** What stands in quotation marks was said by someone, at some time. */
const blankQuotes = (text: string): string =>
  text.replaceAll(QUOTED, (quoted) => ' '.repeat(quoted.length));

function cuesIn(text: string, { cues }: PromiseLanguage): readonly Cue[] {
  return [...text.matchAll(cues)].flatMap(({ 0: match, index, groups }) => {
    const kind = cueKinds.find((each) => groups?.[each] !== undefined);
    return kind === undefined ? [] : [{ kind, start: index, end: index + match.length }];
  });
}

function isQuestion(text: string, language: PromiseLanguage): boolean {
  const ends = /\?["')]*\s*$/u.exec(text);
  if (!ends) return language.has('asks', text);
  const lastClause = text.slice(0, ends.index).split(',').at(-1) ?? '';
  return !(text.includes(',') && language.has('tags', lastClause));
}

/** Each cue has the clause it stands in; a day between two verbs belongs to one of them. */
function stretchesOf(
  text: string,
  cues: readonly Cue[],
  days: readonly FoundDay[],
  { boundary, and, isVerbLast }: PromiseLanguage,
): readonly Stretch[] {
  let start = 0;
  return cues.map((cue, index) => {
    const next = cues[index + 1];
    const end = next === undefined ? text.length : borderBetween(cue, next);
    const own = days.filter(
      (day) => day.start >= start && day.start < end && !isOfAnotherClause(day, cue),
    );
    const stretch = { cue, start, end, days: own, day: dueOf(own, cue) };
    start = end;
    return stretch;
  });

  /** "I am away until Monday and will send it": the day is not that of the promise. */
  function isOfAnotherClause(day: FoundDay, cue: Cue): boolean {
    return !isVerbLast && day.end <= cue.start && and.test(text.slice(day.end, cue.start));
  }

  function borderBetween(cue: Cue, next: Cue): number {
    const between = text.slice(cue.end, next.start);
    const last = [...between.matchAll(boundary)].at(-1);
    if (last) return cue.end + last.index + last[0].length;
    return isVerbLast ? cue.end : next.start;
  }
}

/** A deadline (the last of several: "tomorrow, on Friday at the latest") before any other day, then what comes after the cue, then what comes before it. */
const dueOf = (days: readonly FoundDay[], cue: Cue): FoundDay | null =>
  days.filter(({ isDeadline }) => isDeadline).toSorted((a, b) => b.day - a.day)[0] ??
  days.find(({ start }) => start >= cue.start) ??
  days.at(-1) ??
  null;

/** "I'll fix it and send it today" is one promise: what has no day of its own joins its neighbour. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const stretch of stretches) {
    const last = all.at(-1);
    const isOfOneKind = last && (last.cue.kind === 'owes') === (stretch.cue.kind === 'owes');
    if (last && isOfOneKind && !(last.day && stretch.day)) {
      all[all.length - 1] = {
        cue: strongerOf(last.cue, stretch.cue),
        start: last.start,
        end: stretch.end,
        day: last.day ?? stretch.day,
        days: [...last.days, ...stretch.days],
      };
    } else all.push(stretch);
  }
  return all;
}

const strongerOf = (a: Cue, b: Cue): Cue =>
  CONFIDENCE[b.kind] > CONFIDENCE[a.kind] ? { ...b, start: Math.min(a.start, b.start) } : a;

/** Does the writer mean it: no condition, no doubt, nobody else's words, nothing that is over? */
function isMeant(
  text: string,
  { cue, start, end, day }: Stretch,
  language: PromiseLanguage,
): boolean {
  if (NEEDS_DAY.has(cue.kind) && !day) return false;
  if (cue.kind === 'guess' && language.needsDeadline && !day?.isDeadline) return false;
  if (cue.kind === 'owes' && !language.agreed.test(text)) return false;
  const before = text.slice(0, cue.start);
  const clause = before.slice(clauseStart(before, language));
  // The cue itself can hold a doubt: "I can perhaps send".
  const upToVerb = clause + text.slice(cue.start, cue.end);
  if (language.isRightBefore('not', clause) || language.has('hedges', upToVerb)) return false;
  if (language.has('reported', language.withoutSaid(upToVerb))) return false;
  const stretch = text.slice(start, end);
  if (language.has('past', stretch)) return false;
  if (!day && cue.kind !== 'will' && language.has('pastDays', stretch)) return false;
  return !isConditional(before, text.slice(cue.start, end), language);
}

function clauseStart(before: string, { boundary }: PromiseLanguage): number {
  const last = [...before.matchAll(boundary)].at(-1);
  return last ? last.index + last[0].length : 0;
}

/** "If" before the promise, or after it; but "I'll check if" is no condition. */
function isConditional(before: string, after: string, language: PromiseLanguage): boolean {
  if (language.has('ifs', before)) return true;
  const at = language.ifAt(after);
  return at !== null && !language.isRightBefore('ifAfter', after.slice(0, at));
}
