import type { CueKind, PromiseLanguage } from './define-promises.ts';
import type { Stretch } from './stretches.ts';

/** Without a day to come these are no promises: "you will receive", "I can". */
const NEEDS_DAY: ReadonlySet<CueKind> = new Set<CueKind>(['plan', 'gets', 'owes', 'guess']);

/** "Shall I send it?" is none; "I'll send it on Friday, ok?" is a promise with a question behind it. */
export function isQuestion(text: string, language: PromiseLanguage): boolean {
  const ends = /\?["')]*\s*$/u.exec(text);
  if (!ends) return language.has('asks', text);
  const lastClause = text.slice(0, ends.index).split(',').at(-1) ?? '';
  return !(text.includes(',') && language.has('tags', lastClause));
}

/** Does the writer mean it: no condition, no doubt, nobody else's words, nothing that is over? */
export function isMeant(
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
