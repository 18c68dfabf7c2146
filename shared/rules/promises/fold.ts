/** Text as it is matched, and where each of its units stands in the text it was made from. */
export interface Folded {
  readonly text: string;
  /** One more than the text is long: the last is the end. */
  readonly places: readonly number[];
}

const ONE_FOR_ANOTHER: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '׳': "'",
  '״': '"',
  '־': '-',
  '‐': '-',
  '‑': '-',
  '–': '-',
  // The Arabic forms that many keyboards write instead of the Persian ones.
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
  أ: 'ا',
  إ: 'ا',
  '،': ',',
  '؛': ';',
  '؟': '?',
};
/** Vowel points, joiners and direction marks: written or not, the word is the same. */
const UNSEEN = /^[\p{Mn}\p{Cf}ـ]$/u;
const ARABIC_DIGIT = /^[\u0660-\u0669\u06f0-\u06f9]$/;
/** Persian writes the prefix of its present tense joined, half joined or apart. */
const PERSIAN_PREFIX = /(?<!\p{L})(?:ن?می) (?=\p{L})/gu;

/** Lower case, one kind of quotes, digits and letters, without what is not seen. */
export function fold(original: string): Folded {
  let text = '';
  const places: number[] = [];
  for (let at = 0; at < original.length; at++) {
    const letter = foldUnit(original[at] ?? '');
    for (const unit of letter) {
      text += unit;
      places.push(at);
    }
  }
  places.push(original.length);
  return joinPrefixes({ text, places });
}

function foldUnit(unit: string): string {
  if (unit >= ' ' && unit <= '~') return unit.toLowerCase();
  if (UNSEEN.test(unit)) return '';
  if (ARABIC_DIGIT.test(unit)) return String(unit.charCodeAt(0) & 15);
  // Letters of the living scripts are as they are; it is marks and wide forms that have others.
  const plain = (unit < '\u2000' || isHan(unit) ? unit : unit.normalize('NFKC')).toLowerCase();
  return ONE_FOR_ANOTHER[plain] ?? plain;
}

const isHan = (unit: string): boolean => unit >= '\u4e00' && unit <= '\u9fff';

function joinPrefixes({ text, places }: Folded): Folded {
  const spaces = new Set<number>();
  for (const match of text.matchAll(PERSIAN_PREFIX)) spaces.add(match.index + match[0].length - 1);
  if (spaces.size === 0) return { text, places };
  const kept = [...places.keys()].filter((at) => !spaces.has(at));
  return {
    text: kept.map((at) => text[at] ?? '').join(''),
    places: kept.map((at) => places[at] ?? 0),
  };
}
