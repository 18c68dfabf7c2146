import type { DeviceId } from './clock.ts';
import { compress, decompress } from './protocol/compress.ts';
import {
  bytesToHex,
  concatBytes,
  hexToBytes,
  textToBytes,
  u32ToBytes,
  type Bytes,
} from './protocol/bytes.ts';
import type { RowKey } from './protocol/ids.ts';
import type { WorkspaceKeys } from './protocol/keys.ts';
import { MAX_PLAINTEXT_BYTES } from './protocol/limits.ts';
import { fail, succeed, type Outcome } from './protocol/outcome.ts';

/**
 * An envelope: version u8, key epoch u32, device 8 bytes, nonce 12 bytes, then AES-256-GCM
 * ciphertext with its 16-byte tag. What is inside: flags u8, length u32, content, zero padding.
 * The additional data binds workspace, key epoch, row key, device and version, so that a row opened
 * under another name, or with a changed header, is not authentic.
 */
const ENVELOPE_VERSION = 1;
const HEADER_BYTES = 13;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const PREFIX_BYTES = 5;
const FLAG_DEFLATED = 1;

/** Below this, deflate saves a few hundred bytes at most and costs more time than all the rest of sealing. */
const DEFLATE_ABOVE_BYTES = 1024;
/** Most rows fall into two or three sizes; a finer step would tell short notes from long ones. */
const PAD_STEP_BYTES = 256;

export type OpenProblem =
  /** Written by a newer version: to be kept as it is, never overwritten. */
  | 'newer-version'
  /** Sealed under a key epoch that this device does not hold. */
  | 'unknown-key-epoch'
  /** Not sealed by a device of this workspace for this place, or damaged on the way. */
  | 'not-authentic'
  /** Authentic, but not of the agreed form. */
  | 'malformed';

export interface EnvelopeHeader {
  readonly version: number;
  readonly keyEpoch: number;
  readonly device: DeviceId;
}

/** What the worker may read of a sealed row. Null when it is too short to be one. */
export function readEnvelopeHeader(sealed: Uint8Array): EnvelopeHeader | null {
  if (sealed.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES + PREFIX_BYTES) return null;
  const view = new DataView(sealed.buffer, sealed.byteOffset, HEADER_BYTES);
  return {
    version: view.getUint8(0),
    keyEpoch: view.getUint32(1),
    device: bytesToHex(sealed.subarray(5, HEADER_BYTES)) as DeviceId,
  };
}

export async function seal(
  keys: WorkspaceKeys,
  device: DeviceId,
  rowKey: RowKey,
  plaintext: Bytes,
  randomBytes: (length: number) => Bytes,
): Promise<Bytes> {
  const key = await keys.sealingKey(keys.keyEpoch, device);
  if (!key) throw new Error('the current key epoch has no sealing key');
  const header = concatBytes(
    Uint8Array.of(ENVELOPE_VERSION),
    u32ToBytes(keys.keyEpoch),
    hexToBytes(device),
  );
  const iv = randomBytes(NONCE_BYTES);
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData(keys, header, rowKey) },
    key,
    await pack(plaintext),
  );
  return concatBytes(header, iv, new Uint8Array(ciphertext));
}

export async function open(
  keys: WorkspaceKeys,
  rowKey: RowKey,
  sealed: Bytes,
): Promise<Outcome<Bytes, OpenProblem>> {
  const parsed = readEnvelopeHeader(sealed);
  if (!parsed || parsed.version < 1 || parsed.keyEpoch < 1) return fail('not-authentic');
  if (parsed.version > ENVELOPE_VERSION) return fail('newer-version');
  const key = await keys.sealingKey(parsed.keyEpoch, parsed.device);
  if (!key) return fail('unknown-key-epoch');
  const header = sealed.subarray(0, HEADER_BYTES);
  const iv = sealed.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  let packed: Bytes;
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: additionalData(keys, header, rowKey) },
      key,
      sealed.subarray(HEADER_BYTES + NONCE_BYTES),
    );
    packed = new Uint8Array(plain);
  } catch {
    return fail('not-authentic');
  }
  const content = await unpack(packed);
  return content ? succeed(content) : fail('malformed');
}

const PURPOSE = textToBytes('mainstay row');

const additionalData = (keys: WorkspaceKeys, header: Bytes, rowKey: RowKey): Bytes =>
  concatBytes(PURPOSE, header, hexToBytes(keys.workspaceId), hexToBytes(rowKey));

async function pack(plaintext: Bytes): Promise<Bytes> {
  const deflated = plaintext.length > DEFLATE_ABOVE_BYTES ? await compress(plaintext) : null;
  const isSmaller = deflated !== null && deflated.length < plaintext.length;
  const content = isSmaller ? deflated : plaintext;
  const packed = new Uint8Array(paddedLength(PREFIX_BYTES + content.length));
  packed[0] = isSmaller ? FLAG_DEFLATED : 0;
  packed.set(u32ToBytes(content.length), 1);
  packed.set(content, PREFIX_BYTES);
  return packed;
}

async function unpack(packed: Bytes): Promise<Bytes | null> {
  const flags = packed[0];
  const length = new DataView(packed.buffer).getUint32(1);
  if (flags === undefined || flags > FLAG_DEFLATED || length > packed.length - PREFIX_BYTES) {
    return null;
  }
  const content = packed.subarray(PREFIX_BYTES, PREFIX_BYTES + length);
  return flags === FLAG_DEFLATED ? decompress(content, MAX_PLAINTEXT_BYTES) : content;
}

/**
 * Rounds up to a step that grows with the length (Padmé; Nikitin et al., "Reducing metadata leakage
 * from encrypted files", 2019): at most 12 % longer, and few distinct lengths.
 */
export function paddedLength(length: number): number {
  const exponent = Math.floor(Math.log2(length));
  const mantissaBits = Math.floor(Math.log2(exponent)) + 1;
  const step = Math.max(PAD_STEP_BYTES, 2 ** (exponent - mantissaBits));
  return Math.ceil(length / step) * step;
}
