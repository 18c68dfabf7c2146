import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';

export const RECOVERY_SECRET_BYTES = 32;
const WORD_COUNT = 24;
/** No two words of the list begin with the same four letters. */
const TELLING_LETTERS = 4;

export type WordsProblem =
  /** There are not 24 of them. */
  | { readonly code: 'words-count'; readonly count: number }
  /** This one (counted from 1) is not in the list. */
  | { readonly code: 'word-unknown'; readonly position: number }
  /** All are in the list and yet not all are right: two may be swapped. */
  | { readonly code: 'words-wrong' };

/** BIP-39: 32 random bytes and a checksum of 8 bits as 24 words. The list comes when first needed. */
export async function secretToWords(secret: Bytes): Promise<readonly string[]> {
  const { entropyToMnemonic, wordlist } = await loadList();
  return entropyToMnemonic(secret, wordlist).split(' ');
}

/**
 * Reads words as people write them down: numbered, on lines, in capitals, or cut after four letters.
 */
export async function wordsToSecret(typed: string): Promise<Outcome<Bytes, WordsProblem>> {
  const { mnemonicToEntropy, wordlist } = await loadList();
  const parts =
    typed
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  if (parts.length !== WORD_COUNT) return fail({ code: 'words-count', count: parts.length });
  const words: string[] = [];
  for (const part of parts) {
    const word = wordlist.includes(part) ? part : wordlist.find((each) => isShortFor(part, each));
    if (word === undefined) return fail({ code: 'word-unknown', position: words.length + 1 });
    words.push(word);
  }
  try {
    return succeed(new Uint8Array(mnemonicToEntropy(words.join(' '), wordlist)));
  } catch {
    return fail({ code: 'words-wrong' });
  }
}

/** Three different places among the 24, counted from 1 and in order, to ask for. */
export function placesToConfirm(randomBytes: (length: number) => Bytes): readonly number[] {
  const places = new Set<number>();
  // 240 is the last multiple of 24 below 256: beyond it some places would come up more often.
  while (places.size < 3) {
    for (const byte of randomBytes(8)) {
      if (byte < 240 && places.size < 3) places.add((byte % WORD_COUNT) + 1);
    }
  }
  return [...places].toSorted((a, b) => a - b);
}

/** What was typed for one place, as forgiving as the whole list is read. */
export function isWord(expected: string, typed: string): boolean {
  const part = typed.trim().toLowerCase();
  return part === expected || isShortFor(part, expected);
}

const isShortFor = (part: string, word: string): boolean =>
  part.length >= TELLING_LETTERS && word.startsWith(part);

async function loadList() {
  const [{ entropyToMnemonic, mnemonicToEntropy }, { wordlist }] = await Promise.all([
    import('@scure/bip39'),
    import('@scure/bip39/wordlists/english.js'),
  ]);
  return { entropyToMnemonic, mnemonicToEntropy, wordlist };
}
