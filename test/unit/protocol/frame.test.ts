import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, u32ToBytes, type Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeFrame, encodeFrame, splitBody } from '../../../shared/protocol/frame.ts';
import { MAX_HEADER_BYTES } from '../../../shared/protocol/limits.ts';

const blobsArbitrary = fc.array(
  fc.uint8Array({ maxLength: 40 }).map((bytes): Bytes => new Uint8Array(bytes)),
  { maxLength: 8 },
);

describe('a frame', () => {
  it('decodes to the header and the blobs it was made of', () => {
    fc.assert(
      fc.property(blobsArbitrary, fc.string(), (blobs, text) => {
        const sizes = blobs.map(({ length }) => length);
        const frame = decodeFrame(encodeFrame({ text, sizes }, blobs));
        if (!frame.ok) throw new Error(frame.error);
        expect(frame.value.header).toEqual({ text, sizes });
        expect(splitBody(frame.value.body, sizes)?.map((blob) => Array.from(blob))).toEqual(
          blobs.map((blob) => Array.from(blob)),
        );
      }),
    );
  });

  it('is refused rather than thrown on, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof decodeFrame(new Uint8Array(bytes)).ok).toBe('boolean');
      }),
    );
    expect(decodeFrame(new Uint8Array(3))).toEqual({ ok: false, error: 'too-short' });
    expect(decodeFrame(concatBytes(u32ToBytes(9), Uint8Array.of(1)))).toEqual({
      ok: false,
      error: 'too-short',
    });
    expect(decodeFrame(u32ToBytes(MAX_HEADER_BYTES + 1))).toEqual({
      ok: false,
      error: 'header-too-large',
    });
    expect(decodeFrame(concatBytes(u32ToBytes(1), Uint8Array.of(0xff)))).toEqual({
      ok: false,
      error: 'header-not-json',
    });
  });

  it('is not cut when its sizes do not add up to exactly its body', () => {
    expect(splitBody(new Uint8Array(5), [2, 2])).toBeNull();
    expect(splitBody(new Uint8Array(5), [2, 4])).toBeNull();
  });
});
