import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { CURSOR_KEY } from '../../../extension/db/create-sync-store.ts';
import { readClock } from '../../../extension/db/device.ts';
import type { StoredClient } from '../../../extension/db/database.ts';
import { packedOf } from '../../../extension/db/stored-row.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import type { Edit } from '../../../extension/db/writer.ts';
import { MAX_AHEAD_MS, hlcOf, tick, toStamp, type DeviceId } from '../../../shared/clock.ts';
import { clientSchema } from '../../../shared/model/client.ts';
import { editRow, emptyState } from '../../../shared/merge.ts';
import {
  flattenFields,
  packRow,
  unpackRow,
  type Fields,
  type PackedRow,
} from '../../../shared/row.ts';
import {
  DAY_MS,
  NOW,
  acknowledgement,
  addClient,
  addContact,
  dump,
  log,
  remote,
  send,
  testDevice,
} from './support/device.ts';

const CLIENT = 'client-1';
const OTHER = 'ffffffffffffff01' as DeviceId;
const levi = { name: 'Levi', createdAt: 5 };

const packed = (fields: Fields, ms = NOW - DAY_MS, device = OTHER): PackedRow =>
  packRow(editRow(emptyState, flattenFields(fields), toStamp(tick(null, ms), device)));
const edit = (patch: object, id = CLIENT): Edit => ({ table: 'clients', id, patch });

