import { describe, expect, it } from 'vitest';
import { createdWorkspace, pair, testDevice, type TestDevice } from './support/test-device.ts';
import { testWorker, WORKER_URL } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];
const done = { ok: true, value: undefined };

/** Writes the words down and confirms the three that are asked for. */
async function writeDown(device: TestDevice): Promise<string> {
  const made = await device.client.newRecoveryWords();
  const typed = made.places.map((place) => made.words[place - 1] ?? '');
  expect(await device.client.confirmRecoveryWords(made, typed)).toEqual(done);
  return made.words.join(' ');
}

const recover = (device: TestDevice, words: string) =>
  device.client.recover({ workerUrl: WORKER_URL, words, deviceName: 'New laptop' });

describe('recovery words', () => {
  it('bring everything back to a new device when all others are lost', async () => {
    const worker = testWorker();
    const lost = testDevice(worker);
    await createdWorkspace(lost);
    lost.store.edit(...client(1), { name: 'Levi' });
    await lost.client.syncNow();
    const words = await writeDown(lost);
    lost.store.edit(...client(2), { name: 'after the words' });
    await lost.client.syncNow();
    lost.client.close();
    const found = testDevice(worker);
    expect(await recover(found, words)).toEqual(done);
    expect(await found.client.status()).toMatchObject({
      state: 'idle',
      problem: null,
      workspace: { role: 'owner', deviceName: 'New laptop' },
    });
    expect(found.store.dump()).toBe(lost.store.dump());
    // It can do whatever its member could: end the lost device, for one.
    expect(await found.client.removeDevice(lost.id)).toEqual(done);
    found.store.edit(...client(3), { name: 'goes on' });
    expect(await found.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    // The paper stays good: its device gets a package of each new key.
    const again = testDevice(worker);
    expect(await recover(again, words)).toEqual(done);
    expect(again.store.value(...client(3), 'name')).toBe('goes on');
  });

  it('count only once three of them are confirmed', async () => {
    const worker = testWorker();
    const device = testDevice(worker);
    await createdWorkspace(device);
    const made = await device.client.newRecoveryWords();
    expect(await device.client.confirmRecoveryWords(made, ['one', 'two', 'three'])).toEqual({
      ok: false,
      error: 'words-wrong',
    });
    const people = await device.client.people();
    expect(people.ok && people.value.hasRecovery).toBe(false);
    expect(await recover(testDevice(worker), made.words.join(' '))).toEqual({
      ok: false,
      error: 'recovery-unknown',
    });
  });

  it('end with new ones: the old paper opens nothing that is written from now on', async () => {
    const worker = testWorker();
    const [device, second] = [testDevice(worker), testDevice(worker)];
    await createdWorkspace(device);
    await pair(device, second);
    const old = await writeDown(device);
    const current = await writeDown(device);
    const people = await device.client.people();
    expect(people.ok && people.value).toMatchObject({ hasRecovery: true, keyEpoch: 2 });
    expect((await recover(testDevice(worker), old)).ok).toBe(false);
    expect(await recover(testDevice(worker), current)).toEqual(done);
    second.store.edit(...client(1), { name: 'both go on' });
    expect(await second.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
  });

  it('are found although the page closed before the worker had heard of them', async () => {
    const worker = testWorker();
    const device = testDevice(worker);
    await createdWorkspace(device);
    const made = await device.client.newRecoveryWords();
    const typed = made.places.map((place) => made.words[place - 1] ?? '');
    worker.intercept = (path, send) =>
      path.endsWith('/recovery') ? Promise.reject(new TypeError('the line broke')) : send();
    expect(await device.client.confirmRecoveryWords(made, typed)).toEqual({
      ok: false,
      error: 'offline',
    });
    worker.intercept = null;
    await device.restart().client.attend();
    expect(await recover(testDevice(worker), made.words.join(' '))).toEqual(done);
  });

  it('say where a word is not one, before anything is sent', async () => {
    const worker = testWorker();
    const device = testDevice(worker);
    const words = Array.from({ length: 24 }, () => 'abandon').with(4, 'xylograph');
    expect(await recover(device, words.join(' '))).toEqual({
      ok: false,
      error: { code: 'word-unknown', position: 5 },
    });
    expect(worker.requests).toEqual([]);
  });

  it('let the worker learn neither words nor workspace', async () => {
    const worker = testWorker();
    const seen: string[] = [];
    const fetch: typeof worker.fetch = (url, init) => {
      seen.push(
        `${url} ${JSON.stringify(init.headers)} ${typeof init.body === 'string' ? init.body : ''}`,
      );
      return worker.fetch(url, init);
    };
    const device = testDevice({ fetch });
    await createdWorkspace(device);
    const words = await writeDown(device);
    await recover(testDevice({ fetch }), words);
    const text = seen.join('\n');
    expect(text).toContain('find-recovery');
    for (const word of new Set(words.split(' '))) expect(text).not.toContain(` ${word} `);
  });
});
