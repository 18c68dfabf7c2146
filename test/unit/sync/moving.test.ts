import { describe, expect, it } from 'vitest';
import { createdWorkspace, pair, testDevice, type TestDevice } from './support/test-device.ts';
import { testWorker, WORKER_URL, type TestWorker } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];
const done = { ok: true, value: undefined };
const NEW_URL = 'https://new.example';

/** Two workers at two addresses; either can be out of reach. */
function twoWorkers() {
  const [old, next] = [testWorker(), testWorker()];
  const away = new Set<TestWorker>();
  const fetch: TestWorker['fetch'] = async (url, init) => {
    const worker = url.startsWith(NEW_URL) ? next : old;
    if (away.has(worker)) throw new TypeError('no network');
    return worker.fetch(url, init);
  };
  return { old, next, away, fetch };
}

async function twoDevices(fetch: TestWorker['fetch']) {
  const [a, b] = [testDevice({ fetch }), testDevice({ fetch })];
  await createdWorkspace(a);
  await pair(a, b);
  for (let n = 0; n < 5; n += 1) a.store.edit(...client(n), { name: `Client ${String(n)}` });
  for (const device of [a, b]) await device.client.syncNow();
  return { a, b };
}

const urlOf = async (device: TestDevice) => (await device.client.status()).workspace?.workerUrl;
const rowsAt = (worker: TestWorker): number =>
  [...worker.sql.values()].reduce(
    (sum, { database }) =>
      sum + Number(database.prepare('SELECT count(*) AS n FROM rows').get()?.['n'] ?? 0),
    0,
  );

describe('moving to another worker', () => {
  it('takes everything along, and the other devices follow by themselves', async () => {
    const { next, fetch } = twoWorkers();
    const { a, b } = await twoDevices(fetch);
    b.store.edit(...client(9), { name: 'not sent yet' });
    expect(await a.client.moveWorkspace({ workerUrl: NEW_URL })).toEqual(done);
    expect(await urlOf(a)).toBe(NEW_URL);
    expect(await a.client.status()).toMatchObject({ state: 'idle', problem: null, pending: 0 });
    expect(rowsAt(next)).toBeGreaterThanOrEqual(5);
    await b.client.syncNow();
    expect(await urlOf(b)).toBe(NEW_URL);
    expect(await b.client.syncNow()).toMatchObject({ state: 'idle', problem: null, pending: 0 });
    await a.client.syncNow();
    expect(a.store.value(...client(9), 'name')).toBe('not sent yet');
    expect(a.store.dump()).toBe(b.store.dump());
  });

  it('changes nothing when the new worker refuses', async () => {
    const { old, away, next, fetch } = twoWorkers();
    const { a, b } = await twoDevices(fetch);
    away.add(next);
    expect(await a.client.moveWorkspace({ workerUrl: NEW_URL })).toEqual({
      ok: false,
      error: 'offline',
    });
    expect(await urlOf(a)).toBe(WORKER_URL);
    a.store.edit(...client(1), { tier: 'A' });
    for (const device of [a, b]) await device.client.syncNow();
    expect(b.store.value(...client(1), 'tier')).toBe('A');
    expect(rowsAt(old)).toBe(5);
  });

  it('is finished by the next page when this one closes after the old worker was told', async () => {
    const { next, fetch } = twoWorkers();
    const { a, b } = await twoDevices(fetch);
    let creations = 0;
    next.intercept = (path, send) => {
      const isSecond = path === '/v1/workspaces' && (creations += 1) === 2;
      return isSecond ? Promise.reject(new TypeError('the page closed')) : send();
    };
    expect(await a.client.moveWorkspace({ workerUrl: NEW_URL })).toMatchObject({ ok: false });
    next.intercept = null;
    const again = a.restart();
    await again.client.attend();
    for (const device of [again, b, b, again]) await device.client.syncNow();
    expect(await urlOf(again)).toBe(NEW_URL);
    expect(await urlOf(b)).toBe(NEW_URL);
    expect(b.store.dump()).toBe(a.store.dump());
    expect(await b.client.status()).toMatchObject({ state: 'idle', problem: null, pending: 0 });
  });

  it('works without the old worker, and the others are told the address by a person', async () => {
    const { old, away, fetch } = twoWorkers();
    const { a, b } = await twoDevices(fetch);
    b.store.edit(...client(9), { name: 'not sent yet' });
    away.add(old);
    expect(await a.client.moveWithoutOld({ workerUrl: NEW_URL })).toEqual(done);
    expect(await a.client.status()).toMatchObject({ state: 'idle', pending: 0 });
    expect(await b.client.syncNow()).toMatchObject({ state: 'offline' });
    expect(await b.client.followMove(NEW_URL)).toEqual(done);
    expect(await b.client.syncNow()).toMatchObject({ state: 'idle', problem: null, pending: 0 });
    await a.client.syncNow();
    expect(a.store.dump()).toBe(b.store.dump());
    expect(a.store.size()).toBe(6);
  });

  it('does not follow to a worker that has another workspace, or none', async () => {
    const { fetch } = twoWorkers();
    const { b } = await twoDevices(fetch);
    expect(await b.client.followMove(NEW_URL)).toMatchObject({ ok: false });
    expect(await b.client.followMove('http://new.example')).toEqual({
      ok: false,
      error: 'worker-url-invalid',
    });
    expect(await urlOf(b)).toBe(WORKER_URL);
  });

  it('is for owners to decide', async () => {
    const { fetch } = twoWorkers();
    const { a, b } = await twoDevices(fetch);
    const people = await a.client.people();
    expect(people.ok && people.value.me.role).toBe('owner');
    await a.client.deleteThere();
    expect(await a.client.status()).toMatchObject({ state: 'none' });
    expect(await b.client.syncNow()).toMatchObject({ problem: 'workspace-missing' });
    expect(b.store.size()).toBe(5);
    // Somebody still wants it: it is put back as it was.
    expect(await b.client.restoreWorkspace()).toEqual(done);
    expect(await b.client.status()).toMatchObject({ state: 'idle', pending: 0, problem: null });
  });
});