describe('rows from the worker', () => {
  it('are merged field by field; what lost unseen stays visible and goes back', async () => {
    const { db, writer, store, changed } = await testDevice();
    await writer.write([addClient(CLIENT, { name: 'Mine' })]);
    const theirs = packed({ name: 'Theirs', createdAt: 5, tier: 'A' }, NOW + 1000);
    const result = await store.applyRemote([remote('clients', CLIENT, theirs, 7)], 7, NOW + 1000);
    expect(result).toEqual({ applied: 1, changedClientIds: [CLIENT], tooFarAhead: [] });
    expect(changed).toEqual([CLIENT]);
    expect(await db.clients.get(CLIENT)).toMatchObject({ name: 'Theirs', tier: 'A', seq: 7 });
    const [pending] = await store.pendingRows(9);
    expect(pending).toMatchObject({ id: CLIENT, seq: 7 });
    expect(pending?.row.meta.losers?.map(({ value }) => value)).toContain('Mine');
    expect((await readBook(db)).entries).toMatchObject([{ name: 'Theirs', tier: 'A' }]);
  });

  it('leave the outbox when they already contain what waits there', async () => {
    const [a, b] = [await testDevice(), await testDevice()];
    await a.writer.write([addClient(CLIENT), log('call-0001', CLIENT)]);
    await send(a, b);
    expect(await a.store.pendingCount()).toBe(0);
    expect(await b.store.pendingCount()).toBe(0);
    expect(await b.db.standings.get(CLIENT)).toMatchObject({ interactionCount: 1, touches: [NOW] });
    await b.writer.write([edit({ notes: 'x' })]);
    const [mine] = await b.store.pendingRows(1);
    if (!mine) throw new Error('the edit was not queued');
    await b.store.applyRemote([remote('clients', CLIENT, mine.row, 9)], 9, NOW);
    expect(await b.store.pendingCount()).toBe(0);
  });

  it('change nothing when they come again', async () => {
    const { db, writer, store } = await testDevice();
    await writer.write([addClient(CLIENT, { name: 'Mine' })]);
    const page = [
      remote('clients', CLIENT, packed({ ...levi, tier: 'A' }), 3),
      remote('contacts', 'contact-1', packed({ clientId: CLIENT, name: 'Noa', createdAt: 5 }), 4),
      remote(
        'interactions',
        'call-0001',
        packed({ clientId: CLIENT, kind: 'call', at: 9, createdAt: 9 }),
        5,
      ),
      remote('approvals', 'approval-1', packed({ answer: 'yes' }), 6),
      remote('clients', 'client-2', packed({ ...levi, tier: 'Z' }), 7),
    ];
    await store.applyRemote(page, 7, NOW);
    const before = await dump(db);
    await store.applyRemote(page, 7, NOW);
    expect(await dump(db)).toEqual(before);
    expect(await db.standings.get(CLIENT)).toMatchObject({ interactionCount: 1 });
  });

  it('are all kept when one page holds an older version of a row behind the newer', async () => {
    const { db, store } = await testDevice();
    const old = packed({ clientId: CLIENT, kind: 'call', at: 9, createdAt: 9 });
    const newer = packRow(
      editRow(unpackRow(old), { summary: 'newer' }, toStamp(tick(null, NOW), OTHER)),
    );
    await store.applyRemote(
      [remote('interactions', 'call-0001', newer, 8), remote('interactions', 'call-0001', old, 5)],
      8,
      NOW,
    );
    expect(await db.interactions.get('call-0001')).toMatchObject({ summary: 'newer', seq: 8 });
    expect(await db.standings.get(CLIENT)).toMatchObject({ interactionCount: 1 });
    expect(await store.pendingCount()).toBe(0);
  });

  it('move the clock, so that a later local edit wins although the wall clock is behind', async () => {
    const { db, writer, store } = await testDevice();
    const ahead = packed(levi, NOW + MAX_AHEAD_MS - 1);
    await store.applyRemote([remote('clients', CLIENT, ahead, 1)], 1, NOW);
    expect(await readClock(db)).toBe(hlcOf(ahead.meta.base));
    await writer.write([edit({ name: 'Later' })]);
    expect(await db.clients.get(CLIENT)).toMatchObject({ name: 'Later' });
  });

  it('are set aside when a stamp is too far ahead, and move neither row nor clock', async () => {
    const { db, store } = await testDevice();
    const result = await store.applyRemote(
      [
        remote('clients', CLIENT, packed(levi, NOW + MAX_AHEAD_MS + 1), 1),
        remote('clients', 'client-2', packed(levi, NOW), 2),
      ],
      2,
      NOW,
    );
    expect(result).toMatchObject({ applied: 1, tooFarAhead: [{ table: 'clients', id: CLIENT }] });
    expect(await db.clients.toCollection().primaryKeys()).toEqual(['client-2']);
    expect(await readClock(db)).toBe(tick(null, NOW));
    expect(await store.get(CURSOR_KEY)).toBe(2);
  });

  it('are stored with the cursor or not at all', async () => {
    const { db, store, changed } = await testDevice();
    await store.applyRemote([], 1, NOW);
    const before = await dump(db);
    const fail = (): never => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    db.roster.hook('creating', fail);
    const page = [remote('clients', CLIENT, packed(levi), 2)];
    await expect(store.applyRemote(page, 2, NOW)).rejects.toThrow();
    db.roster.hook('creating').unsubscribe(fail);
    expect(await dump(db)).toEqual(before);
    expect(changed).toEqual([]);
    await store.applyRemote(page, 2, NOW);
    expect(await store.get(CURSOR_KEY)).toBe(2);
    expect(await db.clients.count()).toBe(1);
  });

  it('without a cursor leave it where it is', async () => {
    const { store } = await testDevice();
    await store.applyRemote([], 4, NOW);
    await store.applyRemote([remote('clients', CLIENT, packed(levi), 9)], null, NOW);
    expect(await store.get(CURSOR_KEY)).toBe(4);
  });

  it('delete and restore, with everything derived', async () => {
    const [a, b] = [await testDevice(), await testDevice()];
    await a.writer.write([
      addClient(CLIENT, { domains: { 'levi.example': true } }),
      log('call-0001', CLIENT),
    ]);
    await send(a, b);
    await a.writer.write([
      edit({ deleted: true }),
      { table: 'interactions', id: 'call-0001', patch: { deleted: true } },
    ]);
    await send(a, b, 10);
    expect(await b.db.clients.get(CLIENT)).toMatchObject({ domainKeys: [] });
    expect((await readBook(b.db)).entries).toEqual([]);
    await a.writer.write([edit({ notes: 'back' })]);
    await send(a, b, 20);
    expect((await readBook(b.db)).entries).toMatchObject([{ clientId: CLIENT, touches: [] }]);
  });
});

