import type { Bytes } from '../../shared/protocol/bytes.ts';

export interface KeyPair {
  /** Cannot be exported; storable, so that a pairing outlives the background. */
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
}

export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey('X25519', false, ['deriveBits']);
  if (!('privateKey' in pair)) throw new Error('X25519 gives a pair of keys');
  const publicKey = await crypto.subtle.exportKey('raw', pair.publicKey);
  if (!(publicKey instanceof ArrayBuffer)) throw new Error('a raw key is bytes');
  return { privateKey: pair.privateKey, publicKey: new Uint8Array(publicKey) };
}
