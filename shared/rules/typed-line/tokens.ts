export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly folded: string;
  readonly as: 'word' | 'number' | 'mark' | 'opaque';
  /** No space between this token and the one before. */
  readonly isGlued: boolean;
}

/** Addresses and links are one piece: the "call" in `call@firm.example` is not a call. */
const OPAQUE = /@|:\/\/|^www\./i;
/**
 * The alternatives start with different characters and every class inside a repetition is disjoint
 * from what follows it, so there is one way to match and the scan is linear. A hyphen or an
 * apostrophe belongs to a word only between letters; an abbreviation's geresh may end it.
 */
const PIECE =
  /\p{Nd}+|\p{L}[\p{L}\p{M}\u200c\u200d]*(?:["'’׳״\-‐‑־]\p{L}[\p{L}\p{M}\u200c\u200d]*)*['’׳]?|[^\p{Cf}\p{M}]/gu;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let lastEnd = -1;
  const push = (start: number, piece: string, as: Token['as']): void => {
    const end = start + piece.length;
    tokens.push({ start, end, text: piece, folded: fold(piece), as, isGlued: start === lastEnd });
    lastEnd = end;
  };
  for (const { 0: chunk, index } of text.matchAll(/\S+/g)) {
    if (OPAQUE.test(chunk)) {
      push(index, chunk, 'opaque');
      continue;
    }
    for (const { 0: piece, index: offset } of chunk.matchAll(PIECE)) {
      push(index + offset, piece, kindOf(piece));
    }
  }
  return tokens;
}

const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * One spelling for all: lower case, without accents, vowel points and apostrophes, hyphens as
 * spaces, digits in ASCII. Words of a language are folded too, so both sides meet.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}"'’׳״]/gu, '')
    .replace(/[-‐‑־]/g, ' ')
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 15));

function kindOf(piece: string): Token['as'] {
  if (/^\p{L}/u.test(piece)) return 'word';
  return /^\p{Nd}/u.test(piece) ? 'number' : 'mark';
}
