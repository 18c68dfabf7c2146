import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { bytesToHex } from '../../../shared/protocol/bytes.ts';
import { removeFromDigest } from '../../../shared/protocol/digest.ts';
import { rowKeySchema } from '../../../shared/protocol/ids.ts';
import { createdWorkspace, pair, testDevice } from './support/test-device.ts';
import { testWorker, type TestWorker } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];
const HOUR_MS = 3_600_000;

async function twoDevices(worker: TestWorker) {
  let aheadMs = 0;
  worker.now = () => Date.now() + aheadMs;
  const now = (): number => Date.now() + aheadMs;
  const [a, b] = [testDevice(worker, { now }), testDevice(worker, { now })];
  await createdWorkspace(a);
  await pair(a, b);
  for (let n = 0; n < 20; n += 1) a.store.edit(...client(n), { name: `Client ${String(n)}` });
  for (const device of [a, b, a]) await device.client.syncNow();
  const pass = (ms: number): void => {
    aheadMs += ms;
  };
  return { a, b, pass };
}

/** A row vanishes at the worker as well; its digest is always right about what it has. */
function loseThere(worker: TestWorker, where: string): void {
  const [sql] = worker.sql.values();
  const row = sql?.database.prepare(`SELECT rkey, hash FROM rows WHERE ${where}`).get();
  const buckets = sql?.database.prepare('SELECT buckets FROM digest').get()?.['buckets'];
  const rkey = row?.['rkey'];
  if (!(rkey instanceof Uint8Array) || !(buckets instanceof Uint8Array)) throw new Error('no row');
  const digest = new Uint8Array(buckets);
  const key = v.parse(rowKeySchema, bytesToHex(rkey));
  removeFromDigest(digest, { rkey: key, hash: String(row?.['hash']) });
  sql?.database.prepare('UPDATE digest SET buckets = ?').run(digest);
  sql?.database.prepare('DELETE FROM rows WHERE rkey = ?').run(rkey);
}

describe('two sides that should hold the same', () => {
  it('are compared every few hours, for the price of two small answers, and the status says when', async () => {
    const worker = testWorker();
    const { a, pass } = await twoDevices(worker);
    const before = (await a.client.status()).comparedAt;
    pass(4 * HOUR_MS);
    worker.requests.length = 0;
    await a.client.syncNow();
    expect(worker.requests.filter((request) => request.includes('digest'))).toHaveLength(1);
    expect((await a.client.status()).comparedAt).toBeGreaterThan(before ?? 0);
    worker.requests.length = 0;
    await a.client.syncNow();
    expect(worker.requests.some((request) => request.includes('digest'))).toBe(false);
  });

  it('are made equal again: what is missing here is fetched, what is missing there is sent', async () => {
    const worker = testWorker();
    const { a, b, pass } = await twoDevices(worker);
    a.store.lose(...client(3));
    loseThere(worker, 'seq = (SELECT max(seq) FROM rows)');
    const [sql] = worker.sql.values();
    expect(a.store.size()).toBe(19);
    pass(4 * HOUR_MS);
    await a.client.syncNow();
    pass(HOUR_MS);
    await a.client.syncNow();
    expect(a.store.size()).toBe(20);
    expect(sql?.database.prepare('SELECT count(*) AS n FROM rows').get()?.['n']).toBe(20);
    await b.client.syncNow();
    expect(a.store.dump()).toBe(b.store.dump());
    // The last try found both sides equal; the two are noted one after the other.
    const { comparedAt } = await a.client.status();
    const triedAt = Number(a.store.kv.get('sync-compare-tried-at'));
    expect(Math.abs((comparedAt ?? 0) - triedAt)).toBeLessThan(HOUR_MS);
  });

  it('count a row that cannot be read here on both sides', async () => {
    const worker = testWorker();
    const { a, b, pass } = await twoDevices(worker);
    const [sql] = worker.sql.values();
    const row = sql?.database.prepare('SELECT seq, sealed FROM rows').get();
    const sealed = row?.['sealed'];
    if (!(sealed instanceof Uint8Array)) throw new Error('no row');
    sealed[0] = 2;
    sql?.database
      .prepare('UPDATE rows SET sealed = ?, seq = (SELECT max(seq) + 1 FROM rows) WHERE seq = ?')
      .run(sealed, row?.['seq'] ?? null);
    sql?.database.exec('UPDATE workspace SET head = head + 1');
    const c = testDevice(worker, { now: worker.now });
    await pair(a, c);
    expect(await c.client.syncNow()).toMatchObject({ setAside: 1, problem: 'rows-set-aside' });
    pass(4 * HOUR_MS);
    worker.requests.length = 0;
    await c.client.syncNow();
    expect(worker.requests.some((request) => request.includes('bucket'))).toBe(false);
    expect([...a.unexpected, ...b.unexpected, ...c.unexpected]).toEqual([]);
  });
});

describe('a device that was away for too long', () => {
  it('takes over what is there, puts aside what others have deleted, and loses none of its own edits', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    b.client.close();
    a.store.edit(...client(1), { deleted: true });
    a.store.edit(...client(2), { name: 'Renamed' });
    await a.client.syncNow();
    b.store.edit(...client(7), { notes: 'written on a boat' });
    const [sql] = worker.sql.values();
    const dead = sql?.database.prepare('SELECT seq FROM rows WHERE dead = 1').get();
    loseThere(worker, 'dead = 1');
    sql?.database.prepare('UPDATE workspace SET horizon = ?').run(dead?.['seq'] ?? 0);
    b.store.kv.set('sync-last-success-at', Date.now() - 181 * 86_400_000);
    const again = b.restart();
    expect(await again.client.syncNow()).toMatchObject({
      state: 'idle',
      problem: null,
      pending: 0,
    });
    expect(b.store.state(...client(1))).toBeUndefined();
    expect([...b.store.dropped.keys()]).toEqual(['clients/client-1']);
    expect(b.store.value(...client(2), 'name')).toBe('Renamed');
    await a.client.syncNow();
    expect(a.store.value(...client(7), 'notes')).toBe('written on a boat');
    await a.store.forgetTombstones(Number.MAX_SAFE_INTEGER);
    expect(a.store.dump()).toBe(b.store.dump());
  });
});

describe('a device that was here lately', () => {
  it('puts nothing away because a worker says that it was deleted long ago', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    b.client.close();
    const [sql] = worker.sql.values();
    loseThere(worker, 'dead = 0');
    sql?.database.prepare('UPDATE workspace SET horizon = head + 1').run();
    const again = b.restart();
    await again.client.syncNow();
    expect(b.store.dropped.size).toBe(0);
    expect(b.store.dump()).toBe(a.store.dump());
  });
});

describe('versions of the software', () => {
  it('below the floor of the workspace exchange nothing, keep everything, and say what to do', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    worker.intercept = async (_path, _send) =>
      Response.json({ error: { code: 'client-too-old', floor: 9 } }, { status: 426 });
    b.store.edit(...client(1), { tier: 'A' });
    expect(await b.client.syncNow()).toMatchObject({
      state: 'error',
      problem: 'client-too-old',
      pending: 1,
    });
    worker.intercept = null;
    expect(await b.client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    await a.client.syncNow();
    expect(a.store.value(...client(1), 'tier')).toBe('A');
  });
});
