import type { Line } from './line.ts';
import type { Reading, RestToken, Span } from './reading.ts';

/** What a token was read as; undefined is part of the summary. */
export type Role = Exclude<Span['as'], 'summary'> | 'topic';

/** Marks that only separate: they go when nothing is left to separate. */
const SEPARATOR = /^[,;:|/\-–—]$/;

/** Stays with the word before it, even when what stood between was read. */
const CLOSING = /^[,;:.!?)\]}%]$/;

export function summarise(
  text: string,
  line: Line,
  roles: readonly (Role | undefined)[],
): Pick<Reading, 'summary' | 'spans' | 'rest'> {
  const all: RestToken[] = [];
  line.tokens.forEach((token, at) => {
    const role = roles[at];
    if (role !== undefined && role !== 'topic') return;
    const as = role ?? (token.as === 'mark' ? 'mark' : 'word');
    const forms = as === 'word' ? line.formsOf(token) : [];
    const { start, end, isGlued } = token;
    all.push({ start, end, text: token.text, isGlued, forms, as });
  });
  const rest = tidy(all);
  const spans = [...readSpans(line, roles), ...summarySpans(text, rest)];
  return {
    summary: join(rest),
    spans: spans.sort((a, b) => a.start - b.start),
    rest,
  };
}

/** The words a client's name may be among, in the order typed. */
export const wordsForMatching = (reading: Reading): readonly string[] =>
  restForMatching(reading).map(({ text }) => text);

/**
 * What to look for among the clients' names, the most telling first: the leading words together,
 * then fewer of them, each time as typed and without a particle glued to the first ("to Noa" is one
 * word in Hebrew). `words` is for `summaryWithout`, once `name` has found someone.
 */
export function nameCandidates(
  reading: Reading,
): readonly { readonly name: string; readonly words: readonly RestToken[] }[] {
  const rest = restForMatching(reading);
  return [3, 2, 1]
    .filter((count) => count <= rest.length)
    .flatMap((count) => {
      const words = rest.slice(0, count);
      const more = words.slice(1).map(({ text }) => text);
      const [first] = words;
      const starts = first === undefined ? [] : [first.text, ...first.forms.slice(1)];
      return starts.map((start) => ({ name: [start, ...more].join(' '), words }));
    });
}

const restForMatching = ({ rest }: Reading): readonly RestToken[] =>
  rest.filter(({ as }) => as === 'word');

/** The summary once a client was recognised by some of its words. */
export const summaryWithout = ({ rest }: Reading, matched: readonly RestToken[]): string =>
  join(tidy(rest.filter((token) => !matched.includes(token))));

/** Without topic words and separators at the edges, and without two separators in a row. */
function tidy(rest: readonly RestToken[]): readonly RestToken[] {
  const isIdle = (token: RestToken | undefined): boolean =>
    token !== undefined && (token.as === 'topic' || isSeparator(token));
  let [from, to] = [0, rest.length];
  while (isIdle(rest[from])) from++;
  while (to > from && isIdle(rest[to - 1])) to--;
  return rest
    .slice(from, to)
    .filter((token, index, kept) => !(isSeparator(token) && isSeparator(kept[index - 1])));
}

const isSeparator = (token: RestToken | undefined): boolean =>
  token?.as === 'mark' && SEPARATOR.test(token.text);

const join = (rest: readonly RestToken[]): string =>
  rest
    .map(({ text, isGlued, start }, index) => {
      const isBehind = isGlued && (rest[index - 1]?.end === start || CLOSING.test(text));
      return index === 0 || isBehind ? text : ` ${text}`;
    })
    .join('');

function readSpans(line: Line, roles: readonly (Role | undefined)[]): Span[] {
  const spans: Span[] = [];
  line.tokens.forEach(({ start, end }, at) => {
    const as = roles[at];
    if (as === undefined || as === 'topic') return;
    const last = spans.at(-1);
    const isSame = roles[at - 1] === as && last?.as === as;
    if (isSame && last !== undefined) spans[spans.length - 1] = { ...last, end };
    else spans.push({ start, end, as });
  });
  return spans;
}

/** Neighbours are one span, unless something that was read stands between them. */
function summarySpans(text: string, rest: readonly RestToken[]): Span[] {
  const spans: Span[] = [];
  for (const { start, end } of rest) {
    const last = spans.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') {
      spans[spans.length - 1] = { ...last, end };
    } else spans.push({ start, end, as: 'summary' });
  }
  return spans;
}
