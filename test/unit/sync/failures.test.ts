import { describe, expect, it } from 'vitest';
import { encodeFrame, decodeFrame, splitBody } from '../../../shared/protocol/frame.ts';
import {
  openSecrets,
  sealByDevice,
  type StoredIdentity,
} from '../../../extension/sync/identity.ts';
import { newKeyring } from '../../../shared/protocol/keyring.ts';
import {
  createdWorkspace,
  pair,
  randomBytes,
  testDevice,
  until,
  type TestDevice,
} from './support/test-device.ts';
import { testWorker, type TestWorker } from './support/test-worker.ts';

const DAY_MS = 86_400_000;
const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];

async function twoDevices(worker: TestWorker, options: Parameters<typeof testDevice>[1] = {}) {
  const a = testDevice(worker);
  const b = testDevice(worker, options);
  await createdWorkspace(a);
  await pair(a, b);
  return { a, b };
}

const syncAll = async (...devices: readonly TestDevice[]): Promise<void> => {
  for (const device of devices) await device.client.syncNow();
};

const problemOf = async (device: TestDevice) => (await device.client.status()).problem;

describe('sync, where other products failed', () => {
  it('does not move the cursor past a page that was not applied', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    b.store.failApply(1);
    const before = b.store.kv.get('sync-cursor');
    const failed = await b.client.syncNow();
    expect(failed).toMatchObject({ state: 'error', problem: 'storage-failed' });
    expect(b.store.kv.get('sync-cursor')).toBe(before);
    await b.client.syncNow();
    expect(b.store.value(...client(1), 'name')).toBe('Levi & Sons');
    expect(await problemOf(b)).toBeNull();
  });

  it('does not wait for the echo of its own push, nor fetches it', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    await a.client.syncNow();
    worker.requests.length = 0;
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await until(async () => (await a.store.pendingCount()) === 0);
    const ours = worker.requests.filter((request) => request.includes('/workspaces/'));
    expect(ours.map((request) => request.split('/').at(-1))).toEqual(['push']);
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
  });

  it('sends everything again to a worker that was wiped, and other devices follow', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    for (let n = 0; n < 30; n += 1) a.store.edit(...client(n), { name: `Client ${String(n)}` });
    await syncAll(a, b);
    const [sql] = worker.sql.values();
    sql?.database.exec(
      `DELETE FROM rows; DELETE FROM batches; UPDATE workspace SET head = 0, row_count = 0, byte_count = 0, epoch = '${'e'.repeat(32)}'`,
    );
    await syncAll(a, b);
    const stored = sql?.database.prepare('SELECT count(*) AS n FROM rows').get();
    expect(stored?.['n']).toBe(30);
    expect(await a.client.status()).toMatchObject({ state: 'idle', pending: 0, problem: null });
    expect(b.store.dump()).toBe(a.store.dump());
  });

  it('notices a worker that went back in time, and brings it forward again', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'before the backup' });
    await syncAll(a, b);
    const [sql] = worker.sql.values();
    const backup = sql?.database.prepare('SELECT * FROM rows').all() ?? [];
    const head = sql?.database.prepare('SELECT head FROM workspace').get()?.['head'];
    a.store.edit(...client(1), { name: 'after the backup' });
    a.store.edit(...client(2), { name: 'only after' });
    await syncAll(a, b);
    // The backup is of the whole database: no version had been written over yet.
    sql?.database.exec('DELETE FROM rows; DELETE FROM versions');
    for (const row of backup) {
      const columns = Object.keys(row);
      sql?.database
        .prepare(`INSERT INTO rows (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
        .run(...columns.map((column) => row[column] ?? null));
    }
    sql?.database.exec(
      `UPDATE workspace SET head = ${String(head)}, row_count = ${String(backup.length)}`,
    );
    await syncAll(a, b);
    const c = testDevice(worker);
    await pair(a, c);
    expect(c.store.value(...client(1), 'name')).toBe('after the backup');
    expect(c.store.value(...client(2), 'name')).toBe('only after');
  });

  it('says that the workspace is missing, and can put it back', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    worker.wipe();
    expect(await a.client.syncNow()).toMatchObject({
      state: 'error',
      problem: 'workspace-missing',
    });
    expect(await a.client.restoreWorkspace()).toEqual({ ok: true, value: undefined });
    expect(await a.client.status()).toMatchObject({ state: 'idle', pending: 0, problem: null });
    const c = testDevice(worker);
    await pair(a, c);
    expect(c.store.value(...client(1), 'name')).toBe('Levi & Sons');
  });

  it('stops with a wrong key: nothing is sent, set aside or thrown away', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    const identity = b.store.kv.get('sync-identity') as StoredIdentity;
    const secrets = await openSecrets(identity.secrets, null);
    if (!secrets) throw new Error('the secrets open');
    const others = { token: secrets.token, keyring: newKeyring(randomBytes) };
    b.store.kv.set('sync-identity', {
      ...identity,
      secrets: await sealByDevice(others, randomBytes),
      revision: 'another',
    });
    b.store.edit(...client(2), { name: 'only here' });
    const again = b.restart();
    expect(await again.client.syncNow()).toMatchObject({
      state: 'error',
      problem: 'wrong-key',
      pending: 1,
      setAside: 0,
      heldBack: 0,
    });
    b.store.kv.set('sync-identity', identity);
    expect(await again.restart().client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    expect(b.store.value(...client(1), 'name')).toBe('Levi & Sons');
  });

  it('opens nothing when the worker itself claims another key', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    const [sql] = worker.sql.values();
    sql?.database.exec(`UPDATE workspace SET key_check = '${'0'.repeat(32)}'`);
    expect(await b.client.syncNow()).toMatchObject({ problem: 'worker-lies', setAside: 0 });
  });

  it('refuses rows that the worker has swapped, keeps their place, and heals when they are back', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'One' });
    a.store.edit(...client(2), { name: 'Two' });
    a.store.edit(...client(3), { name: 'Three' });
    await a.client.syncNow();
    worker.intercept = (path, send) =>
      path.endsWith('/pull') ? send().then(swapFirstTwo) : send();
    expect(await b.client.syncNow()).toMatchObject({ problem: 'rows-set-aside', setAside: 2 });
    expect(b.store.value(...client(1), 'name')).toBeUndefined();
    expect(b.store.value(...client(2), 'name')).toBeUndefined();
    expect(b.store.value(...client(3), 'name')).toBe('Three');
    worker.intercept = null;
    b.store.kv.delete('sync-set-aside-tried-at');
    expect(await b.restart().client.syncNow()).toMatchObject({ problem: null, setAside: 0 });
    expect(b.store.dump()).toBe(a.store.dump());
  });

  it('stamps correctly with a clock that is years off', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker, { skewMs: 3 * 365 * DAY_MS });
    expect(Math.abs(Number(b.store.kv.get('clock-offset-ms')) + 3 * 365 * DAY_MS)).toBeLessThan(
      5000,
    );
    b.store.edit(...client(1), { name: 'from the future' });
    await syncAll(b, a);
    a.store.edit(...client(1), { name: 'later, from now' });
    await syncAll(a, b);
    expect(b.store.value(...client(1), 'name')).toBe('later, from now');
    expect(await problemOf(a)).toBeNull();
  });

  it('stamps anew what was stamped before the clock was known to be ahead', async () => {
    const worker = testWorker();
    const ahead = testDevice(worker, { skewMs: 2 * DAY_MS });
    ahead.store.edit(...client(1), { name: 'stamped in two days' });
    await createdWorkspace(ahead);
    ahead.store.edit(...client(2), { name: 'stamped now' });
    expect(await ahead.client.syncNow()).toMatchObject({ problem: null, pending: 0, heldBack: 0 });
    expect((await ahead.client.status()).clockWrongByMs).toBeLessThan(-DAY_MS);
    const other = testDevice(worker);
    await pair(ahead, other);
    expect(await problemOf(other)).toBeNull();
    expect(other.store.value(...client(1), 'name')).toBe('stamped in two days');
  });

  it('sets a row from too far ahead aside, says so, and carries on', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    await a.client.syncNow();
    // A member without this rule: its own clock says that the stamp is fine.
    const reckless = { ...a.store };
    reckless.edit(...client(1), { name: 'fine' });
    worker.now = () => Date.now() + 2 * DAY_MS;
    a.store.kv.set('clock-offset-ms', 2 * DAY_MS);
    a.store.edit(...client(2), { name: 'from the day after tomorrow' });
    await a.client.syncNow();
    worker.now = () => Date.now();
    expect(await b.client.syncNow()).toMatchObject({ problem: 'rows-set-aside', setAside: 1 });
    expect(b.store.value(...client(1), 'name')).toBe('fine');
    expect(b.store.value(...client(2), 'name')).toBeUndefined();
  });

  it('keeps and passes on rows of a table that it does not know', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit('horoscopes', 'h-1', { sign: 'Leo' });
    await syncAll(a, b);
    const c = testDevice(worker);
    await pair(b, c);
    expect(c.store.value('horoscopes', 'h-1', 'sign')).toBe('Leo');
  });

  it('merges edits of the same row made on two devices, losing neither', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi', tier: 'B' });
    await syncAll(a, b);
    worker.intercept = () => Promise.reject(new TypeError('no network'));
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    b.store.edit(...client(1), { name: 'Levi & Daughters', tier: 'A' });
    await syncAll(a, b);
    await expect
      .poll(() => a.client.status())
      .toMatchObject({
        state: 'offline',
        problem: 'offline',
        pending: 1,
      });
    worker.intercept = null;
    await syncAll(a, b, a);
    expect(a.store.dump()).toBe(b.store.dump());
    expect(a.store.value(...client(1), 'tier')).toBe('A');
    const names = [
      a.store.value(...client(1), 'name'),
      ...(a.store.state(...client(1))?.losers.map(({ value }) => value) ?? []),
    ];
    expect(new Set(names)).toEqual(new Set(['Levi & Daughters', 'Levi & Sons']));
  });

  it('sends a batch once although its answer was lost', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    let lost = 0;
    worker.intercept = async (path, send) => {
      const response = await send();
      if (!path.endsWith('/push') || lost > 0) return response;
      lost += 1;
      throw new TypeError('connection reset');
    };
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    const [sql] = worker.sql.values();
    expect(sql?.database.prepare('SELECT count(*) AS n FROM batches').get()?.['n']).toBe(1);
  });

  it('is told "same" when it dies between the push and its answer', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    worker.intercept = async (path, send) => {
      const response = await send();
      if (path.endsWith('/push')) throw new TypeError('the background is gone');
      return response;
    };
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    worker.intercept = null;
    const head = headOf(worker);
    expect(await a.restart().client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    expect(headOf(worker)).toBe(head);
  });

  it('carries on from the worker when its batch number is an old one', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    for (let n = 0; n < 3; n += 1) {
      a.store.edit(...client(n), { name: 'x' });
      await a.client.syncNow();
    }
    a.store.kv.set('sync-batch', 0);
    a.store.edit(...client(9), { name: 'after the restore' });
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', pending: 0 });
    await b.client.syncNow();
    expect(b.store.value(...client(9), 'name')).toBe('after the restore');
  });

  it('keeps the first sync to pages and batches of the agreed size, and can be ended anywhere', async () => {
    const worker = testWorker();
    const a = testDevice(worker);
    const note = 'A long note about a meeting. '.repeat(10);
    for (let n = 0; n < 1500; n += 1) {
      a.store.edit(n % 5 === 0 ? 'clients' : 'interactions', `row-${String(n)}`, { note, n });
    }
    await createdWorkspace(a);
    const b = testDevice(worker);
    let pulls = 0;
    worker.intercept = async (path, send) => {
      const response = await send();
      const size = (await response.clone().arrayBuffer()).byteLength;
      expect(size).toBeLessThanOrEqual(900_000 + 200_004);
      if (path.endsWith('/pull') && (pulls += 1) === 2) throw new TypeError('the line broke');
      return response;
    };
    await pair(a, b);
    await syncAll(b);
    expect(b.store.size()).toBe(1500);
    expect(b.store.dump()).toBe(a.store.dump());
    expect(await b.client.status()).toMatchObject({ state: 'idle', pending: 0 });
  }, 30_000);

  it('fetches clients before their history', async () => {
    const worker = testWorker();
    const a = testDevice(worker);
    a.store.edit('interactions', 'i-1', { summary: 'call' });
    a.store.edit('clients', 'c-1', { name: 'Levi' });
    await createdWorkspace(a);
    const b = testDevice(worker);
    const lanes: (string | null)[] = [];
    worker.intercept = (path, send) => {
      if (path.endsWith('/pull') && b.store.size() === 1)
        lanes.push(...Object.keys(JSON.parse(b.store.dump()) as object));
      return send();
    };
    await pair(a, b);
    expect(lanes[0]).toBe('clients/c-1');
  });

  it('says that the workspace is full, goes on fetching, and sends when there is room', async () => {
    const worker = testWorker({ limits: { maxRows: 2 } });
    const { a, b } = await twoDevices(worker);
    for (let n = 0; n < 4; n += 1) a.store.edit(...client(n), { name: `Client ${String(n)}` });
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', problem: 'quota', pending: 2 });
    expect(await b.client.syncNow()).toMatchObject({ problem: null });
    expect(b.store.size()).toBe(2);
  });

  it('holds a row back that is too large, and sends the others', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    const random = Array.from({ length: 6 }, () =>
      Buffer.from(randomBytes(60_000)).toString('base64'),
    ).join('');
    a.store.edit(...client(1), { name: random });
    a.store.edit(...client(2), { name: 'short' });
    expect(await a.client.syncNow()).toMatchObject({
      problem: 'rows-held-back',
      heldBack: 1,
      pending: 1,
    });
    await b.client.syncNow();
    expect(b.store.value(...client(2), 'name')).toBe('short');
    a.store.edit(...client(1), { name: 'shortened' });
    expect(await a.client.syncNow()).toMatchObject({ problem: null, heldBack: 0, pending: 0 });
  });

  it('says that access has ended on a device that was removed, and keeps its data', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi' });
    await syncAll(a, b);
    expect(await a.client.removeDevice(b.id)).toEqual({ ok: true, value: undefined });
    expect(await b.client.syncNow()).toMatchObject({ state: 'error', problem: 'access-ended' });
    expect(b.store.value(...client(1), 'name')).toBe('Levi');
  });

  it('takes a row that no device of the workspace wrote for nothing, and puts its own in its place', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi' });
    await syncAll(a, b);
    const [sql] = worker.sql.values();
    sql?.database.exec(
      `UPDATE rows SET sealed = zeroblob(length(sealed)), hash = '${'0'.repeat(32)}', seq = seq + 1`,
    );
    sql?.database.exec('UPDATE workspace SET head = head + 1');
    a.store.edit(...client(1), { name: 'Levi & Sons' });
    await a.client.syncNow();
    expect(await a.store.pendingCount()).toBe(0);
    await b.client.syncNow();
    expect(b.store.value(...client(1), 'name')).toBe('Levi & Sons');
  });

  it('leaves a row of a newer envelope alone: neither opened nor overwritten', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    a.store.edit(...client(1), { name: 'Levi' });
    await syncAll(a, b);
    const [sql] = worker.sql.values();
    const row = sql?.database.prepare('SELECT sealed FROM rows').get();
    const sealed = row?.['sealed'];
    if (!(sealed instanceof Uint8Array)) throw new Error('no row');
    sealed[0] = 2;
    sql?.database
      .prepare(`UPDATE rows SET sealed = ?, hash = '${'0'.repeat(32)}', seq = seq + 1`)
      .run(sealed);
    sql?.database.exec('UPDATE workspace SET head = head + 1');
    b.store.edit(...client(1), { name: 'Levi & Sons' });
    expect(await b.client.syncNow()).toMatchObject({ pending: 1, heldBack: 1, setAside: 1 });
    const kept = sql?.database.prepare('SELECT sealed FROM rows').get()?.['sealed'];
    expect(kept).toEqual(sealed);
  });

  it('does not send while there is no workspace', async () => {
    const worker = testWorker();
    const device = testDevice(worker);
    device.store.edit(...client(1), { name: 'Levi' });
    expect(await device.client.syncNow()).toMatchObject({
      state: 'none',
      pending: 1,
      lastSuccessAt: null,
    });
    expect(worker.requests).toEqual([]);
  });

  it('creates no workspace without the secret the worker asks for', async () => {
    const worker = testWorker({ creation: { kind: 'secret', secret: 'open sesame' } });
    const device = testDevice(worker);
    const request = { workerUrl: 'https://sync.example', deviceName: 'First' };
    expect(await device.client.createWorkspace(request)).toEqual({
      ok: false,
      error: 'creation-refused',
    });
    expect(await device.client.status()).toMatchObject({ state: 'none', workspace: null });
    expect(
      await device.client.createWorkspace({ ...request, secret: 'open sesame' }),
    ).toMatchObject({ ok: true });
  });
});

const headOf = (worker: TestWorker): unknown =>
  [...worker.sql.values()][0]?.database.prepare('SELECT head FROM workspace').get()?.['head'];

async function swapFirstTwo(response: Response): Promise<Response> {
  const frame = decodeFrame(new Uint8Array(await response.arrayBuffer()));
  if (!frame.ok) throw new Error(frame.error);
  const header = frame.value.header as { rows: { size: number }[] };
  const blobs =
    splitBody(
      frame.value.body,
      header.rows.map(({ size }) => size),
    ) ?? [];
  const [first, second, ...rest] = blobs;
  const swapped = first && second ? [second, first, ...rest] : blobs;
  const rows = header.rows.map((row, index) => ({ ...row, size: swapped[index]?.length ?? 0 }));
  return new Response(encodeFrame({ ...header, rows }, swapped));
}
