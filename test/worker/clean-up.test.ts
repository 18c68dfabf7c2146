import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { addToDigest, newDigest, sumOfAll } from '../../shared/protocol/digest.ts';
import { digestSchema } from '../../shared/protocol/history-messages.ts';
import { ask, errorOf } from './support/ask.ts';
import { addDevice, createWorkspace, objectOf, statusOf, type Device } from './support/device.ts';
import { frameOf, pull, pullResponse, push, pushFrame } from './support/rows.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const startedAt = Date.now();

const after = (days: number): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: startedAt + days * DAY_MS });
};
afterEach(() => {
  vi.useRealTimers();
});

/** Runs the alarm as often as it has set itself for now, as the platform would. */
async function runAlarm(device: Device): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    expect(await runDurableObjectAlarm(objectOf(device))).toBe(true);
    const next = await runInDurableObject(objectOf(device), (_object, { storage }) =>
      storage.getAlarm(),
    );
    if (next === null || next > Date.now() + 2000) return;
  }
}

/** Two live rows and a deleted one between them, seq 2. */
async function withDeleted(device: Device): Promise<void> {
  await push(device, 1, [
    { id: 'a', text: 'x', seq: null },
    { id: 'b', text: 'y', seq: null, dead: true },
    { id: 'c', text: 'z', seq: null },
  ]);
}

const seqsOf = async (device: Device): Promise<readonly number[]> =>
  (await pull(device, 0, { lane: 0 })).header.rows.map(({ seq }) => seq);

describe('a deleted row', () => {
  it('stays while a device that is still about has not heard of it', async () => {
    const owner = await createWorkspace();
    const other = await addDevice(owner);
    await withDeleted(owner);
    await pull(owner, 3);
    after(100);
    await pull(other, 0);
    after(181);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([1, 2, 3]);
    await pull(other, 3);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([1, 3]);
    expect(await statusOf(owner)).toMatchObject({ horizon: 2, usage: { rows: 2 } });
  });

  it('stays for 180 days, whoever has heard of it', async () => {
    const owner = await createWorkspace();
    await withDeleted(owner);
    await pull(owner, 3);
    after(179);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([1, 2, 3]);
    after(181);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([1, 3]);
  });

  it('is not kept for a device that was away for longer, which must then reconcile', async () => {
    const owner = await createWorkspace();
    const away = await addDevice(owner);
    await withDeleted(owner);
    await pull(away, 1);
    after(200);
    await pull(owner, 3);
    await runAlarm(owner);
    const behind = await pullResponse(away, { since: 1 });
    expect(behind.status).toBe(409);
    expect(await errorOf(behind)).toEqual({ code: 'behind-horizon', horizon: 2 });
    const edit = [{ id: 'b', text: 'an old copy', seq: 2 }];
    const refused = await pushFrame(away, await frameOf(away, 1, edit, 1));
    expect(await errorOf(refused)).toEqual({ code: 'behind-horizon', horizon: 2 });
    expect((await pullResponse(away, { since: 0, lane: 0 })).status).toBe(200);
    expect((await pullResponse(away, { since: 1, lane: 0 })).status).toBe(200);
    expect((await pushFrame(away, await frameOf(away, 2, edit, 3))).status).toBe(200);
  });

  it('leaves the digest and the counts as if it had never been', async () => {
    const owner = await createWorkspace();
    await withDeleted(owner);
    after(181);
    await pull(owner, 3);
    await runAlarm(owner);
    const expected = newDigest();
    const { header } = await pull(owner, 3, { lane: 0, since: 0 });
    for (const row of header.rows) addToDigest(expected, row);
    const response = await ask(`/v1/workspaces/${owner.workspace}/digest`, {
      headers: { Authorization: owner.authorization },
    });
    expect(v.parse(digestSchema, await response.json())).toMatchObject({
      ...sumOfAll(expected),
      horizon: 2,
    });
    const bytes = header.rows.reduce((sum, { size }) => sum + size, 0);
    expect((await statusOf(owner)).usage).toMatchObject({ rows: 2, bytes });
  });

  it('that was brought back to life stays', async () => {
    const owner = await createWorkspace();
    await withDeleted(owner);
    await push(owner, 2, [{ id: 'b', text: 'back again', seq: 2 }], 3);
    after(200);
    await pull(owner, 4);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([1, 3, 4]);
    expect((await statusOf(owner)).horizon).toBe(0);
  });

  it('is cleared away in steps, however many there are', async () => {
    const owner = await createWorkspace();
    await push(owner, 1, [{ id: 'a', text: 'x', seq: null }]);
    await runInDurableObject(objectOf(owner), (_object, { storage }) => {
      for (let n = 2; n <= 1201; n += 1) {
        const rkey = new Uint8Array(16);
        new DataView(rkey.buffer).setUint32(12, n);
        storage.sql.exec(
          `INSERT INTO rows (seq, rkey, lane, epoch, dead, written_at, device, hash, sealed)
           VALUES (?, ?, 0, 1, 1, ?, ?, ?, x'00')`,
          n,
          rkey.buffer,
          startedAt,
          owner.id,
          'c'.repeat(32),
        );
      }
      storage.sql.exec(
        'UPDATE workspace SET head = 1201, row_count = row_count + 1200, byte_count = byte_count + 1200',
      );
    });
    after(181);
    await pull(owner, 1201);
    await runAlarm(owner);
    expect(await statusOf(owner)).toMatchObject({ horizon: 1201, usage: { rows: 1 } });
  });
});

describe('versions written over', () => {
  it('are gone 30 days after that, the row itself never', async () => {
    const owner = await createWorkspace();
    await push(owner, 1, [{ id: 'a', text: 'one', seq: null }]);
    after(40);
    await push(owner, 2, [{ id: 'a', text: 'two', seq: 1 }]);
    const versionBytes = async () => (await statusOf(owner)).usage.versionBytes;
    after(69);
    await runAlarm(owner);
    expect(await versionBytes()).toBeGreaterThan(0);
    after(71);
    await runAlarm(owner);
    expect(await versionBytes()).toBe(0);
    expect(await seqsOf(owner)).toEqual([2]);
  });
});

describe('the alarm', () => {
  const alarmOf = (device: Device): Promise<number | null> =>
    runInDurableObject(objectOf(device), (_object, { storage }) => storage.getAlarm());

  it('is set when there is something to expire, survives an eviction, and then rests', async () => {
    const owner = await createWorkspace();
    expect(await alarmOf(owner)).toBeNull();
    await push(owner, 1, [{ id: 'a', text: 'x', seq: null, dead: true }]);
    const set = await alarmOf(owner);
    expect(set).not.toBeNull();
    await evictDurableObject(objectOf(owner));
    await push(owner, 2, [{ id: 'b', text: 'x', seq: null }]);
    expect(await alarmOf(owner)).toBe(set);
    after(181);
    await pull(owner, 2);
    await runAlarm(owner);
    expect(await seqsOf(owner)).toEqual([2]);
    expect(await alarmOf(owner)).toBeNull();
  });
});
