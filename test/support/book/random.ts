/** Everything random of a book comes from here, so that a seed says it all. */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number;
  /** An unsigned 32-bit integer. */
  readonly bits: () => number;
  /** 0 ≤ n < below */
  readonly below: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <Item>(items: readonly [Item, ...Item[]]) => Item;
  /** Around 0, within ±1, the middle most likely. */
  readonly jitter: () => number;
}

/** sfc32 (Chris Doty-Humphrey, PractRand): small, fast and good enough for test data. */
export function createRandom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const bits = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  // The first outputs of near seeds resemble each other.
  for (let round = 0; round < 15; round++) bits();
  const next = (): number => bits() / 0x1_0000_0000;
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    bits,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    jitter: () => next() + next() - 1,
  };
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two characters for each 12 bits: a million ids are made in a fraction of a second. */
const PAIRS = Array.from(
  { length: 4096 },
  (_, index) => DIGITS.charAt(index >> 6) + DIGITS.charAt(index & 63),
);
const pair = (bits: number): string => PAIRS[bits & 4095] ?? '';

/** 22 characters, as the product's own ids. */
export function randomId({ bits }: Random): string {
  let id = '';
  for (let word = 0; word < 5; word++) {
    const random = bits();
    id += pair(random) + pair(random >>> 12);
  }
  return id + pair(bits());
}
