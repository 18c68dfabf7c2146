import { describe, expect, it } from 'vitest';
import { CURSOR_KEY } from '../../../extension/db/create-sync-store.ts';
import { readInteraction } from '../../../extension/db/history.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import type { RemoteRow } from '../../../extension/db/sync-store.ts';
import { MAX_AHEAD_MS } from '../../../shared/clock.ts';
import { allInteractions, expectDerivedFromScratch } from './support/derived.ts';
import { DAY_MS, dump, log, NOW, remote, testDevice, type TestDevice } from './support/device.ts';
import {
  callOf,
  calls,
  digestFromScratch,
  edited,
  inBulk,
  packed,
  seen,
  settleAll,
} from './support/history.ts';

const CLIENTS = Array.from({ length: 30 }, (_, n) => `client-${100 + n}`);
const levi = { name: 'Levi', createdAt: 5 };

/** What a new device fetches: every client, and their calls in the order of their days. */
const clientRows = (): RemoteRow[] =>
  CLIENTS.map((id, n) => remote('clients', id, packed({ ...levi, name: id }), 1 + n));
const history = (each: number): RemoteRow[] =>
  Array.from({ length: each * CLIENTS.length }, (_, n) => {
    const clientId = CLIENTS[n % CLIENTS.length] ?? '';
    const row = callOf(clientId, NOW - n * 3_600_000, { source: `mail:${n}`, summary: 'שיחה' });
    return remote('interactions', `call-${10_000 + n}`, row, 1000 + n);
  });

async function rowByRow(): Promise<TestDevice> {
  const device = await testDevice();
  await device.store.applyRemote([...clientRows(), ...history(20)], 5000, NOW);
  return device;
}

