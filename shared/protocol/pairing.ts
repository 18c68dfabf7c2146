import * as v from 'valibot';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  concatBytes,
  hexToBytes,
  isEqualBytes,
  sha256,
  textToBytes,
  type Bytes,
} from './bytes.ts';
import {
  base64UrlSchema,
  deviceIdSchema,
  sha256Schema,
  workspaceIdSchema,
  type SlotId,
} from './ids.ts';
import { parseJson } from './json.ts';
import type { SlotPart } from './messages.ts';
import type { PairingCode } from './pairing-code.ts';

/**
 * Four sealed parts in one slot: the host's commitment to its public key, the joiner's public key
 * and device, the host's public key, and (once a person has compared the six digits) the workspace
 * key. Without the commitment, someone who has seen the code could try key pairs until the six
 * digits on both sides agree.
 */
export interface PairingSecrets {
  readonly slot: SlotId;
  /** Seals offer, answer and reveal: the worker reads none of them. */
  readonly boxKey: CryptoKey;
}

export interface Agreement {
  /** Six digits, the same on both devices unless someone sits between them. */
  readonly check: string;
  /** Seals the grant; known to the two devices alone, even when the code has leaked. */
  readonly grantKey: CryptoKey;
}

export const offerSchema = v.object({ commitment: base64UrlSchema });
export const answerSchema = v.object({
  publicKey: base64UrlSchema,
  device: deviceIdSchema,
  deviceName: v.pipe(v.string(), v.maxLength(100)),
  tokenHash: sha256Schema,
});
export const revealSchema = v.object({ publicKey: base64UrlSchema, nonce: base64UrlSchema });
export const grantSchema = v.object({
  workspace: workspaceIdSchema,
  key: base64UrlSchema,
  keyEpoch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});
export type Grant = v.InferOutput<typeof grantSchema>;

const NONCE_BYTES = 12;
const AES = { name: 'AES-GCM', length: 256 } as const;

export async function derivePairingSecrets(code: PairingCode): Promise<PairingSecrets> {
  const root = await hkdfRoot(textToBytes(code));
  const slot = await crypto.subtle.deriveBits(hkdf('pairing slot'), root, 128);
  return {
    slot: bytesToHex(new Uint8Array(slot)) as SlotId,
    boxKey: await crypto.subtle.deriveKey(hkdf('pairing box'), root, AES, false, [
      'encrypt',
      'decrypt',
    ]),
  };
}

export const commitTo = async (publicKey: Bytes, nonce: Bytes): Promise<Bytes> =>
  sha256(concatBytes(textToBytes('mainstay pairing commitment'), nonce, publicKey));

export async function isCommitment(
  commitment: Bytes,
  publicKey: Bytes,
  nonce: Bytes,
): Promise<boolean> {
  return isEqualBytes(commitment, await commitTo(publicKey, nonce));
}

/** `transcript`: offer, answer and reveal as they lay in the slot. Null for a public key that is none. */
export async function agree(
  privateKey: CryptoKey,
  publicKey: Bytes,
  transcript: readonly [string, string, string],
): Promise<Agreement | null> {
  try {
    const theirs = await crypto.subtle.importKey('raw', publicKey, 'X25519', false, []);
    const algorithm: { readonly name: string; readonly public: CryptoKey } = {
      name: 'X25519',
      public: theirs,
    };
    const shared = await crypto.subtle.deriveBits(algorithm, privateKey, 256);
    const root = await hkdfRoot(new Uint8Array(shared));
    const salt = await sha256(textToBytes(JSON.stringify(transcript)));
    const digits = await crypto.subtle.deriveBits(hkdf('pairing check', salt), root, 32);
    const number = new DataView(digits).getUint32(0) % 1_000_000;
    return {
      check: String(number).padStart(6, '0'),
      grantKey: await crypto.subtle.deriveKey(hkdf('pairing grant', salt), root, AES, false, [
        'encrypt',
        'decrypt',
      ]),
    };
  } catch {
    return null;
  }
}

export async function sealPart(
  key: CryptoKey,
  slot: SlotId,
  part: SlotPart,
  message: object,
  randomBytes: (length: number) => Bytes,
): Promise<string> {
  const iv = randomBytes(NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: boundTo(slot, part) },
    key,
    textToBytes(JSON.stringify(message)),
  );
  return bytesToBase64Url(concatBytes(iv, new Uint8Array(sealed)));
}

/** Null when it was not sealed with this key for this part of this slot. */
export async function openPart<Output>(
  key: CryptoKey,
  slot: SlotId,
  part: SlotPart,
  sealed: string,
  schema: v.GenericSchema<unknown, Output>,
): Promise<Output | null> {
  const bytes = base64UrlToBytes(sealed);
  if (!bytes) return null;
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.subarray(0, NONCE_BYTES), additionalData: boundTo(slot, part) },
      key,
      bytes.subarray(NONCE_BYTES),
    );
    return parseJson(new Uint8Array(plain), schema);
  } catch {
    return null;
  }
}

const boundTo = (slot: SlotId, part: SlotPart): Bytes =>
  concatBytes(textToBytes(`mainstay pairing ${part}`), hexToBytes(slot));

const hkdfRoot = (secret: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey', 'deriveBits']);

const hkdf = (purpose: string, salt: Bytes = new Uint8Array(0)) => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt,
  info: textToBytes(`mainstay/1 ${purpose}`),
});
