import { concatBytes, textToBytes, type Bytes } from './bytes.ts';

/**
 * Everything that is derived is derived by HKDF-SHA-256 (RFC 5869), with an `info` that begins with
 * the protocol's name and says what for: no two purposes share a key.
 */
const LABEL = 'mainstay/1 ';

export interface Derivation {
  readonly purpose: string;
  readonly salt?: Bytes;
  /** Joined to the purpose: an epoch, a device. */
  readonly context?: Bytes;
}

export const AES_256_GCM = { name: 'AES-GCM', length: 256 } as const;

export const toRoot = (secret: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);

export async function deriveBytes(
  root: CryptoKey,
  derivation: Derivation,
  length: number,
): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(derivation), root, 8 * length));
}

/** For AES-256-GCM; cannot be exported. */
export const deriveSealingKey = (root: CryptoKey, derivation: Derivation): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(hkdf(derivation), root, AES_256_GCM, false, ['encrypt', 'decrypt']);

/** For HMAC-SHA-256; cannot be exported. */
export const deriveMacKey = (root: CryptoKey, derivation: Derivation): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    hkdf(derivation),
    root,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign'],
  );

const hkdf = ({ purpose, salt = new Uint8Array(0), context = new Uint8Array(0) }: Derivation) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt,
  info: concatBytes(textToBytes(LABEL + purpose), context),
});
