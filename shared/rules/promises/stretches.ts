import type { FoundDay } from './days/find-days.ts';
import { cueKinds, type CueKind, type PromiseLanguage } from './define-promises.ts';

export interface Cue {
  readonly kind: CueKind;
  readonly start: number;
  readonly end: number;
}

export /** A cue with the stretch of the sentence that is about it. */
interface Stretch {
  readonly cue: Cue;
  readonly start: number;
  readonly end: number;
  readonly day: FoundDay | null;
  readonly days: readonly FoundDay[];
}

/** "I will" is surer than "I can", and a day makes either surer. */
export const CONFIDENCE: Readonly<Record<CueKind, number>> = {
  will: 0.7,
  act: 0.7,
  plan: 0.5,
  gets: 0.6,
  owes: 0.5,
  guess: 0.4,
};
/** What might commit someone, in the order of the text. */
export function cuesIn(text: string, { cues }: PromiseLanguage): readonly Cue[] {
  return [...text.matchAll(cues)].flatMap(({ 0: match, index, groups }) => {
    const kind = cueKinds.find((each) => groups?.[each] !== undefined);
    return kind === undefined ? [] : [{ kind, start: index, end: index + match.length }];
  });
}

/** Each cue has the clause it stands in; a day between two verbs belongs to one of them. */
export function stretchesOf(
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

/**
 * A deadline before any other day (the last of several: "tomorrow, on Friday at the latest"), then
 * what comes after the cue, then what comes before it.
 */
const dueOf = (days: readonly FoundDay[], cue: Cue): FoundDay | null =>
  days.filter(({ isDeadline }) => isDeadline).toSorted((a, b) => b.day - a.day)[0] ??
  days.find(({ start }) => start >= cue.start) ??
  days.at(-1) ??
  null;

/** "I'll fix it and send it today" is one promise: what has no day of its own joins its neighbour. */
export function joined(stretches: readonly Stretch[]): readonly Stretch[] {
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
