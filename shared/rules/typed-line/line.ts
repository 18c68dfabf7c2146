import type { MeaningOf, Tables, TypedLineLanguage } from './language.ts';
import type { Token } from './tokens.ts';

export interface Found<Meaning> {
  readonly meaning: Meaning;
  /** The token after the last one that belongs to it. */
  readonly end: number;
}

/** A line as its readers see it: tokens, and what they mean in any of the languages. */
export interface Line {
  readonly tokens: readonly Token[];
  readonly find: <Name extends keyof Tables>(
    name: Name,
    at: number,
  ) => Found<MeaningOf<Name>> | null;
  /** The place after an optional word of this table. */
  readonly skip: (name: keyof Tables, at: number) => number;
  /** The value of the number token here. */
  readonly digits: (at: number) => number | null;
  /** Is this mark here, without a space before it? */
  readonly isMark: (at: number, mark: string) => boolean;
  /** A number may carry a glued particle, with or without a hyphen: the number's own place. */
  readonly afterPrefix: (at: number) => number;
  readonly formsOf: (token: Token) => readonly string[];
}

/** Particles are glued only to words that carry meaning; connecting words are matched as they are. */
const takesPrefix: ReadonlySet<keyof Tables> = new Set([
  'kinds',
  'numbers',
  'amounts',
  'days',
  'weekdays',
  'months',
  'periods',
  'lastWeek',
]);

export function createLine(
  tokens: readonly Token[],
  languages: readonly TypedLineLanguage[],
): Line {
  const prefixes = languages.flatMap((language) => language.prefixes);

  const formsOf = ({ folded }: Token): readonly string[] => {
    const bare = prefixes
      .filter((prefix) => folded.startsWith(prefix))
      .map((prefix) => folded.slice(prefix.length).trimStart())
      .filter((form) => form.length > 1);
    return [folded, ...bare];
  };

  const findForm = <Name extends keyof Tables>(
    name: Name,
    at: number,
    form: string,
  ): Found<MeaningOf<Name>> | null => {
    for (const { tables } of languages) {
      for (const { more, meaning } of tables[name]?.get(form) ?? []) {
        if (more.every((word, index) => tokens[at + 1 + index]?.folded === word)) {
          return { meaning: meaning as MeaningOf<Name>, end: at + 1 + more.length };
        }
      }
    }
    return null;
  };

  const line: Line = {
    tokens,
    formsOf,
    find(name, at) {
      const token = tokens[at];
      if (token === undefined) return null;
      for (const form of takesPrefix.has(name) ? formsOf(token) : [token.folded]) {
        const found = findForm(name, at, form);
        if (found !== null) return found;
      }
      return null;
    },
    skip: (name, at) => line.find(name, at)?.end ?? at,
    digits(at) {
      const token = tokens[at];
      return token?.as === 'number' && token.folded.length <= 4 ? Number(token.folded) : null;
    },
    isMark: (at, mark) => tokens[at]?.text === mark && tokens[at].isGlued,
    afterPrefix(at) {
      const token = tokens[at];
      if (token === undefined || !prefixes.includes(token.folded)) return at;
      const next = tokens[at + 1]?.isGlued && /^[-־]$/.test(tokens[at + 1]?.text ?? '') ? 2 : 1;
      return tokens[at + next]?.as === 'number' && tokens[at + next]?.isGlued ? at + next : at;
    },
  };
  return line;
}

/**
 * Does something that is read begin and end cleanly here, or would it be torn out of a larger
 * piece: "v15m", "$15m", "10-15m", "call.example", "20m2"?
 */
export function isClean({ tokens }: Line, start: number, end: number): boolean {
  const [beforeLast, last, first] = [tokens[start - 2], tokens[start - 1], tokens[start]];
  const [inner, next, afterNext] = [tokens[end - 1], tokens[end], tokens[end + 1]];
  const isTornBefore =
    first?.isGlued === true && isTorn(first, last, last?.isGlued === true ? beforeLast : undefined);
  const isTornAfter =
    next?.isGlued === true &&
    isTorn(inner, next, afterNext?.isGlued === true ? afterNext : undefined);
  return !isTornBefore && !isTornAfter;
}

/** `near` is glued to the inside, and `far` to `near`. */
function isTorn(
  inside: Token | undefined,
  near: Token | undefined,
  far: Token | undefined,
): boolean {
  if (near === undefined) return false;
  if (near.as !== 'mark' || /[\p{Sc}#%_&]/u.test(near.text)) return true;
  if (far === undefined || far.as === 'mark') return false;
  const areNumbers = far.as === 'number' && inside?.as === 'number';
  return near.text === '.' || (/[-–,:/]/.test(near.text) && (areNumbers || far.as === 'number'));
}
