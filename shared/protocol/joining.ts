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
import { openBox, sealBox } from './box.ts';
import { deriveBytes, deriveSealingKey, toRoot } from './derive.ts';
import { agreeX25519 } from './device-keys.ts';
import {
  base64UrlSchema,
  deviceIdSchema,
  key32Schema,
  sha256Schema,
  workspaceIdSchema,
  type SlotId,
} from './ids.ts';
import { parseJson } from './json.ts';
import type { SlotPart } from './messages.ts';
import type { PairingCode } from './pairing-code.ts';
import { roles } from './workspace-state.ts';

/**
 * How a device joins, whether it is paired beside another one or a person was invited by a link:
 * four sealed parts in one slot. The host's commitment to its public key; the joiner's public key
 * and who it is; the host's public key; and, once a person has compared the six digits and the host
 * has signed a state that lists the joiner, which workspace that is. Without the commitment, someone
 * who has seen the code could try key pairs until the six digits on both sides agree.
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

const nameSchema = v.pipe(v.string(), v.maxLength(100));

export const offerSchema = v.object({
  /** SHA-256, 32 bytes. */
  commitment: key32Schema,
  /** Of an invitation: what the invited will be. A paired device belongs to its host's member. */
  role: v.optional(v.picklist(roles)),
});
export type Offer = v.InferOutput<typeof offerSchema>;

export const answerSchema = v.object({
  /** X25519, made for this slot alone. */
  publicKey: key32Schema,
  device: deviceIdSchema,
  deviceName: nameSchema,
  tokenHash: sha256Schema,
  /** The device's own, for the signed state. */
  signKey: key32Schema,
  boxKey: key32Schema,
  /** To an invitation: the person's name. */
  memberName: v.optional(nameSchema),
});
export type Answer = v.InferOutput<typeof answerSchema>;

export const revealSchema = v.object({ publicKey: key32Schema, nonce: base64UrlSchema });

/**
 * The state that lists the joiner: from now on it believes nothing older and nothing else. The keys
 * come with the key package that the state's signer has left for it.
 */
export const grantSchema = v.object({
  workspace: workspaceIdSchema,
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  hash: sha256Schema,
});
export type Grant = v.InferOutput<typeof grantSchema>;

export async function derivePairingSecrets(code: PairingCode): Promise<PairingSecrets> {
  const root = await toRoot(textToBytes(code));
  const slot = await deriveBytes(root, { purpose: 'pairing slot' }, 16);
  return {
    slot: bytesToHex(slot) as SlotId,
    boxKey: await deriveSealingKey(root, { purpose: 'pairing box' }),
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
  const shared = await agreeX25519(privateKey, publicKey);
  if (!shared) return null;
  const root = await toRoot(shared);
  const salt = await sha256(textToBytes(JSON.stringify(transcript)));
  const digits = await deriveBytes(root, { purpose: 'pairing check', salt }, 4);
  const number = new DataView(digits.buffer).getUint32(0) % 1_000_000;
  return {
    check: String(number).padStart(6, '0'),
    grantKey: await deriveSealingKey(root, { purpose: 'pairing grant', salt }),
  };
}

export const sealPart = async (
  key: CryptoKey,
  slot: SlotId,
  part: SlotPart,
  message: object,
  randomBytes: (length: number) => Bytes,
): Promise<string> =>
  bytesToBase64Url(
    await sealBox(key, textToBytes(JSON.stringify(message)), boundTo(slot, part), randomBytes),
  );

/** Null when it was not sealed with this key for this part of this slot. */
export async function openPart<Output>(
  key: CryptoKey,
  slot: SlotId,
  part: SlotPart,
  sealed: string,
  schema: v.GenericSchema<unknown, Output>,
): Promise<Output | null> {
  const bytes = base64UrlToBytes(sealed);
  const plain = bytes && (await openBox(key, bytes, boundTo(slot, part)));
  return plain && parseJson(plain, schema);
}

const boundTo = (slot: SlotId, part: SlotPart): Bytes =>
  concatBytes(textToBytes(`mainstay pairing ${part}`), hexToBytes(slot));
