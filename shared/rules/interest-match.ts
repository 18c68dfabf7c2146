/**
 * Which interests are named in a text, in any of the product's languages. Words are found by
 * `Intl.Segmenter` and compared without case and marks; endings may differ as far as the script's
 * rules below allow. It suggests whom to think of, and each match shows its word: a rule that is
 * right for most words is enough, and none is worth a dictionary.
 */
export interface InterestMatch {
  readonly interest: string;
  /** As it stands in the text. */
  readonly word: string;
}

interface Token {
  readonly text: string;
  readonly folded: string;
}

export interface ReadText {
  readonly tokens: readonly Token[];
}

/** Cuts a text into words once, for any number of interests. */
export function readText(text: string): ReadText {
  // Which words there are does not depend on the language named here, but on the script.
  const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
  const tokens: Token[] = [];
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const folded = foldWord(segment);
    if (isWordLike && folded !== '') tokens.push({ text: segment, folded });
  }
  return { tokens };
}

/** The first place where the interest's words stand one after the other. */
export function matchInterest(interest: string, { tokens }: ReadText): InterestMatch | null {
  const wanted = readText(interest).tokens.map(({ folded }) => folded);
  if (wanted.length === 0) return null;
  const isJoined = wanted.every((word) => JOINED.test(word));
  for (let at = 0; at < tokens.length; at += 1) {
    const length = isJoined
      ? joinedLength(wanted.join(''), tokens, at)
      : wanted.every((word, index) => isSameWord(word, tokens[at + index]?.folded ?? ''))
        ? wanted.length
        : 0;
    if (length > 0) {
      const found = tokens.slice(at, at + length).map(({ text }) => text);
      return { interest, word: found.join(isJoined ? '' : ' ') };
    }
  }
  return null;
}

/** Scripts without spaces: where one word ends is the segmenter's guess, and differs by context. */
const JOINED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u;

/** How many of the text's pieces the interest covers when it begins with this one; 0 for none. */
function joinedLength(wanted: string, tokens: readonly Token[], at: number): number {
  let joined = '';
  for (let count = 1; at + count <= tokens.length; count += 1) {
    joined += tokens[at + count - 1]?.folded ?? '';
    // One sign alone is a part of many words: it has to be a word here, too.
    if (wanted.length === 1 ? joined === wanted : joined.startsWith(wanted)) return count;
    if (!wanted.startsWith(joined)) return 0;
  }
  return 0;
}

export function foldWord(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}\u0640'’׳״"]/gu, '')
    .toLowerCase()
    .replaceAll(/[łøđßæœıךםןףץكىيئةأإآؤ]/g, (letter) => ALIKE[letter] ?? letter);
}

/** Letters that Unicode takes for whole, the final forms of Hebrew, and Arabic for Persian ones. */
const ALIKE: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  ك: 'ک',
  ى: 'ی',
  ي: 'ی',
  ئ: 'ی',
  ة: 'ه',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ؤ: 'و',
};

export function isSameWord(wanted: string, word: string): boolean {
  if (wanted === word) return true;
  if (word === '') return false;
  if (/^\p{Script=Hebrew}+$/u.test(wanted)) return hebrewStems(word).has(stemHebrew(wanted));
  if (/^\p{Script=Arabic}+$/u.test(wanted)) return stemPersian(wanted) === stemPersian(word);
  return isInflected(wanted, word);
}

const MIN_STEM = 3;

function withoutEnding(word: string, endings: readonly string[]): string {
  const ending = endings.find(
    (each) => word.endsWith(each) && word.length - each.length >= MIN_STEM,
  );
  return ending === undefined ? word : word.slice(0, -ending.length);
}

/** Plural, feminine and construct endings, in folded letters; the longest first. */
const HEBREW_ENDINGS = ['ייה', 'יות', 'יה', 'ימ', 'ות', 'ית', 'ה', 'ת', 'י'];
const stemHebrew = (word: string): string => withoutEnding(word, HEBREW_ENDINGS);

/** "And", "the", "in", "to", "from", "that", "as" are written to the word that follows: "והיין". */
function hebrewStems(word: string): ReadonlySet<string> {
  const stems = new Set([stemHebrew(word)]);
  for (let cut = 1; cut <= 3 && /^[והבלמשכ]/.test(word.slice(cut - 1)); cut += 1) {
    const rest = word.slice(cut);
    if (rest.length >= MIN_STEM) stems.add(stemHebrew(rest)).add(rest);
  }
  return stems.add(word);
}

/** Plural, indefinite and possessive endings; the joiner before them is folded away. */
const PERSIAN_ENDINGS = ['هایشان', 'هایی', 'های', 'هایم', 'هایش', 'ها', 'ات', 'ان', 'ی'];
const stemPersian = (word: string): string => withoutEnding(word, PERSIAN_ENDINGS);

const VOWEL = /^[aeiouyаеиоуыэюяё]/;

/**
 * Scripts with vowels: the same beginning, and endings that look like endings. The interest may lose
 * a vowel ("wino" → "winem"), a consonant and a vowel of a longer word ("musiikki" → "musiikin") or
 * a consonant of a still longer one ("purjehdus" → "purjehduksen"); what the text's word has after
 * that begins with a vowel where a vowel was lost.
 */
function isInflected(wanted: string, word: string): boolean {
  let common = 0;
  while (common < wanted.length && wanted[common] === word[common]) common += 1;
  if (common < MIN_STEM) return false;
  const lost = wanted.slice(common);
  const added = word.slice(common);
  if (lost === '') {
    // "art" is not in "article", and "tea" not in "team".
    return common === MIN_STEM ? added === 's' : added.length <= (common === 4 ? 4 : 8);
  }
  // The interest itself may be a plural.
  if (lost === 's' && added === '') return common > MIN_STEM;
  const longest = common === MIN_STEM ? 2 : 6;
  if (added.length > longest) return false;
  if (lost.length === 1 && VOWEL.test(lost)) {
    return VOWEL.test(added) || (added === '' && common > MIN_STEM);
  }
  if (lost.length === 2 && !VOWEL.test(lost) && VOWEL.test(lost.slice(1))) {
    return common >= 5 && VOWEL.test(added);
  }
  return lost.length === 1 && common >= 6;
}
