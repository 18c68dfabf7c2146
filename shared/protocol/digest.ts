import { bytesToHex, type Bytes } from './bytes.ts';
import type { RowKey } from './ids.ts';

/**
 * What two sides compare to see whether they hold the same rows: 256 buckets by the first byte of
 * the row key, each the count of its rows and the XOR of their content hashes. Adding and removing
 * a row are the same operation but for the count, so a change costs as much in a million rows as in
 * ten.
 *
 * Bucket: count `u32` ‖ XOR 16 bytes. All buckets one after another.
 */
const BUCKETS = 256;
const XOR_BYTES = 16;
const BUCKET_BYTES = 4 + XOR_BYTES;
export const DIGEST_BYTES = BUCKETS * BUCKET_BYTES;

export interface DigestSum {
  readonly count: number;
  /** 32 hex digits. */
  readonly xor: string;
}

export interface HashedRow {
  readonly rkey: RowKey;
  readonly hash: string;
}

export const newDigest = (): Bytes => new Uint8Array(DIGEST_BYTES);

/** In place: a million rows must not make a million copies. */
export const addToDigest = (digest: Bytes, row: HashedRow): void => change(digest, row, 1);
export const removeFromDigest = (digest: Bytes, row: HashedRow): void => change(digest, row, -1);

export const bucketOf = (rkey: RowKey): number => Number.parseInt(rkey.slice(0, 2), 16);

export function sumOfBucket(digest: Bytes, bucket: number): DigestSum {
  const at = bucket * BUCKET_BYTES;
  return {
    count: new DataView(digest.buffer, digest.byteOffset).getUint32(at),
    xor: bytesToHex(digest.subarray(at + 4, at + BUCKET_BYTES)),
  };
}

export function sumOfAll(digest: Bytes): DigestSum {
  const view = new DataView(digest.buffer, digest.byteOffset, DIGEST_BYTES);
  const xor = new Uint8Array(XOR_BYTES);
  let count = 0;
  for (let at = 0; at < DIGEST_BYTES; at += BUCKET_BYTES) {
    count += view.getUint32(at);
    for (let i = 0; i < XOR_BYTES; i += 1) xor[i] = (xor[i] ?? 0) ^ (digest[at + 4 + i] ?? 0);
  }
  return { count, xor: bytesToHex(xor) };
}

/** Where the two sides do not hold the same rows. */
export function differingBuckets(a: Bytes, b: Bytes): readonly number[] {
  const differing: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const at = bucket * BUCKET_BYTES;
    for (let i = at; i < at + BUCKET_BYTES; i += 1) {
      if (a[i] !== b[i]) {
        differing.push(bucket);
        break;
      }
    }
  }
  return differing;
}

function change(digest: Bytes, { rkey, hash }: HashedRow, by: 1 | -1): void {
  const at = bucketOf(rkey) * BUCKET_BYTES;
  const view = new DataView(digest.buffer, digest.byteOffset);
  view.setUint32(at, view.getUint32(at) + by);
  // Word by word: a first pull counts every row.
  for (let word = 0; word < XOR_BYTES / 4; word += 1) {
    const place = at + 4 + 4 * word;
    const hex = hash.slice(8 * word, 8 * word + 8);
    view.setUint32(place, view.getUint32(place) ^ Number.parseInt(hex, 16));
  }
}