describe('rows that this version cannot read', () => {
  const strange = packed({ answer: 'yes', trail: ['a', 1, null], by: { noa: true } });

  it('are kept and passed on unchanged, of whatever table', async () => {
    const { db, store } = await testDevice();
    const page = [
      remote('approvals', 'approval-1', strange, 1),
      remote('clients', CLIENT, packed({ ...levi, tier: 'Z', mood: 'good' }), 2),
      remote('clients', '../odd id', packed(levi), 3),
      remote('clients', 'client-3', packed({ ...levi, meta: 'taken', seq: 5 }), 4),
    ];
    await store.applyRemote(page, 4, NOW);
    expect(await db.clients.count()).toBe(0);
    expect(await db.foreign.count()).toBe(4);
    expect(await store.pendingCount()).toBe(0);
    await store.queueEverything();
    const pending = await store.pendingRows(10);
    for (const { table, id, row } of page) {
      expect(pending.find((one) => one.table === table && one.id === id)).toMatchObject({
        row,
        seq: null,
      });
    }
  });

  it('say why without their content', async () => {
    const { db, store } = await testDevice();
    const emails = { 'noa@secret.example': 'yes' };
    const contact = packed({ clientId: CLIENT, name: 'Noa', createdAt: 1, emails });
    await store.applyRemote([remote('contacts', 'contact-1', contact, 1)], 1, NOW);
    expect((await db.foreign.toArray()).map(({ reason }) => reason)).toEqual([
      'contacts.emails: boolean',
    ]);
  });

  it('become readable rows once they can be read', async () => {
    const { db, store } = await testDevice();
    const odd = packed({ ...levi, tier: 'Z' });
    await store.applyRemote([remote('clients', CLIENT, odd, 1)], 1, NOW);
    const mended = packRow(editRow(unpackRow(odd), { tier: 'A' }, toStamp(tick(null, NOW), OTHER)));
    await store.applyRemote([remote('clients', CLIENT, mended, 2)], 2, NOW);
    expect(await db.clients.get(CLIENT)).toMatchObject({ tier: 'A' });
    expect(await db.foreign.count()).toBe(0);
    expect(await store.pendingCount()).toBe(0);
  });

  it('do not hide a local edit of the readable version from the other devices', async () => {
    const { db, writer, store } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    const [first] = await store.pendingRows(1);
    if (!first) throw new Error('the client was not queued');
    const newer = packRow(
      editRow(unpackRow(first.row), { tier: 'Z' }, toStamp(tick(null, NOW + 5), OTHER)),
    );
    await store.applyRemote([remote('clients', CLIENT, newer, 4)], 4, NOW);
    expect(await store.pendingCount()).toBe(0);
    await writer.write([edit({ notes: 'mine' })]);
    const [pending] = await store.pendingRows(1);
    expect(pending).toMatchObject({ seq: 4, row: { fields: { notes: 'mine', tier: 'Z' } } });
    if (!pending) return;
    await store.acknowledge([acknowledgement(pending, 5)]);
    expect(await store.pendingCount()).toBe(0);
    expect(await db.foreign.get(['clients', CLIENT])).toMatchObject({ seq: 5 });
    expect(await db.clients.get(CLIENT)).toMatchObject({ notes: 'mine', seq: 5 });
  });
});

