/** Apart from the schemas, so that a page can have it without the validator. */
export const MAX_INTEREST_LETTERS = 60;

/** Commas of every script that the product speaks, semicolons and lines. */
const SEPARATOR = /[,;\n،؛，、；]/u;

/** "golf, modern art" → two interests, each once, spaces as one. */
export function interestsFrom(typed: string): readonly string[] {
  const byKey = new Map<string, string>();
  for (const part of typed.normalize().split(SEPARATOR)) {
    const word = part.trim().replaceAll(/\s+/gu, ' ').slice(0, MAX_INTEREST_LETTERS).trim();
    if (word !== '' && !byKey.has(keyOf(word))) byKey.set(keyOf(word), word);
  }
  return [...byKey.values()];
}

/**
 * What to write so that the set becomes what was typed: only what was added and taken out, so that
 * words which another device added meanwhile stay. "Golf" for "golf" is no change.
 */
export function interestChange(
  before: readonly string[],
  typed: string,
): Readonly<Record<string, boolean>> {
  const after = interestsFrom(typed);
  const had = new Set(before.map(keyOf));
  const has = new Set(after.map(keyOf));
  return Object.fromEntries([
    ...after.filter((word) => !had.has(keyOf(word))).map((word) => [word, true] as const),
    ...before.filter((word) => !has.has(keyOf(word))).map((word) => [word, false] as const),
  ]);
}

const keyOf = (word: string): string => word.toLowerCase();
