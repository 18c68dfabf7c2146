import { describe, expect, it } from 'vitest';
import { createQuietSubtle } from './world/quiet-crypto.ts';

const bytes = (length: number, start = 1): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (start + index * 7) % 256);
const quiet = createQuietSubtle((length) => bytes(length, 3));
const { subtle } = globalThis.crypto;
const hex = (buffer: ArrayBuffer): string => Buffer.from(buffer).toString('hex');

/** Both do the same with the same; whoever wrote something, the other can read it. */
const both = [
  ['quiet', quiet, subtle],
  ['real', subtle, quiet],
] as const;

const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: bytes(16), info: bytes(9, 5) };
const aes = { name: 'AES-GCM', length: 256 };
const sealing = { name: 'AES-GCM', iv: bytes(12), additionalData: bytes(40, 9) };
/** A raw key in its PKCS #8 form (RFC 8410). */
const pkcs8 = (curve: 'X25519' | 'Ed25519', raw: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...Buffer.from(`302e020100300506032b65${curve === 'X25519' ? '6e' : '70'}04220420`, 'hex'),
    ...raw,
  ]);

describe('the simulation’s cryptography', () => {
  it('gives the same hashes, keys and bits as the real one', async () => {
    const results = await Promise.all(
      [quiet, subtle].map(async (one) => {
        const root = await one.importKey('raw', bytes(32), 'HKDF', false, [
          'deriveBits',
          'deriveKey',
        ]);
        const hmac = await one.deriveKey(
          hkdf,
          root,
          { name: 'HMAC', hash: 'SHA-256', length: 256 },
          false,
          ['sign'],
        );
        return [
          hex(await one.digest('SHA-256', bytes(100))),
          hex(await one.deriveBits(hkdf, root, 128)),
          hex(await one.sign('HMAC', hmac, bytes(77))),
        ];
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });

  it.each(both)('opens what the other has sealed: %s', async (_, sealer, opener) => {
    const keyOf = (one: SubtleCrypto, usage: 'encrypt' | 'decrypt') =>
      one.importKey('raw', bytes(32, 2), aes, false, [usage]);
    const sealed = await sealer.encrypt(sealing, await keyOf(sealer, 'encrypt'), bytes(50));
    const key = await keyOf(opener, 'decrypt');
    expect(new Uint8Array(await opener.decrypt(sealing, key, sealed))).toEqual(bytes(50));
    const changed = new Uint8Array(sealed);
    changed[3] = (changed[3] ?? 0) ^ 1;
    await expect(opener.decrypt(sealing, key, changed)).rejects.toThrow();
    const elsewhere = { ...sealing, additionalData: bytes(40, 10) };
    await expect(opener.decrypt(elsewhere, key, sealed)).rejects.toThrow();
  });

  it('agrees on the same secret, and makes the same signatures', async () => {
    const results = await Promise.all(
      [quiet, subtle].map(async (one) => {
        const mine = await one.importKey('pkcs8', pkcs8('X25519', bytes(32)), 'X25519', false, [
          'deriveBits',
        ]);
        const theirs = await one.importKey('raw', bytes(32, 9), 'X25519', false, []);
        const signer = await one.importKey('pkcs8', pkcs8('Ed25519', bytes(32)), 'Ed25519', false, [
          'sign',
        ]);
        const algorithm: { readonly name: string; readonly public: CryptoKey } = {
          name: 'X25519',
          public: theirs,
        };
        return [
          hex(await one.deriveBits(algorithm, mine, 256)),
          hex(await one.sign('Ed25519', signer, bytes(60))),
        ];
      }),
    );
    expect(results[0]).toEqual(results[1]);
  });

  it.each(both)('verifies what the other has signed, and nothing else: %s', async (_, a, b) => {
    const signer = await a.importKey('pkcs8', pkcs8('Ed25519', bytes(32, 4)), 'Ed25519', true, [
      'sign',
    ]);
    const pair = await quiet.generateKey('Ed25519', false, ['sign', 'verify']);
    if (!('publicKey' in pair)) throw new Error('Ed25519 gives a pair of keys');
    const raw = await quiet.exportKey('raw', pair.publicKey);
    if (!(raw instanceof ArrayBuffer)) throw new Error('a raw key is bytes');
    const publicKey = await b.importKey('raw', raw, 'Ed25519', false, ['verify']);
    // The quiet one makes keys from its seed: the bytes of the private key are known.
    const known = await a.importKey('pkcs8', pkcs8('Ed25519', bytes(32, 3)), 'Ed25519', false, [
      'sign',
    ]);
    const signature = await a.sign('Ed25519', known, bytes(60));
    expect(await b.verify('Ed25519', publicKey, signature, bytes(60))).toBe(true);
    expect(await b.verify('Ed25519', publicKey, signature, bytes(60, 2))).toBe(false);
    const other = await a.sign('Ed25519', signer, bytes(60));
    expect(await b.verify('Ed25519', publicKey, other, bytes(60))).toBe(false);
  });

  it('refuses what the real one refuses: a key for another use, or not to be exported', async () => {
    for (const one of [quiet, subtle]) {
      const key = await one.importKey('raw', bytes(32), aes, false, ['encrypt']);
      await expect(one.decrypt(sealing, key, bytes(50))).rejects.toThrow();
      await expect(one.exportKey('raw', key)).rejects.toThrow();
    }
  });
});
