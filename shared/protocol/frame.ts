import { concatBytes, textToBytes, u32ToBytes, type Bytes } from './bytes.ts';
import { MAX_HEADER_BYTES } from './limits.ts';
import { fail, succeed, type Outcome } from './outcome.ts';

/**
 * A frame: u32 length of the header (big-endian), the header as JSON, then the sealed rows one after
 * another. The header says how long each is; nothing sealed is ever written as text.
 */
export type FrameProblem = 'too-short' | 'header-too-large' | 'header-not-json';

export interface RawFrame {
  readonly header: unknown;
  readonly body: Bytes;
}

const LENGTH_BYTES = 4;

export function encodeFrame(header: object, blobs: readonly Uint8Array[]): Bytes {
  const json = textToBytes(JSON.stringify(header));
  return concatBytes(u32ToBytes(json.length), json, ...blobs);
}

export function decodeFrame(bytes: Bytes): Outcome<RawFrame, FrameProblem> {
  if (bytes.length < LENGTH_BYTES) return fail('too-short');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (length > MAX_HEADER_BYTES) return fail('header-too-large');
  if (bytes.length < LENGTH_BYTES + length) return fail('too-short');
  const json = bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  try {
    const header: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json),
    );
    return succeed({ header, body: bytes.subarray(LENGTH_BYTES + length) });
  } catch {
    return fail('header-not-json');
  }
}

/** Cuts the body at the sizes the header gives; null unless they add up to exactly its length. */
export function splitBody(body: Bytes, sizes: readonly number[]): readonly Bytes[] | null {
  if (sizes.reduce((sum, size) => sum + size, 0) !== body.length) return null;
  const blobs: Bytes[] = [];
  let offset = 0;
  for (const size of sizes) {
    blobs.push(body.subarray(offset, offset + size));
    offset += size;
  }
  return blobs;
}