describe('a first pull in bulk', () => {
  it('leaves what row by row would leave, in a few chunks', async () => {
    const [bulk, rows] = [await testDevice(), await rowByRow()];
    await bulk.store.applyRemote(clientRows(), null, NOW, { inBulk: true });
    const all = history(20);
    for (let start = 0; start < all.length; start += 70) {
      await bulk.store.applyRemote(all.slice(start, start + 70), null, NOW, { inBulk: true });
    }
    await settleAll(bulk.store);
    expect(await seen(bulk.db)).toEqual(await seen(rows.db));
    expect(await bulk.db.interactions.count()).toBe(0);
    expect(await bulk.db.chunks.count()).toBe(CLIENTS.length);
    expect(await bulk.db.arrivals.count()).toBe(0);
    expect(await bulk.db.places.where('n').below(0).count()).toBe(0);
    await expectDerivedFromScratch(bulk.db);
  });

  it('shows the clients at once and nothing of the history before it is settled', async () => {
    const { db, store, changed } = await testDevice();
    await store.applyRemote([...history(2), ...clientRows()], null, NOW, { inBulk: true });
    expect((await readBook(db)).entries).toHaveLength(CLIENTS.length);
    expect(changed.toSorted()).toEqual(CLIENTS);
    expect(await readInteraction(db, 'call-10000')).toBeUndefined();
    changed.length = 0;
    await settleAll(store);
    expect(await readInteraction(db, 'call-10000')).toMatchObject({ clientId: CLIENTS[0] });
    expect((await readBook(db)).entries.every(({ touches }) => touches.length === 2)).toBe(true);
    expect(changed.toSorted()).toEqual(CLIENTS);
  });

  it('stores each page with its place, or neither', async () => {
    const { db, store } = await testDevice();
    const first = { inBulk: true, set: { 'sync-reconcile': { since: 1 } } };
    await store.applyRemote(calls('client-100', 5), 7, NOW, first);
    const before = await dump(db);
    const fail = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    db.arrivals.hook('creating', fail);
    const next = { inBulk: true, set: { 'sync-reconcile': { since: 2 } } };
    await expect(store.applyRemote(calls('client-101', 5), 9, NOW, next)).rejects.toThrow();
    db.arrivals.hook('creating').unsubscribe(fail);
    expect(await dump(db)).toEqual(before);
    await store.applyRemote(calls('client-101', 5), 9, NOW, next);
    expect(await store.get('sync-reconcile')).toEqual({ since: 2 });
    expect(await store.get(CURSOR_KEY)).toBe(9);
    await settleAll(store);
    expect(await allInteractions(db)).toHaveLength(10);
  });

  it('goes on after the background was ended, between two pages or in the middle of settling', async () => {
    const rows = await rowByRow();
    const device = await testDevice();
    await device.store.applyRemote(clientRows(), null, NOW, { inBulk: true });
    const all = history(20);
    for (let start = 0; start < all.length; start += 100) {
      const store = device.restartedStore();
      await store.applyRemote(all.slice(start, start + 100), null, NOW, { inBulk: true });
    }
    for (let isMore = true; isMore;) isMore = await device.restartedStore().settle(NOW);
    expect(await seen(device.db)).toEqual(await seen(rows.db));
  });

  it('is settled step by step, each of them whole or not there', async () => {
    const { db, store } = await testDevice();
    await store.applyRemote([...clientRows(), ...history(20)], null, NOW, { inBulk: true });
    const before = await dump(db);
    const fail = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    db.roster.hook('updating', fail);
    let failures = 0;
    for (let steps = 0; failures === 0 && steps < 200; steps++) {
      await store.settle(NOW).catch(() => (failures += 1));
    }
    db.roster.hook('updating').unsubscribe(fail);
    expect(failures).toBe(1);
    expect(await dump(db)).toEqual(before);
    await settleAll(store);
    expect(await seen(db)).toEqual(await seen((await rowByRow()).db));
  });

  it('takes a row once that comes twice, whatever client it is with by then', async () => {
    const { db, store } = await testDevice();
    await store.applyRemote(clientRows(), null, NOW, { inBulk: true });
    const row = callOf('client-100', NOW);
    const moved = edited(row, { clientId: 'client-101' });
    await store.applyRemote([remote('interactions', 'call-0001', row, 50)], null, NOW, {
      inBulk: true,
    });
    await store.applyRemote([remote('interactions', 'call-0001', moved, 60)], null, NOW, {
      inBulk: true,
    });
    await settleAll(store);
    expect(await allInteractions(db)).toMatchObject([{ clientId: 'client-101', seq: 60 }]);
    const standings = await db.standings.bulkGet(['client-100', 'client-101']);
    expect(standings.map((one) => one?.interactionCount ?? 0)).toEqual([0, 1]);
    expect(await digestFromScratch(db)).toEqual((await seen(db)).digest);
  });

  it('merges into what is here already, as rows, in chunks, and waiting to be sent', async () => {
    const { db, writer, store } = await testDevice();
    await inBulk(store, [...clientRows(), ...calls('client-100', 40, 100)]);
    await writer.write([log('own-00001', 'client-100')]);
    const id = 'client-100-call-1007';
    await writer.write([{ table: 'interactions', id, patch: { summary: 'mine' } }]);
    const [known] = calls('client-100', 8, 100).slice(-1);
    if (!known) throw new Error('there are eight');
    await inBulk(
      store,
      [
        ...calls('client-100', 40, 100),
        remote('interactions', id, edited(known.row, { minutes: 5 }, NOW + 5), 500),
        ...calls('client-101', 3, 600),
      ],
      NOW + 1000,
    );
    expect(await readInteraction(db, id)).toMatchObject({ summary: 'mine', minutes: 5, seq: 500 });
    expect((await store.pendingRows(9)).map((row) => row.id).toSorted()).toEqual([id, 'own-00001']);
    expect(await allInteractions(db)).toHaveLength(44);
    await expectDerivedFromScratch(db);
  });

  it('sees a log that was written while it was being settled', async () => {
    const { db, writer, store } = await testDevice();
    await store.applyRemote([...clientRows(), ...history(20)], null, NOW, { inBulk: true });
    for (let n = 0; await store.settle(NOW); n++) {
      if (n < 50) await writer.write([log(`own-${10_000 + n}`, CLIENTS[n % 30] ?? '')]);
    }
    await settleAll(store);
    await expectDerivedFromScratch(db);
  });

  it('sees what another device sent while it was being settled, however long ago it was written', async () => {
    const { db, writer, store } = await testDevice();
    await writer.write([log('own-10000', CLIENTS[0] ?? '')]);
    await store.applyRemote([...clientRows(), ...history(20)], null, NOW, { inBulk: true });
    const page = history(20);
    for (let n = 0; await store.settle(NOW); n++) {
      await store.applyRemote(page.slice(n * 60, n * 60 + 60), null, NOW);
    }
    expect(await allInteractions(db)).toHaveLength(page.length + 1);
    expect(await digestFromScratch(db)).toEqual((await seen(db)).digest);
    await expectDerivedFromScratch(db);
  });

  it('keeps what it cannot read, and sets aside what is too far ahead', async () => {
    const { db, store } = await testDevice();
    const odd = remote(
      'interactions',
      'call-0001',
      callOf('client-100', NOW, { kind: 'seance' }),
      1,
    );
    const ahead = packed(
      { clientId: 'client-100', kind: 'call', at: 5, createdAt: 5 },
      NOW + MAX_AHEAD_MS + 1,
    );
    const result = await store.applyRemote(
      [
        odd,
        remote('interactions', 'call-0002', ahead, 2),
        remote('visits', 'visit-1', packed(levi), 3),
      ],
      null,
      NOW,
      { inBulk: true },
    );
    await settleAll(store);
    expect(result).toMatchObject({ applied: 2, tooFarAhead: [{ id: 'call-0002' }] });
    expect((await db.foreign.toArray()).map(({ id }) => id)).toEqual(['call-0001', 'visit-1']);
    expect(await allInteractions(db)).toEqual([]);
    // An update of the software, or of the row, makes it readable.
    const mended = edited(odd.row, { kind: 'visit' });
    await inBulk(store, [remote('interactions', 'call-0001', mended, 9)], NOW + 1);
    expect(await allInteractions(db)).toMatchObject([{ id: 'call-0001', kind: 'visit', seq: 9 }]);
    expect(await db.foreign.count()).toBe(1);
  });

  it('counts booked touches and finds the newest of a history in any order', async () => {
    const { db, store } = await testDevice();
    const days = Array.from({ length: 150 }, (_, n) => ((n * 67) % 150) - 20);
    const rows = days.map((day, n) =>
      remote(
        'interactions',
        `call-${1000 + n}`,
        callOf(
          'client-100',
          NOW + day * DAY_MS,
          day === -3 ? { threadUrl: 'https://mail.example/t' } : {},
        ),
        n + 1,
      ),
    );
    await inBulk(store, [...clientRows(), ...rows]);
    await expectDerivedFromScratch(db);
    const standing = await db.standings.get('client-100');
    expect(standing?.touches.filter((at) => at <= NOW)).toHaveLength(12);
    expect(standing?.lastThreadUrl).toBe('https://mail.example/t');
  });

  it('must be settled before anything is compared or queued anew', async () => {
    const { store } = await testDevice();
    await store.applyRemote(calls('client-100', 2), null, NOW, { inBulk: true });
    for (const run of [store.digest, store.queueEverything, store.forgetSeqs]) {
      await expect(run()).rejects.toThrow('settle');
    }
    await expect(store.dropUnknown(NOW)).rejects.toThrow('settle');
    await settleAll(store);
    await expect(store.digest()).resolves.toBeInstanceOf(Uint8Array);
  });
});
