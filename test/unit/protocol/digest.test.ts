import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex } from '../../../shared/protocol/bytes.ts';
import {
  addToDigest,
  bucketOf,
  differingBuckets,
  DIGEST_BYTES,
  newDigest,
  removeFromDigest,
  sumOfAll,
  sumOfBucket,
  type HashedRow,
} from '../../../shared/protocol/digest.ts';
import type { RowKey } from '../../../shared/protocol/ids.ts';

const hex16 = fc.uint8Array({ minLength: 16, maxLength: 16 }).map(bytesToHex);
const rowArbitrary = fc.record({ rkey: hex16.map((hex) => hex as RowKey), hash: hex16 });
const rowsArbitrary = fc.uniqueArray(rowArbitrary, { selector: ({ rkey }) => rkey });

const digestOf = (rows: readonly HashedRow[]) => {
  const digest = newDigest();
  for (const row of rows) addToDigest(digest, row);
  return digest;
};

describe('a digest', () => {
  it('is the same whatever the order of writing, and back where it was after a removal', () => {
    fc.assert(
      fc.property(rowsArbitrary, rowArbitrary, (rows, extra) => {
        const digest = digestOf(rows);
        expect(digestOf(rows.toReversed())).toEqual(digest);
        const changed = digestOf(rows);
        addToDigest(changed, extra);
        expect(sumOfAll(changed).count).toBe(rows.length + 1);
        removeFromDigest(changed, extra);
        expect(changed).toEqual(digest);
      }),
    );
  });

  it('differs in exactly the bucket of a row that differs', () => {
    fc.assert(
      fc.property(rowsArbitrary, rowArbitrary, (rows, extra) => {
        const theirs = digestOf(rows);
        addToDigest(theirs, extra);
        expect(differingBuckets(digestOf(rows), theirs)).toEqual([bucketOf(extra.rkey)]);
      }),
    );
  });

  it('sums up to what its buckets hold', () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const digest = digestOf(rows);
        const counts = Array.from(
          { length: 256 },
          (_, bucket) => sumOfBucket(digest, bucket).count,
        );
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
        expect(sumOfAll(digest).count).toBe(rows.length);
      }),
    );
    expect(newDigest().length).toBe(DIGEST_BYTES);
    expect(sumOfAll(newDigest())).toEqual({ count: 0, xor: '0'.repeat(32) });
  });
});
