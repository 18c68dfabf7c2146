import type { Direction, InteractionKind } from '../../model/kinds.ts';
import { isClean, type Found, type Line } from './line.ts';

export interface FoundKind extends Found<InteractionKind> {
  readonly direction: Direction | null;
  /** Tokens before this one say the direction and not the kind. */
  readonly start: number;
  /** Who acted shows only in what stands around the verb. */
  readonly isBySubject: boolean;
}

/** A kind that starts at this token: "call", "a meeting", "incoming call", "we emailed". */
export function readKind(line: Line, at: number): FoundKind | null {
  const before = line.find('directionsBefore', at);
  const start = before?.end ?? at;
  const noun = line.find('kinds', line.skip('kindLeads', start)) ?? line.find('kinds', start);
  if (noun !== null) {
    const direction = before?.meaning ?? null;
    return clean(line, at, { ...noun, direction, start, isBySubject: false });
  }
  for (const [table, direction] of VERBS) {
    const verb = line.find(table, at);
    if (verb !== null) {
      return clean(line, at, { ...verb, direction, start: at, isBySubject: direction === null });
    }
  }
  return null;
}

const VERBS = [
  ['kindsOut', 'out'],
  ['kindsIn', 'in'],
  ['kindsBySubject', null],
] as const;

const clean = (line: Line, at: number, found: FoundKind): FoundKind | null =>
  isClean(line, at, found.end) ? found : null;
