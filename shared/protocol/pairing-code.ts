/**
 * The code that a person types: six groups of four characters, 23 of them random (115 bits) and one
 * to catch a slip. The worker sees nothing of it but what is derived from it, and 115 bits cannot be
 * searched. Crockford's base32: no I, L, O or U, and what is misread for another digit is accepted.
 */
export type PairingCode = string & { readonly __brand: 'PairingCode' };

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_SYMBOLS = 23;
const SYMBOLS_PER_GROUP = 4;

export function newPairingCode(randomBytes: (length: number) => Uint8Array): PairingCode {
  const values = Array.from(randomBytes(RANDOM_SYMBOLS), (byte) => byte % ALPHABET.length);
  return [...values, checkSymbol(values)]
    .map((value) => ALPHABET.charAt(value))
    .join('') as PairingCode;
}

/** Null when it cannot be a code, most likely because of one mistyped character. */
export function parsePairingCode(typed: string): PairingCode | null {
  const text = typed
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const values = Array.from(text, (symbol) => ALPHABET.indexOf(symbol));
  const isCode =
    values.length === RANDOM_SYMBOLS + 1 &&
    !values.includes(-1) &&
    checkSymbol(values.slice(0, RANDOM_SYMBOLS)) === values[RANDOM_SYMBOLS];
  return isCode ? (text as PairingCode) : null;
}

export const formatPairingCode = (code: PairingCode): string =>
  (code.match(new RegExp(`.{${String(SYMBOLS_PER_GROUP)}}`, 'g')) ?? []).join('-');

/** Odd weights, so that any one wrong symbol changes the sum. */
const checkSymbol = (values: readonly number[]): number =>
  values.reduce((sum, value, index) => sum + value * (2 * index + 1), 0) % ALPHABET.length;
