import { describe, expect, it } from 'vitest';
import { bytesToBase64Url } from '../../../shared/protocol/bytes.ts';
import { newDeviceKeys } from '../../../shared/protocol/device-keys.ts';
import {
  nextState,
  signState,
  type SignedState,
} from '../../../shared/protocol/workspace-state.ts';
import type { MemberId } from '../../../shared/protocol/ids.ts';
import type { Pin } from '../../../extension/sync/store-keys.ts';
import {
  createdWorkspace,
  inviteAndJoin,
  pair,
  randomBytes,
  testDevice,
  type TestDevice,
} from './support/test-device.ts';
import { testWorker, type TestWorker } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];

async function twoDevices(worker: TestWorker) {
  const [a, b] = [testDevice(worker), testDevice(worker)];
  await createdWorkspace(a);
  await pair(a, b);
  a.store.edit(...client(1), { name: 'Levi' });
  for (const device of [a, b]) await device.client.syncNow();
  return { a, b };
}

/** Answers of one route, changed on their way. */
const rewrite =
  (route: string, change: (body: Record<string, unknown>) => object) =>
  (path: string, send: () => Promise<Response>): Promise<Response> =>
    send().then(async (response) =>
      path.endsWith(route) && response.ok
        ? Response.json(change((await response.json()) as Record<string, unknown>))
        : response,
    );

/** Everything the workspace's storage holds now; calling the answer brings it back. */
function backupOf(worker: TestWorker): () => void {
  const db = database(worker);
  const tables = (db?.prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`).all() ?? [])
    .map(({ name }) => String(name))
    .map((name) => ({ name, rows: db?.prepare(`SELECT * FROM ${name}`).all() ?? [] }));
  return () => {
    for (const { name, rows } of tables) {
      db?.exec(`DELETE FROM ${name}`);
      for (const row of rows) {
        const columns = Object.keys(row);
        db?.prepare(
          `INSERT INTO ${name} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
        ).run(...Object.values(row));
      }
    }
  };
}

const database = (worker: TestWorker) => [...worker.sql.values()][0]?.database;
const pinOf = (device: TestDevice) => device.store.kv.get('sync-pin') as Pin;

