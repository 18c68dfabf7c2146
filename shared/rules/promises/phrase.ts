import type { FoundDay } from './days/find-days.ts';
import type { Folded } from './fold.ts';
import type { PromiseLanguage } from './define-promises.ts';

interface Spot {
  readonly cue: { readonly kind: string; readonly start: number; readonly end: number };
  readonly start: number;
  readonly end: number;
}

/** Longer than a line on the card is no help; the whole sentence is kept beside it. */
const MAX_LENGTH = 140;

/** What is promised, in the writer's own letters: without "I will", without the day. */
export function phraseOf(
  sentence: string,
  { text: folded, places }: Folded,
  { cue, start, end }: Spot,
  days: readonly FoundDay[],
  { isVerbLast, fillers, boundary }: PromiseLanguage,
): string {
  const original = sentence.normalize('NFC');
  const from = cue.kind === 'will' ? cue.end : isVerbLast ? start : firstWord();
  let text = '';
  let at = from;
  for (const day of days.filter((each) => each.end > from)) {
    text += `${cut(at, Math.max(at, day.start))} `;
    at = Math.max(at, day.end);
  }
  text += cut(at, end);
  return capital(tidy(text).replace(fillers, '').slice(0, MAX_LENGTH).trim());

  /** "The draft will be ready": what it is about stands before the verb, in the same clause. */
  function firstWord(): number {
    const before = [...folded.slice(start, cue.start).matchAll(boundary)].at(-1);
    return before ? start + before.index + before[0].length : start;
  }

  function cut(a: number, b: number): string {
    return original.slice(places[a] ?? 0, places[b] ?? original.length);
  }
}

const tidy = (text: string): string =>
  text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/\s+([,;.!])/gu, '$1')
    .replaceAll(/^[\s,;:.\-–—…]+|[\s,;:.!\-–—…]+$/gu, '');

const capital = (text: string): string => {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
};
