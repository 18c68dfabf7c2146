import { concatBytes, type Bytes } from './bytes.ts';

/** A box: nonce 12 bytes ‖ AES-256-GCM ciphertext with its 16-byte tag. Rows have a form of their own. */
const NONCE_BYTES = 12;

export async function sealBox(
  key: CryptoKey,
  plaintext: Bytes,
  additionalData: Bytes,
  randomBytes: (length: number) => Bytes,
): Promise<Bytes> {
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    plaintext,
  );
  return concatBytes(iv, new Uint8Array(sealed));
}

/** Null when it was not sealed with this key for this place. */
export async function openBox(
  key: CryptoKey,
  box: Bytes,
  additionalData: Bytes,
): Promise<Bytes | null> {
  try {
    const iv = box.subarray(0, NONCE_BYTES);
    const sealed = box.subarray(NONCE_BYTES);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, sealed);
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}
