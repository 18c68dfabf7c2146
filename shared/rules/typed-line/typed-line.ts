import type { Direction, InteractionKind } from '../../model/kinds.ts';
import type { TypedLineLanguage } from './language.ts';
import { createLine, isClean, type Line } from './line.ts';
import { toDayNumber } from './past-day.ts';
import { readDay, type Calendar } from './read-day.ts';
import { readKind } from './read-kind.ts';
import { readMinutes } from './read-minutes.ts';
import type { Reading } from './reading.ts';
import { summarise, type Role } from './summary.ts';
import { tokenise, type Token } from './tokens.ts';

export type { TypedLineLanguage } from './language.ts';
export type { Reading } from './reading.ts';
export { nameCandidates, summaryWithout, wordsForMatching } from './summary.ts';

export interface TypedLineOptions {
  /** All at once: a line may mix them. Where a word is in several, the first decides. */
  readonly languages: readonly TypedLineLanguage[];
  /** The user's local day, `YYYY-MM-DD`. */
  readonly today: string;
  /** 0 is Sunday; Monday unless said. Decides what "friday last week" is. */
  readonly weekStartsOn?: number;
  /** Is 3/4 the 4th of March? Only ever for dates with a slash. */
  readonly isMonthFirst?: boolean;
}

/**
 * Reads "call 15m yesterday about the renewal". Each thing is read once, the first time it is said;
 * whatever is not understood stays in the summary, so that nothing typed is lost.
 */
export function readTypedLine(text: string, options: TypedLineOptions): Reading {
  return readTokens(text, tokenise(text), options);
}

/**
 * One pass from left to right. At each token every reader looks a bounded number of tokens ahead
 * and never back past the match, so the work grows with the length of the line and no faster.
 */
export function readTokens(
  text: string,
  tokens: readonly Token[],
  { languages, today, weekStartsOn = 1, isMonthFirst = false }: TypedLineOptions,
): Reading {
  const line = createLine(tokens, languages);
  const calendar: Calendar = { today: toDayNumber(today), weekStartsOn, isMonthFirst };
  const roles: (Role | undefined)[] = [];
  let kind: InteractionKind | null = null;
  let minutes: number | null = null;
  let day: string | null = null;
  let direction: Direction | null = null;
  /** Only taken words since the kind: "email yesterday from" still says where the email came from. */
  let isRightAfterKind = false;
  /** "noa called" and no name behind: it was noa. After "finally called noa" nobody knows. */
  let isSubjectOpen = false;
  let hasWords = false;

  const take = (start: number, end: number, role: Role): number => {
    for (let at = start; at < end; at++) roles[at] = role;
    return end;
  };
  const leave = (end: number): number => {
    isRightAfterKind = false;
    hasWords = true;
    return end;
  };

  const step = (at: number): number => {
    const left = line.find('leave', at);
    if (left !== null) return leave(left.end);

    const foundMinutes = minutes === null ? readMinutes(line, at) : null;
    if (foundMinutes !== null) {
      minutes = foundMinutes.meaning;
      return take(at, foundMinutes.end, 'minutes');
    }
    const foundDay = day === null ? readDay(line, at, calendar) : null;
    if (foundDay !== null) {
      day = foundDay.meaning;
      return take(at, foundDay.end, 'day');
    }
    const foundKind = kind === null ? readKind(line, at) : null;
    if (foundKind !== null) {
      kind = foundKind.meaning;
      direction = foundKind.direction;
      isRightAfterKind = true;
      isSubjectOpen = foundKind.isBySubject && hasWords;
      if (foundKind.isBySubject && !hasWords) direction = 'out';
      take(at, foundKind.start, 'direction');
      return take(foundKind.start, foundKind.end, 'kind');
    }
    const foundDirection = isRightAfterKind ? line.find('directionsAfter', at) : null;
    if (foundDirection !== null && isClean(line, at, foundDirection.end)) {
      direction = foundDirection.meaning;
      isRightAfterKind = false;
      return take(at, foundDirection.end, 'direction');
    }
    const topic = line.find('topics', at);
    if (topic !== null) {
      isRightAfterKind = false;
      const end = take(at, topic.end, 'topic');
      return leave(skipWhatIsMeant(line, end, calendar));
    }
    const blocker = line.find('notBefore', at);
    if (blocker !== null) return leave(skipWhatIsMeant(line, blocker.end, calendar));

    const token = tokens[at];
    if (token?.as === 'mark') {
      if (isSubjectOpen) direction ??= 'in';
      return at + 1;
    }
    if (isRightAfterKind) {
      direction ??= prefixDirection(languages, token);
      isSubjectOpen = false;
    }
    return leave(at + 1);
  };

  for (let at = 0; at < tokens.length;) at = step(at);
  if (isSubjectOpen) direction ??= 'in';

  return { kind, minutes, day, direction, ...summarise(text, line, roles) };
}

/** "about the call", "by friday": what stands right behind belongs to the sentence. */
function skipWhatIsMeant(line: Line, at: number, calendar: Calendar): number {
  const start = line.skip('articles', at);
  const meant = readDay(line, start, calendar) ?? readMinutes(line, start) ?? readKind(line, start);
  return meant?.end ?? start;
}

/** A particle set off by a hyphen is no part of the name: `ל-Noa`. */
function prefixDirection(
  languages: readonly TypedLineLanguage[],
  token: Token | undefined,
): Direction | null {
  const [first = '', second] = token?.folded.split(' ', 2) ?? [];
  if (second === undefined) return null;
  for (const { prefixDirections } of languages) {
    const direction = prefixDirections[first];
    if (direction !== undefined) return direction;
  }
  return null;
}
