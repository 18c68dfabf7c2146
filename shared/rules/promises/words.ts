import { fold } from './fold.ts';

/** How a language writes: what may stand before and after a word of a list. */
export interface Script {
  /** False where words are written without spaces between them. */
  readonly isSpaced: boolean;
  /** Particles written together with the word after them, as letters. */
  readonly prefixes?: string;
}

const LETTERS = String.raw`\p{L}\p{M}\p{N}`;
/** The rest of a word whose beginning is enough. */
const REST_OF_WORD = String.raw`[\p{L}\p{M}'-]*`;
/** In languages without spaces: a few words, none of them across a comma. */
const FEW_LETTERS = String.raw`[^,;:。]{0,14}?`;

/**
 * A list of words and phrases as a regular expression: `a|b c|stem*|take _ back`, where `*` is the
 * rest of a word and `_` a few words. Everything else means itself, and is folded as the text is.
 */
export function pattern(list: string, script: Script): string {
  const phrases = list
    .split('|')
    .filter((phrase) => phrase !== '')
    .map((phrase) => phraseSource(fold(phrase).text, script))
    // The longer first: "next week on" is not "next week" and a leftover.
    .toSorted((a, b) => b.length - a.length);
  if (phrases.length === 0) return '(?!)';
  const all = `(?:${phrases.join('|')})`;
  if (!script.isSpaced) return all;
  const prefixes = script.prefixes ? `[${script.prefixes}]{0,3}-?` : '';
  return `(?<![${LETTERS}])${prefixes}${all}(?![${LETTERS}])`;
}

/** Between two things in one clause: a space, and perhaps a few words. */
export const fewWords = ({ isSpaced }: Script): string =>
  isSpaced ? String.raw`\s+(?:[^\s,;:]+\s+){0,5}?` : FEW_LETTERS;

function phraseSource(phrase: string, script: Script): string {
  const space = script.isSpaced ? String.raw`\s+` : String.raw`\s*`;
  const gap = fewWords(script);
  let source = '';
  let isAfterGap = true;
  for (const word of phrase.split(' ')) {
    if (word === '_') {
      source += gap;
      isAfterGap = true;
      continue;
    }
    source += (isAfterGap ? '' : space) + wordSource(word);
    isAfterGap = false;
  }
  return source;
}

const wordSource = (word: string): string =>
  word
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\/]/g, String.raw`\$&`))
    .join(REST_OF_WORD);
