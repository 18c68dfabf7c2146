import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../shared/clock.ts';
import {
  concatBytes,
  isEqualBytes,
  textToBytes,
  type Bytes,
} from '../../../shared/protocol/bytes.ts';
import { compress, decompress } from '../../../shared/protocol/compress.ts';
import type { WorkspaceId } from '../../../shared/protocol/ids.ts';
import { newKeyring } from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { MAX_PLAINTEXT_BYTES } from '../../../shared/protocol/limits.ts';
import { open, paddedLength, readEnvelopeHeader, seal } from '../../../shared/seal.ts';
import { randomBytes } from './support/random.ts';

const device = '0011223344556677' as DeviceId;
const workspace = 'a'.repeat(32) as WorkspaceId;
const keyring = newKeyring(randomBytes);
const keys = await createWorkspaceKeys(workspace, keyring);
const rowKey = await keys.rowKey('clients', 'client-1');
const plaintext = textToBytes('{"name":"Levi & Sons"}');
const sealIt = (bytes: Bytes): Promise<Bytes> => seal(keys, device, rowKey, bytes, randomBytes);

describe('a sealed row', () => {
  it('opens to what was sealed, at every size up to beyond deflating', async () => {
    for (const length of [0, 1, 255, 512, 513, 5000, 200_000]) {
      const content = textToBytes('x'.repeat(length));
      const opened = await open(keys, rowKey, await sealIt(content));
      expect(opened.ok && isEqualBytes(opened.value, content)).toBe(true);
    }
  });

  it('names version, key epoch and device, and nothing of its content', async () => {
    const sealed = await sealIt(plaintext);
    expect(readEnvelopeHeader(sealed)).toEqual({ version: 1, keyEpoch: 1, device });
    expect(new TextDecoder('latin1').decode(sealed)).not.toContain('Levi');
  });

  it('has one of few sizes, at most an eighth longer above four kilobytes', async () => {
    const short = await sealIt(textToBytes('a'));
    const longer = await sealIt(textToBytes('a'.repeat(200)));
    expect(short.length).toBe(longer.length);
    for (let length = 4096; length < 200_000; length += 997) {
      expect(paddedLength(length)).toBeGreaterThanOrEqual(length);
      expect(paddedLength(length)).toBeLessThanOrEqual(length * 1.125);
    }
  });

  it('is not authentic under the name of another row', async () => {
    const other = await keys.rowKey('clients', 'client-2');
    expect(await open(keys, other, await sealIt(plaintext))).toEqual({
      ok: false,
      error: 'not-authentic',
    });
  });

  it('is not authentic in another workspace, even with the same key', async () => {
    const elsewhere = await createWorkspaceKeys('b'.repeat(32) as WorkspaceId, keyring);
    expect(await open(elsewhere, rowKey, await sealIt(plaintext))).toEqual({
      ok: false,
      error: 'not-authentic',
    });
  });

  it('is not authentic with any one bit changed, in its header as well', async () => {
    const sealed = await sealIt(plaintext);
    for (const index of [5, 12, 13, 24, 25, sealed.length - 1]) {
      const changed = sealed.slice();
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect((await open(keys, rowKey, changed)).ok).toBe(false);
    }
  });

  it('of a newer version or key epoch is told apart from a broken one', async () => {
    const sealed = await sealIt(plaintext);
    expect(await open(keys, rowKey, concatBytes(Uint8Array.of(2), sealed.subarray(1)))).toEqual({
      ok: false,
      error: 'newer-version',
    });
    const nextEpoch = concatBytes(sealed.subarray(0, 4), Uint8Array.of(2), sealed.subarray(5));
    expect(await open(keys, rowKey, nextEpoch)).toEqual({ ok: false, error: 'unknown-key-epoch' });
    expect(await open(keys, rowKey, sealed.subarray(0, 40))).toEqual({
      ok: false,
      error: 'not-authentic',
    });
  });

  it('cannot fill the memory: what unpacks to more than a row may hold is malformed', async () => {
    const bomb = await sealIt(new Uint8Array(MAX_PLAINTEXT_BYTES + 1));
    expect(bomb.length).toBeLessThan(4096);
    expect(await open(keys, rowKey, bomb)).toEqual({ ok: false, error: 'malformed' });
    expect(await decompress(await compress(new Uint8Array(5000)), 4999)).toBeNull();
  });
});

describe('what is derived from the workspace key', () => {
  it('is the same on every device with the key and different with any other', async () => {
    const again = await createWorkspaceKeys(workspace, keyring);
    const other = await createWorkspaceKeys(workspace, newKeyring(randomBytes));
    expect(await again.rowKey('clients', 'client-1')).toBe(rowKey);
    expect(again.keyCheck).toBe(keys.keyCheck);
    expect(isEqualBytes(again.proof, keys.proof)).toBe(true);
    expect(await other.rowKey('clients', 'client-1')).not.toBe(rowKey);
    expect(other.keyCheck).not.toBe(keys.keyCheck);
  });

  it('tells table and id apart', async () => {
    expect(await keys.rowKey('ab', 'c')).not.toBe(await keys.rowKey('a', 'bc'));
  });

  it('gives one row the same hash for the same content, and two rows different ones', async () => {
    const hash = await keys.contentHash(rowKey, plaintext);
    expect(await keys.contentHash(rowKey, plaintext)).toBe(hash);
    expect(await keys.contentHash(await keys.rowKey('clients', 'x'), plaintext)).not.toBe(hash);
  });
});
