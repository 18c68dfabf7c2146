/** National numbers are this long at least: shorter ones are extensions and short codes. */
const MIN_DIGITS = 7;
/** ITU-T E.164: fifteen digits, and two of the prefix for calls abroad. */
const MAX_DIGITS = 17;
const MAX_COUNTRY_DIGITS = 3;
const KEY_DIGITS = 9;

interface Phone {
  readonly digits: string;
  /** Written with its country's code. */
  readonly isInternational: boolean;
}

/**
 * What equal numbers have in common however they are written, to look them up by: the last digits.
 * Null for what is no number of a person. Different numbers can share a key; ask `isSamePhone`.
 */
export function phoneKey(text: string): string | null {
  const phone = parsePhone(text);
  return phone && phone.digits.slice(-KEY_DIGITS);
}

/** `+44 (0)20 7946 0000`, `0044 20 7946 0000` and `020 7946 0000` are one number. */
export function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [parsePhone(one), parsePhone(other)];
  if (!a || !b) return false;
  if (a.isInternational === b.isInternational) return a.digits === b.digits;
  const [whole, national] = a.isInternational ? [a, b] : [b, a];
  const countryDigits = whole.digits.length - national.digits.length;
  return (
    countryDigits >= 1 &&
    countryDigits <= MAX_COUNTRY_DIGITS &&
    whole.digits.endsWith(national.digits)
  );
}

function parsePhone(text: string): Phone | null {
  // Parameters of a `tel:` address, and the extension that is dialled afterwards.
  const number = (/^[^;,x#]*/i.exec(text)?.[0] ?? '').replace('(0)', '');
  if (!/^[\s\u200e\u202a-\u202e+\d().\-/\u2010-\u2015]*$/.test(number)) return null;
  const digits = number.replaceAll(/\D/g, '');
  const hasPlus = number
    .trimStart()
    .replace(/^[\u200e\u202a-\u202e]+/, '')
    .startsWith('+');
  const isInternational = hasPlus || digits.startsWith('00');
  const bare = isInternational ? digits.replace(/^00/, '') : digits.replace(/^0/, '');
  if (bare.length < MIN_DIGITS || digits.length > MAX_DIGITS) return null;
  return { digits: bare, isInternational };
}