describe('a worker that is not to be believed', () => {
  it('cannot go back to a list of members from before a device was removed', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    const c = testDevice(worker);
    await pair(a, c);
    await c.client.syncNow();
    await b.client.syncNow();
    const goBack = backupOf(worker);
    await a.client.removeDevice(c.id);
    await b.client.syncNow();
    const pinned = pinOf(b).newest.state.version;
    goBack();
    b.store.edit(...client(2), { name: 'not for everybody' });
    const status = await b.client.syncNow();
    expect(status).toMatchObject({ state: 'error', problem: 'worker-lies', pending: 1 });
    expect(pinOf(b).newest.state.version).toBe(pinned);
    expect(b.store.value(...client(1), 'name')).toBe('Levi');
  });

  it('cannot slip in a member of its own making', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    await a.client.rename('device', a.id, 'Renamed');
    const { newest } = pinOf(b);
    const [{ id: member } = { id: '0'.repeat(16) as MemberId }] = newest.state.members;
    const forged = await signState(
      nextState(newest, {
        devices: [
          ...newest.state.devices,
          {
            id: 'ffffffffffffffff' as TestDevice['id'],
            member,
            signKey: bytesToBase64Url(randomBytes(32)),
            boxKey: bytesToBase64Url(randomBytes(32)),
            tokenHash: '0'.repeat(64),
            label: 'AAAA',
            kind: 'device' as const,
          },
        ],
      }),
      a.id,
      (await newDeviceKeys()).sign.privateKey,
    );
    worker.intercept = rewrite('/state', (body) => ({ ...body, states: [forged] }));
    expect(await b.client.syncNow()).toMatchObject({ state: 'error', problem: 'worker-lies' });
    expect(pinOf(b).newest.state.version).toBe(newest.state.version);
    // As soon as it shows the genuine one, everything goes on.
    worker.intercept = null;
    expect(await b.client.syncNow()).toMatchObject({ state: 'idle', problem: null });
    expect(pinOf(b).newest.state.version).toBe(newest.state.version + 1);
  });

  it('cannot leave a state out, nor show them in another order', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    await a.client.rename('device', a.id, 'Once');
    await a.client.rename('device', a.id, 'Twice');
    for (const change of [
      (states: readonly SignedState[]) => states.slice(1),
      (states: readonly SignedState[]) => states.toReversed(),
    ]) {
      worker.intercept = rewrite('/state', (body) => ({
        ...body,
        states: change(body['states'] as readonly SignedState[]),
      }));
      expect(await b.client.syncNow()).toMatchObject({ problem: 'worker-lies' });
    }
  });

  it('cannot speak of a newer state and never show it', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    await a.client.rename('device', a.id, 'Renamed');
    worker.intercept = rewrite('/state', (body) => ({ ...body, states: [] }));
    expect(await b.client.syncNow()).toMatchObject({ problem: 'worker-lies', pending: 0 });
  });

  it('cannot give a new device another workspace than the one that was granted', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    const stranger = testDevice(worker);
    await createdWorkspace(stranger);
    const c = testDevice(worker);
    const foreign = pinOf(stranger).newest.signed;
    worker.intercept = rewrite('/state', (body) => ({ ...body, states: [foreign] }));
    const started = await a.client.startPairing();
    if (!started.ok) throw new Error(started.error);
    await c.client.joinWorkspace({
      workerUrl: 'https://sync.example',
      code: started.value.code ?? '',
      deviceName: 'Third',
    });
    await expect.poll(async () => (await a.client.pairing())?.check).toMatch(/^\d{6}$/);
    worker.intercept = null;
    await expect.poll(async () => (await c.client.pairing())?.check).toMatch(/^\d{6}$/);
    c.client.stop();
    await a.client.confirmPairing();
    worker.intercept = rewrite('/state', (body) => ({ ...body, states: [foreign] }));
    const again = c.restart();
    await again.client.attend();
    await expect.poll(async () => (await again.client.pairing())?.problem).toBe('tampered');
    expect((await again.client.status()).workspace).toBeNull();
  });

  it('cannot pass off a viewer’s row, whatever it lets through', async () => {
    const worker = testWorker();
    const { a } = await twoDevices(worker);
    const noa = testDevice(worker);
    await inviteAndJoin(a, noa, 'viewer');
    // The viewer's software and the worker are in it together.
    const pin = pinOf(noa);
    const members = pin.newest.state.members.map((each) => ({ ...each, role: 'owner' as const }));
    const state = { ...pin.newest.state, members };
    noa.store.kv.set('sync-pin', { ...pin, newest: { ...pin.newest, state } });
    database(worker)?.exec(`UPDATE devices SET role = 'owner'`);
    noa.store.edit(...client(1), { name: 'Changed by a viewer' });
    const reckless = noa.restart();
    await reckless.client.syncNow();
    await a.client.syncNow();
    expect(a.store.value(...client(1), 'name')).toBe('Levi');
  });

  it('that was restored from its own backup can be brought forward again by a member', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    const goBack = backupOf(worker);
    await a.client.rename('device', a.id, 'Renamed');
    await b.client.syncNow();
    goBack();
    expect(await b.client.syncNow()).toMatchObject({ problem: 'worker-lies' });
    expect(await b.client.restoreWorkspace()).toEqual({ ok: true, value: undefined });
    expect(await b.client.syncNow()).toMatchObject({ state: 'idle', problem: null });
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', problem: null });
  });

  it('that was given other changes after its backup can be left, even by the last owner', async () => {
    const worker = testWorker();
    const { a, b } = await twoDevices(worker);
    const noa = testDevice(worker);
    await inviteAndJoin(a, noa, 'editor');
    await b.client.syncNow();
    const goBack = backupOf(worker);
    await a.client.removeDevice(b.id);
    expect(await a.client.leaveWorkspace()).toEqual({ ok: false, error: 'last-owner' });
    goBack();
    await b.client.rename('device', b.id, 'Renamed');
    expect(await a.client.syncNow()).toMatchObject({ problem: 'worker-lies' });
    expect(await a.client.restoreWorkspace()).toEqual({ ok: false, error: 'workspace-exists' });
    expect(await a.client.leaveWorkspace()).toEqual({ ok: true, value: undefined });
    await pair(b, a);
    expect(await a.client.syncNow()).toMatchObject({ state: 'idle', problem: null });
    expect(a.store.value(...client(1), 'name')).toBe('Levi');
  });
});
