import type { Bytes } from '../../../shared/protocol/bytes.ts';

/**
 * Argon2id (RFC 9106), with that document's second recommended choice: 64 MiB and three passes. It is
 * what makes guessing a stolen profile's passphrase cost something; less memory makes it cheaper on
 * a graphics card, more would fail on small machines. Kept with what it protects, so that it can be
 * raised later.
 */
export interface PassphraseCost {
  readonly memoryKiB: number;
  readonly passes: number;
}
export const PASSPHRASE_COST: PassphraseCost = { memoryKiB: 64 * 1024, passes: 3 };
export const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** 32 bytes. Hundreds of milliseconds of one processor; the module comes when first needed. */
export async function passphraseToKey(
  passphrase: string,
  salt: Bytes,
  { memoryKiB, passes }: PassphraseCost,
): Promise<Bytes> {
  const { argon2id } = await import('hash-wasm');
  const key = await argon2id({
    // The same text typed on another keyboard may come composed differently.
    password: passphrase.normalize('NFC'),
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: 1,
    hashLength: KEY_BYTES,
    outputType: 'binary',
  });
  return new Uint8Array(key);
}
