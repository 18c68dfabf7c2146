/** Control characters, and those that turn the direction of what follows them. */
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text from a page as plain text of at most so many letters; its lines are kept. */
export function plainText(text: string, maxLetters: number): string {
  // Cut first: a page can hand over any amount.
  const cut = text.slice(0, 2 * maxLetters);
  return cut
    .normalize()
    .replaceAll(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(/[^\S\n]+/gu, ' ')
    .replaceAll(/ ?\n ?/gu, '\n')
    .replaceAll(/\n{3,}/gu, '\n\n')
    .trim()
    .slice(0, maxLetters)
    .replace(HALF_PAIR, '')
    .trim();
}

/** A letter of two halves that was cut in the middle. */
const HALF_PAIR = /[\uD800-\uDBFF]$/;

/** As one line. */
export const plainLine = (text: string, maxLetters: number): string =>
  plainText(text.replaceAll(/\s+/gu, ' '), maxLetters);

/** Only an address of the web is kept, and none that holds a password. */
export function webAddress(address: string, maxLetters = 2000): string | null {
  if (address.length > maxLetters || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return address;
}
