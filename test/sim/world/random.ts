import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { createRandom, type Random } from '../../support/book/random.ts';

export type { Random } from '../../support/book/random.ts';

/**
 * A stream of its own for each purpose: leaving out one step of a history then changes nothing in
 * what the others draw, and a failing history can be cut down.
 */
export const streamOf = (seed: number, purpose: string): Random =>
  createRandom(Math.imul(seed, 0x9e37_79b1) ^ hashOf(purpose));

export const bytesFrom =
  ({ bits }: Random): ((length: number) => Bytes) =>
  (length) => {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = bits() >>> 24;
    return bytes;
  };

/** Picks by weight: `weighted(random, { often: 9, seldom: 1 })`. */
export function weighted<Name extends string>(
  random: Random,
  weights: Readonly<Record<Name, number>>,
): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  throw new Error('no weights');
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  return hash;
}