describe('an acknowledgement', () => {
  it('takes a row out of the outbox only if it is as it was when it was sent', async () => {
    const { db, writer, store } = await testDevice();
    await writer.write([addClient(CLIENT), addClient('client-2')]);
    const sent = await store.pendingRows(9);
    await writer.write([edit({ notes: 'meanwhile' })]);
    await store.acknowledge(sent.map((row, n) => acknowledgement(row, 10 + n)));
    expect(await db.outbox.toArray()).toMatchObject([{ id: CLIENT }]);
    const [pending] = await store.pendingRows(9);
    expect(pending).toMatchObject({ seq: 10, row: { fields: { notes: 'meanwhile' } } });
    expect(await db.clients.get('client-2')).toMatchObject({ seq: 11 });
  });

  it('of a row that is not there (any more) does nothing', async () => {
    const { db, store } = await testDevice();
    const row = packed(levi);
    const sent = { row, stamp: row.meta.base, seq: null };
    await store.acknowledge([
      acknowledgement({ table: 'clients', id: CLIENT, ...sent }, 1),
      acknowledgement({ table: 'approvals', id: 'approval-1', ...sent }, 2),
    ]);
    expect(await db.clients.count()).toBe(0);
    expect(await db.foreign.count()).toBe(0);
  });
});

describe('the outbox', () => {
  it('gives clients and contacts before interactions, at most as many as asked for', async () => {
    const { writer, store } = await testDevice();
    await writer.write([
      log('call-0001', CLIENT),
      addContact('contact-1', CLIENT),
      addClient(CLIENT),
    ]);
    expect((await store.pendingRows(9)).map(({ table }) => table)).toEqual([
      'clients',
      'contacts',
      'interactions',
    ]);
    expect(await store.pendingRows(2)).toHaveLength(2);
    expect(await store.pendingCount()).toBe(3);
  });

  it('tells that something was queued', async () => {
    const { writer, store } = await testDevice();
    let heard = 0;
    const leave = store.onQueued(() => (heard += 1));
    await writer.write([addClient(CLIENT)]);
    leave();
    await writer.write([edit({ notes: 'x' })]);
    expect(heard).toBe(1);
  });

  it('takes in everything but samples, deleted rows too, over several pages', async () => {
    const { db, writer, store } = await testDevice();
    const { meta } = packed(levi);
    const row = (id: string): StoredClient => ({
      ...v.parse(clientSchema, { id, name: 'x', createdAt: 5 }),
      meta,
      domainKeys: [],
    });
    const ids = Array.from({ length: 2100 }, (_, n) => `client-${10_000 + n}`);
    await db.clients.bulkPut([...ids, 'sample-levi'].map(row));
    await writer.write([edit({ deleted: true }, 'client-10007')]);
    for (const sent of await store.pendingRows(9))
      await store.acknowledge([acknowledgement(sent, 1)]);
    expect(await store.pendingCount()).toBe(0);
    await store.queueEverything();
    expect(await store.pendingCount()).toBe(2100);
    expect(await db.outbox.get(['clients', 'sample-levi'])).toBeUndefined();
    expect(await db.outbox.get(['clients', 'client-10007'])).toBeDefined();
    const [pending] = await store.pendingRows(1);
    expect(pending?.stamp).toBe(meta.base);
  });

  it('keeps the sync client’s own values, keys of cryptography among them', async () => {
    const { store } = await testDevice();
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
    ]);
    await store.set('own', { key, n: 1 });
    expect(await store.get('own')).toMatchObject({ n: 1, key: { extractable: false } });
    await store.remove('own');
    expect(await store.get('own')).toBeUndefined();
  });
});

it('two devices that edited apart hold the same rows once each has what the other had', async () => {
  const [a, b] = [await testDevice(), await testDevice()];
  await a.writer.write([addClient(CLIENT), addContact('contact-1', CLIENT)]);
  await send(a, b);
  await a.writer.write([edit({ name: 'A', notes: 'from a' })]);
  await b.writer.write([edit({ name: 'B', tier: 'B' }), log('call-0001', CLIENT)]);
  await send(a, b, 10);
  await send(b, a, 20);
  await send(a, b, 30);
  const rowsOf = async ({ db }: typeof a) =>
    (await db.clients.toArray()).map((row) => packedOf(row));
  expect(await rowsOf(a)).toEqual(await rowsOf(b));
  expect(await a.store.pendingCount()).toBe(0);
  expect((await readBook(a.db)).entries).toEqual((await readBook(b.db)).entries);
});
