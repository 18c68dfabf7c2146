/**
 * Says of 32-bit hashes which were surely never added; of one in a few hundred it wrongly says that
 * it was (a Bloom filter with two functions, Bloom 1970). 8 MB whatever is in it: exact sets of a
 * million ids take ten times as much.
 */
export interface HashFilter {
  add(hash: number): void;
  /** False is certain. */
  mayHave(hash: number): boolean;
}

const INDEX_BITS = 26;
const BITS_PER_WORD = 32;

export function createHashFilter(): HashFilter {
  const words = new Uint32Array(2 ** INDEX_BITS / BITS_PER_WORD);
  const has = (index: number): boolean => (((words[index >>> 5] ?? 0) >>> (index & 31)) & 1) === 1;
  const set = (index: number): void => {
    words[index >>> 5] = (words[index >>> 5] ?? 0) | (1 << (index & 31));
  };
  return {
    add(hash) {
      set(first(hash));
      set(second(hash));
    },
    mayHave: (hash) => has(first(hash)) && has(second(hash)),
  };
}

const first = (hash: number): number => hash >>> (32 - INDEX_BITS);
const second = (hash: number): number => Math.imul(hash, 0x9e3779b1) >>> (32 - INDEX_BITS);
