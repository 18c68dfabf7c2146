import { describe, expect, it } from 'vitest';
import { readEnvelopeHeader } from '../../../shared/seal.ts';
import {
  createdWorkspace,
  inviteAndJoin,
  pair,
  testDevice,
  type TestDevice,
} from './support/test-device.ts';
import { testWorker, type TestWorker } from './support/test-worker.ts';

const client = (n: number): [string, string] => ['clients', `client-${String(n)}`];
const done = { ok: true, value: undefined };

async function threeDevices(worker: TestWorker) {
  const [a, b, c] = [testDevice(worker), testDevice(worker), testDevice(worker)];
  await createdWorkspace(a);
  await pair(a, b);
  await pair(a, c);
  return { a, b, c };
}

const keyEpochsAt = (worker: TestWorker): number[] =>
  [...worker.sql.values()].flatMap(({ database }) =>
    database
      .prepare('SELECT sealed FROM rows')
      .all()
      .map(({ sealed }) =>
        sealed instanceof Uint8Array ? (readEnvelopeHeader(sealed)?.keyEpoch ?? 0) : 0,
      ),
  );

const memberOf = async (device: TestDevice, name: string) => {
  const people = await device.client.people();
  const found = people.ok ? people.value.members.find((member) => member.name === name) : undefined;
  if (!found) throw new Error(`${name} is not a member`);
  return found;
};

