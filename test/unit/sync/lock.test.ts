import { describe, expect, it } from 'vitest';
import type { StoredIdentity } from '../../../extension/sync/identity.ts';
import { bytesToHex, isEqualBytes, textToBytes } from '../../../shared/protocol/bytes.ts';
import { passphraseToKey } from '../../../extension/sync/membership/passphrase.ts';
import { createdWorkspace, pair, testDevice } from './support/test-device.ts';
import { testWorker } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];
const done = { ok: true, value: undefined };
const PASSPHRASE = 'correct horse battery staple';
const MINUTE_MS = 60_000;

async function lockedDevice() {
  const worker = testWorker();
  let skewMs = 0;
  const clock = { now: () => Date.now() + skewMs };
  const device = testDevice(worker, clock);
  await createdWorkspace(device);
  expect(await device.client.setLock({ passphrase: PASSPHRASE, idleMinutes: 10 })).toEqual(done);
  const pass = (ms: number): void => {
    skewMs += ms;
  };
  return { worker, device, pass };
}

describe('the passphrase', () => {
  it('gives the key that the reference implementation of Argon2id gives', async () => {
    // P-H-C/phc-winner-argon2, src/test.c: t=2, m=2^16, p=1.
    const salt = textToBytes('somesalt');
    const key = await passphraseToKey('password', salt, { memoryKiB: 65_536, passes: 2 });
    expect(bytesToHex(key)).toBe(
      '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
    );
  });

  it('is the same however its letters were composed', async () => {
    const salt = new Uint8Array(16).fill(7);
    const cost = { memoryKiB: 32, passes: 1 };
    const composed = await passphraseToKey('caf\u00e9 noir', salt, cost);
    expect(isEqualBytes(composed, await passphraseToKey('cafe\u0301 noir', salt, cost))).toBe(true);
  });
});

describe('a locked device', () => {
  it('exchanges nothing, keeps working, and sends everything once it is unlocked', async () => {
    const { worker, device } = await lockedDevice();
    expect((await device.client.status()).workspace?.lockAfterMinutes).toBe(10);
    device.store.edit(...client(1), { name: 'while open' });
    expect(await device.client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    await device.client.lock();
    worker.requests.length = 0;
    device.store.edit(...client(2), { name: 'while locked' });
    expect(await device.client.syncNow()).toMatchObject({
      state: 'locked',
      problem: 'locked',
      pending: 1,
    });
    expect(worker.requests).toEqual([]);
    expect(await device.client.unlock('not the passphrase')).toEqual({
      ok: false,
      error: 'wrong-passphrase',
    });
    expect((await device.client.status()).state).toBe('locked');
    expect(await device.client.unlock(PASSPHRASE)).toEqual(done);
    expect(await device.client.status()).toMatchObject({
      state: 'idle',
      problem: null,
      pending: 0,
    });
  });

  it('has its keys on no disk: only the passphrase opens what is stored', async () => {
    const { device } = await lockedDevice();
    const { secrets } = device.store.kv.get('sync-identity') as StoredIdentity;
    expect(secrets.kind).toBe('passphrase');
    expect(Object.values(secrets).some((value) => value instanceof CryptoKey)).toBe(false);
    // Closing the browser empties its memory.
    device.unlocked.value = null;
    expect(await device.restart().client.syncNow()).toMatchObject({ state: 'locked' });
    expect(await device.client.startPairing()).toEqual({ ok: false, error: 'locked' });
  });

  it('locks by itself after idle minutes, and signs of a user put that off', async () => {
    const { device, pass } = await lockedDevice();
    pass(6 * MINUTE_MS);
    await device.client.noteUse();
    pass(6 * MINUTE_MS);
    expect((await device.client.syncNow()).state).toBe('idle');
    pass(5 * MINUTE_MS);
    expect((await device.client.status()).state).toBe('locked');
    expect(device.unlocked.value).toBeNull();
  });

  it('is not kept open by a clock that is set back', async () => {
    const { device, pass } = await lockedDevice();
    pass(-60 * MINUTE_MS);
    expect((await device.client.status()).state).toBe('locked');
  });

  it('stays locked in the same way when the keys change, and can be opened for good', async () => {
    const { worker, device } = await lockedDevice();
    const [second, third] = [testDevice(worker), testDevice(worker)];
    await pair(device, second);
    await pair(device, third);
    await second.client.removeDevice(third.id);
    second.store.edit(...client(1), { name: 'under the new key' });
    await second.client.syncNow();
    expect(await device.client.syncNow()).toMatchObject({ problem: null });
    expect(device.store.value(...client(1), 'name')).toBe('under the new key');
    await device.client.lock();
    expect((await device.restart().client.syncNow()).state).toBe('locked');
    expect(await device.client.unlock(PASSPHRASE)).toEqual(done);
    expect(await device.client.removeLock()).toEqual(done);
    device.unlocked.value = null;
    expect((await device.restart().client.syncNow()).state).toBe('idle');
  });

  it('asks for a passphrase worth the name', async () => {
    const worker = testWorker();
    const device = testDevice(worker);
    await createdWorkspace(device);
    expect(await device.client.setLock({ passphrase: 'short', idleMinutes: 5 })).toEqual({
      ok: false,
      error: 'passphrase-short',
    });
    expect((await device.client.status()).workspace?.lockAfterMinutes).toBeNull();
  });
});
