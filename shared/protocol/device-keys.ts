import { base64UrlToBytes, concatBytes, hexToBytes, type Bytes } from './bytes.ts';

/** The private half can be stored (structured clone) and never exported. */
export interface KeyPair {
  readonly privateKey: CryptoKey;
  /** 32 bytes. */
  readonly publicKey: Bytes;
}

/** A device's two pairs: one signs workspace states, one receives key packages. */
export interface DeviceKeys {
  readonly sign: KeyPair;
  readonly box: KeyPair;
}

export const newSigningPair = (): Promise<KeyPair> => newPair('Ed25519', ['sign', 'verify']);
export const newBoxPair = (): Promise<KeyPair> => newPair('X25519', ['deriveBits']);

export async function newDeviceKeys(): Promise<DeviceKeys> {
  const [sign, box] = await Promise.all([newSigningPair(), newBoxPair()]);
  return { sign, box };
}

/** What stands before a 32-byte private key in PKCS #8 (RFC 8410). */
const PKCS8_ED25519 = hexToBytes('302e020100300506032b657004220420');
const PKCS8_X25519 = hexToBytes('302e020100300506032b656e04220420');
/** u = 9: multiplying it by a private key gives the public one (RFC 7748). */
const X25519_BASE = Uint8Array.from({ length: 32 }, (_, index) => (index === 0 ? 9 : 0));

export async function signingPairFromSeed(seed: Bytes): Promise<KeyPair> {
  const pkcs8 = concatBytes(PKCS8_ED25519, seed);
  const subtle = crypto.subtle;
  // WebCrypto gives a public key to its private one only by way of an export.
  const exportable = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']);
  const jwk = await subtle.exportKey('jwk', exportable);
  const publicKey = 'x' in jwk ? base64UrlToBytes(jwk.x ?? '') : null;
  if (publicKey?.length !== 32) throw new Error('an Ed25519 key names its public half');
  const privateKey = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return { privateKey, publicKey };
}

export async function boxPairFromSeed(seed: Bytes): Promise<KeyPair> {
  const pkcs8 = concatBytes(PKCS8_X25519, seed);
  const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, 'X25519', false, ['deriveBits']);
  const publicKey = await agreeX25519(privateKey, X25519_BASE);
  if (!publicKey) throw new Error('the base point is a public key');
  return { privateKey, publicKey };
}

/** The 32 bytes that two X25519 pairs share; null for a public key that is none. */
export async function agreeX25519(privateKey: CryptoKey, publicKey: Bytes): Promise<Bytes | null> {
  try {
    const theirs = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, []);
    const algorithm: { readonly name: string; readonly public: CryptoKey } = {
      name: 'X25519',
      public: theirs,
    };
    return new Uint8Array(await crypto.subtle.deriveBits(algorithm, privateKey, 256));
  } catch {
    return null;
  }
}

async function newPair(
  algorithm: 'Ed25519' | 'X25519',
  usages: ('sign' | 'verify' | 'deriveBits')[],
): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: algorithm }, false, usages);
  if (!('privateKey' in pair)) throw new Error(`${algorithm} gives a pair of keys`);
  const publicKey = await crypto.subtle.exportKey('raw', pair.publicKey);
  if (!(publicKey instanceof ArrayBuffer)) throw new Error('a raw key is bytes');
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(publicKey) };
}
