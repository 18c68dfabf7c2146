import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isWord,
  placesToConfirm,
  secretToWords,
  wordsToSecret,
} from '../../../extension/sync/membership/words.ts';
import { isEqualBytes, type Bytes } from '../../../shared/protocol/bytes.ts';
import { randomBytes } from './support/test-device.ts';

describe('the 24 words', () => {
  it('are those of BIP-39', async () => {
    // From the test vectors of the standard (trezor/python-mnemonic, vectors.json).
    const zeros = await secretToWords(new Uint8Array(32));
    expect(zeros).toEqual([...Array.from({ length: 23 }, () => 'abandon'), 'art']);
    const sevens: Bytes = new Uint8Array(32).fill(0x7f);
    expect((await secretToWords(sevens)).slice(0, 4)).toEqual(['legal', 'winner', 'thank', 'year']);
  });

  it('lead back to the secret they were made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (bytes) => {
        const secret: Bytes = new Uint8Array(bytes);
        const read = await wordsToSecret((await secretToWords(secret)).join(' '));
        expect(read.ok && isEqualBytes(read.value, secret)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('are read as people write them: numbered, on lines, in capitals, cut after four letters', async () => {
    const secret = randomBytes(32);
    const words = await secretToWords(secret);
    const written = words.map((word, n) => `${String(n + 1)}. ${word.slice(0, 4).toUpperCase()}`);
    const read = await wordsToSecret(`\n${written.join('\r\n')}\n`);
    expect(read.ok && isEqualBytes(read.value, secret)).toBe(true);
  });

  it('say what is wrong: how many there are, which is unknown, or that two are swapped', async () => {
    const words = [...(await secretToWords(new Uint8Array(32).fill(5)))];
    expect(await wordsToSecret(words.slice(1).join(' '))).toEqual({
      ok: false,
      error: { code: 'words-count', count: 23 },
    });
    expect(await wordsToSecret(words.with(7, 'zzzz').join(' '))).toEqual({
      ok: false,
      error: { code: 'word-unknown', position: 8 },
    });
    const other = words.findIndex((word) => word !== words[0]);
    const swapped = words.with(0, words[other] ?? '').with(other, words[0] ?? '');
    expect(await wordsToSecret(swapped.join(' '))).toEqual({
      ok: false,
      error: { code: 'words-wrong' },
    });
  });

  it('are confirmed by three different ones, typed in full or by their first four letters', () => {
    for (let n = 0; n < 200; n += 1) {
      const places = placesToConfirm(randomBytes);
      expect(new Set(places).size).toBe(3);
      expect(places.every((place) => place >= 1 && place <= 24)).toBe(true);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
    expect(isWord('abandon', ' Aban ')).toBe(true);
    expect(isWord('abandon', 'aba')).toBe(false);
    expect(isWord('art', 'art')).toBe(true);
    expect(isWord('abandon', 'ability')).toBe(false);
  });
});
