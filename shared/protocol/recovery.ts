import * as v from 'valibot';
import type { DeviceId } from '../clock.ts';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  sha256,
  textToBytes,
  type Bytes,
} from './bytes.ts';
import { openBox, sealBox } from './box.ts';
import { TOKEN_BYTES } from './credentials.ts';
import { boxPairFromSeed, signingPairFromSeed, type DeviceKeys } from './device-keys.ts';
import { deriveBytes, deriveSealingKey, toRoot, type Derivation } from './derive.ts';
import { sha256Schema, workspaceIdSchema, type RecoveryId } from './ids.ts';
import { parseJson } from './json.ts';

/** A device that exists as words on paper: everything about it follows from the words. */
export interface RecoveryDevice {
  readonly id: DeviceId;
  readonly keys: DeviceKeys;
  readonly token: Bytes;
  readonly tokenHash: string;
  /** Where the worker keeps the pointer, for someone who has nothing but the words. */
  readonly find: RecoveryId;
  readonly pointerKey: CryptoKey;
}

/**
 * Which workspace the words belong to, and a state that was genuine when they were made: without
 * it, a worker could show whoever has only the words a workspace of its own making.
 */
export const recoveryPointerSchema = v.object({
  workspace: workspaceIdSchema,
  version: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  hash: sha256Schema,
});
export type RecoveryPointer = v.InferOutput<typeof recoveryPointerSchema>;

const DEVICE_ID_BYTES = 8;
const FIND_BYTES = 16;
const POINTER_DATA = textToBytes('mainstay recovery pointer');

export async function recoveryDeviceFrom(seed: Bytes): Promise<RecoveryDevice> {
  const root = await toRoot(seed);
  const derive = (what: string, length: number): Promise<Bytes> =>
    deriveBytes(root, purposeOf(what), length);
  const [id, token, find, signSeed, boxSeed, pointerKey] = await Promise.all([
    derive('device', DEVICE_ID_BYTES),
    derive('token', TOKEN_BYTES),
    derive('find', FIND_BYTES),
    derive('sign', 32),
    derive('box', 32),
    deriveSealingKey(root, purposeOf('pointer')),
  ]);
  const [sign, box, tokenHash] = await Promise.all([
    signingPairFromSeed(signSeed),
    boxPairFromSeed(boxSeed),
    sha256(token),
  ]);
  return {
    id: bytesToHex(id) as DeviceId,
    keys: { sign, box },
    token,
    tokenHash: bytesToHex(tokenHash),
    find: bytesToHex(find) as RecoveryId,
    pointerKey,
  };
}

export const sealRecoveryPointer = async (
  { pointerKey }: RecoveryDevice,
  { workspace, version, hash }: RecoveryPointer,
  randomBytes: (length: number) => Bytes,
): Promise<string> => {
  const plaintext = textToBytes(JSON.stringify({ workspace, version, hash }));
  return bytesToBase64Url(await sealBox(pointerKey, plaintext, POINTER_DATA, randomBytes));
};

export async function openRecoveryPointer(
  { pointerKey }: RecoveryDevice,
  sealed: string,
): Promise<RecoveryPointer | null> {
  const bytes = base64UrlToBytes(sealed);
  const plain = bytes && (await openBox(pointerKey, bytes, POINTER_DATA));
  return plain && parseJson(plain, recoveryPointerSchema);
}

const purposeOf = (what: string): Derivation => ({ purpose: `recovery ${what}` });