describe('a device that was removed', () => {
  it('is out at once, keeps its data, and the others go on under a key it has never seen', async () => {
    const worker = testWorker();
    const { a, b, c } = await threeDevices(worker);
    a.store.edit(...client(1), { name: 'before' });
    for (const device of [a, b, c]) await device.client.syncNow();
    expect(await a.client.removeDevice(b.id)).toEqual(done);
    a.store.edit(...client(2), { name: 'after' });
    await a.client.syncNow();
    c.store.edit(...client(3), { name: 'from the third' });
    expect(await c.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    await a.client.syncNow();
    expect(a.store.dump()).toBe(c.store.dump());
    expect(await b.client.syncNow()).toMatchObject({ state: 'error', problem: 'access-ended' });
    expect(b.store.value(...client(1), 'name')).toBe('before');
    expect(b.store.size()).toBe(1);
    expect([...a.unexpected, ...b.unexpected, ...c.unexpected]).toEqual([]);
  });

  it('leaves nothing that its key could open: old rows are sealed anew, and nobody fetches them again', async () => {
    const worker = testWorker();
    const { a, b, c } = await threeDevices(worker);
    for (let n = 0; n < 40; n += 1) a.store.edit(...client(n), { name: `Client ${String(n)}` });
    for (const device of [a, b, c]) await device.client.syncNow();
    expect(new Set(keyEpochsAt(worker))).toEqual(new Set([1]));
    await a.client.removeDevice(b.id);
    const again = a.restart();
    await again.client.syncNow();
    await again.restart().client.syncNow();
    expect(new Set(keyEpochsAt(worker))).toEqual(new Set([2]));
    await c.client.syncNow();
    const heads = [a, c].map(({ store }) => store.kv.get('sync-cursor'));
    expect(heads[0]).toBe(heads[1]);
    expect(a.store.dump()).toBe(c.store.dump());
  });

  it('can be paired again, and reads what was written meanwhile', async () => {
    const worker = testWorker();
    const { a, b } = await threeDevices(worker);
    await a.client.removeDevice(b.id);
    a.store.edit(...client(1), { name: 'meanwhile' });
    await a.client.syncNow();
    await b.client.leaveWorkspace();
    await pair(a, b);
    expect(b.store.value(...client(1), 'name')).toBe('meanwhile');
    expect(await b.client.status()).toMatchObject({ state: 'idle', problem: null });
  });

  it('may have lost the race: an edit sealed under the old key is sealed anew and sent', async () => {
    const worker = testWorker();
    const { a, b, c } = await threeDevices(worker);
    worker.intercept = async (path, send) => {
      // Between sealing and arriving, the first device begins a new epoch.
      if (path.endsWith('/push')) {
        worker.intercept = null;
        await a.client.removeDevice(b.id);
      }
      return send();
    };
    c.store.edit(...client(1), { name: 'in between' });
    expect(await c.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    expect(keyEpochsAt(worker)).toEqual([2]);
    await a.client.syncNow();
    expect(a.store.value(...client(1), 'name')).toBe('in between');
  });
});

describe('two devices that change the workspace at once', () => {
  it('both get their way, one after the other', async () => {
    const worker = testWorker();
    const { a, b, c } = await threeDevices(worker);
    const d = testDevice(worker);
    await pair(c, d);
    const results = await Promise.all([
      a.client.removeDevice(b.id),
      c.client.rename('device', c.id, 'Third'),
    ]);
    expect(results).toEqual([done, done]);
    await a.client.syncNow();
    const people = await a.client.people();
    const devices = people.ok ? people.value.members.flatMap((each) => each.devices) : [];
    expect(devices.map(({ id }) => id)).not.toContain(b.id);
    expect(devices.find(({ id }) => id === c.id)?.name).toBe('Third');
    d.store.edit(...client(1), { name: 'all is well' });
    expect(await d.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
  });
});

describe('an invitation', () => {
  it('brings another person in, with the role and the name', async () => {
    const worker = testWorker();
    const [owner, noa] = [testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    owner.store.edit(...client(1), { name: 'Levi' });
    await inviteAndJoin(owner, noa, 'editor');
    expect(noa.store.value(...client(1), 'name')).toBe('Levi');
    noa.store.edit(...client(1), { tier: 'A' });
    await noa.client.syncNow();
    await owner.client.syncNow();
    expect(owner.store.value(...client(1), 'tier')).toBe('A');
    const people = await owner.client.people();
    expect(people.ok && people.value.members).toMatchObject([
      { name: 'Ada', role: 'owner', isMe: true },
      { name: 'Noa', role: 'editor', isMe: false, devices: [{ name: 'Laptop' }] },
    ]);
    expect((await owner.client.status()).workspace?.role).toBe('owner');
    expect((await noa.client.status()).workspace?.role).toBe('editor');
  });

  it('waits: the background notices the answer, and the grant, while no page is open', async () => {
    const worker = testWorker();
    const [owner, noa] = [testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    const made = await owner.client.invite({ role: 'viewer', note: 'for Noa' });
    if (!made.ok) throw new Error(made.error);
    await noa.client.acceptInvitation({
      link: made.value.link ?? '',
      deviceName: 'Laptop',
      memberName: 'Noa',
    });
    noa.client.stop();
    expect((await owner.client.syncNow()).waiting).toEqual({ answers: 1, isGranted: false });
    const listed = await owner.client.invitations();
    expect(listed.ok && listed.value).toMatchObject([
      { note: 'for Noa', role: 'viewer', phase: 'comparing', memberName: 'Noa' },
    ]);
    await owner.client.approveInvitation(made.value.id);
    expect((await noa.client.syncNow()).waiting).toEqual({ answers: 0, isGranted: true });
    const again = noa.restart();
    await again.client.attend();
    await expect.poll(async () => (await again.client.status()).workspace?.role).toBe('viewer');
    await expect.poll(async () => (await again.client.status()).waiting.isGranted).toBe(false);
  });

  it('can be taken back, and is listed on the owner’s other devices', async () => {
    const worker = testWorker();
    const [owner, other, noa] = [testDevice(worker), testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    await pair(owner, other);
    const made = await owner.client.invite({ role: 'editor', note: 'for Noa' });
    if (!made.ok) throw new Error(made.error);
    const elsewhere = await other.client.invitations();
    expect(elsewhere.ok && elsewhere.value).toMatchObject([
      { note: 'for Noa', phase: 'elsewhere', link: null },
    ]);
    expect(await owner.client.revokeInvitation(made.value.id)).toEqual(done);
    const link = made.value.link ?? '';
    const names = { deviceName: 'Laptop', memberName: 'Noa' };
    expect(await noa.client.acceptInvitation({ link, ...names })).toEqual({
      ok: false,
      error: 'code-unknown',
    });
    expect(await noa.client.acceptInvitation({ link: 'https://x.example/', ...names })).toEqual({
      ok: false,
      error: 'link-invalid',
    });
    expect(await noa.client.status()).toMatchObject({ state: 'none' });
  });
});

describe('roles', () => {
  it('let a viewer read, and keep the viewer’s own changes on the device, which says so', async () => {
    const worker = testWorker();
    const [owner, noa] = [testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    owner.store.edit(...client(1), { name: 'Levi' });
    await inviteAndJoin(owner, noa, 'viewer');
    expect(noa.store.value(...client(1), 'name')).toBe('Levi');
    noa.store.edit(...client(2), { name: 'not for all' });
    expect(await noa.client.syncNow()).toMatchObject({
      state: 'idle',
      problem: 'read-only',
      pending: 1,
    });
    await owner.client.syncNow();
    expect(owner.store.size()).toBe(1);
    // As soon as the viewer may write, what was waiting is sent.
    await owner.client.setRole((await memberOf(owner, 'Noa')).id, 'editor');
    expect(await noa.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    await owner.client.syncNow();
    expect(owner.store.value(...client(2), 'name')).toBe('not for all');
  });

  it('let only owners decide, and never leave nobody who could', async () => {
    const worker = testWorker();
    const [owner, noa] = [testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    await inviteAndJoin(owner, noa, 'editor');
    const ada = (await memberOf(owner, 'Ada')).id;
    const refused = { ok: false, error: 'not-allowed' };
    expect(await noa.client.setRole(ada, 'viewer')).toEqual(refused);
    expect(await noa.client.removeMember(ada)).toMatchObject({ ok: false });
    expect(await noa.client.invite({ role: 'owner', note: '' })).toEqual(refused);
    expect(await owner.client.setRole(ada, 'editor')).toEqual({ ok: false, error: 'last-owner' });
    expect(await owner.client.leaveWorkspace()).toEqual({ ok: false, error: 'last-owner' });
    expect((await owner.client.status()).workspace?.role).toBe('owner');
    await owner.client.setRole((await memberOf(owner, 'Noa')).id, 'owner');
    await noa.client.syncNow();
    expect(await noa.client.removeMember(ada)).toEqual(done);
    expect(await owner.client.syncNow()).toMatchObject({ problem: 'access-ended' });
  });
});

describe('a member who is no owner', () => {
  it('can remove a lost device of their own; the key follows with the next look of an owner', async () => {
    const worker = testWorker();
    const [owner, noa, phone] = [testDevice(worker), testDevice(worker), testDevice(worker)];
    await createdWorkspace(owner);
    await inviteAndJoin(owner, noa, 'editor');
    await pair(noa, phone);
    expect(await noa.client.removeDevice(phone.id)).toEqual(done);
    expect(await phone.client.syncNow()).toMatchObject({ problem: 'access-ended' });
    await noa.client.attend();
    const before = await noa.client.people();
    expect(before.ok && before.value.keyEpoch).toBe(1);
    await owner.client.syncNow();
    await owner.client.attend();
    noa.store.edit(...client(1), { name: 'under the new key' });
    expect(await noa.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    const after = await noa.client.people();
    expect(after.ok && after.value.keyEpoch).toBe(2);
  });
});

describe('leaving', () => {
  it('ends the membership and keeps the data; the next to look begins a new key', async () => {
    const worker = testWorker();
    const { a, b, c } = await threeDevices(worker);
    a.store.edit(...client(1), { name: 'Levi' });
    for (const device of [a, b, c]) await device.client.syncNow();
    const preview = await b.client.previewLeaving();
    expect(preview).toEqual({
      ok: true,
      value: { isLastDevice: false, hasRecovery: false, isLastOwner: false },
    });
    expect(await b.client.leaveWorkspace()).toEqual(done);
    expect(await b.client.status()).toMatchObject({ state: 'none', workspace: null });
    expect(b.store.value(...client(1), 'name')).toBe('Levi');
    await a.client.syncNow();
    await a.client.attend();
    const people = await a.client.people();
    expect(people.ok && people.value.keyEpoch).toBe(2);
    c.store.edit(...client(2), { name: 'after' });
    expect(await c.client.syncNow()).toMatchObject({ problem: null, pending: 0 });
    // Once is enough: nothing more to close behind anybody.
    await a.client.attend();
    await c.client.attend();
    const later = await c.client.people();
    expect(later.ok && later.value.keyEpoch).toBe(2);
  });

  it('of the last device without words deletes what nobody could read', async () => {
    const worker = testWorker();
    const a = testDevice(worker);
    await createdWorkspace(a);
    a.store.edit(...client(1), { name: 'Levi' });
    await a.client.syncNow();
    expect(await a.client.leaveWorkspace()).toEqual(done);
    expect(keyEpochsAt(worker)).toEqual([]);
    // Everything is here, and a new workspace gets all of it.
    await createdWorkspace(a);
    expect(await a.client.status()).toMatchObject({ state: 'idle', pending: 0 });
    expect(keyEpochsAt(worker)).toHaveLength(1);
  });

  it('and coming back does not bring back what was deleted and cleared away meanwhile', async () => {
    const worker = testWorker();
    const { a, b } = await threeDevices(worker);
    a.store.edit(...client(1), { name: 'to be deleted' });
    a.store.edit(...client(2), { name: 'stays' });
    for (const device of [a, b]) await device.client.syncNow();
    await b.client.leaveWorkspace();
    b.store.edit(...client(3), { name: 'written alone' });
    a.store.edit(...client(1), { deleted: true });
    await a.client.syncNow();
    const [sql] = worker.sql.values();
    const head = sql?.database.prepare('SELECT max(seq) AS n FROM rows').get()?.['n'];
    sql?.database.exec(
      `DELETE FROM rows WHERE dead = 1; UPDATE workspace SET horizon = ${String(head)}`,
    );
    await pair(a, b);
    await b.client.syncNow();
    expect(b.store.state(...client(1))).toBeUndefined();
    expect(b.store.dropped.size).toBe(1);
    await a.client.syncNow();
    expect(a.store.value(...client(3), 'name')).toBe('written alone');
  });

  it('everything behind: a new workspace with new keys from the data of one device', async () => {
    const worker = testWorker();
    const { a, b } = await threeDevices(worker);
    a.store.edit(...client(1), { name: 'Levi' });
    await a.client.syncNow();
    const before = (await a.client.status()).workspace?.id;
    const name = (await a.client.status()).workspace?.deviceName;
    expect(await a.client.startOver({ workerUrl: 'https://sync.example' })).toEqual(done);
    expect((await a.client.status()).workspace?.id).not.toBe(before);
    expect((await a.client.status()).workspace?.deviceName).toBe(name);
    await b.client.leaveWorkspace();
    await pair(a, b);
    expect(b.store.value(...client(1), 'name')).toBe('Levi');
  });
});
