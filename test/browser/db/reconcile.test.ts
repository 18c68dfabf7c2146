import { describe, expect, it } from 'vitest';
import { readBook } from '../../../extension/db/today-query.ts';
import { readInteraction } from '../../../extension/db/history.ts';
import { newDigest, sumOfAll, bucketOf } from '../../../shared/protocol/digest.ts';
import { allInteractions, expectDerivedFromScratch } from './support/derived.ts';
import {
  acknowledgement,
  addContact,
  DAY_MS,
  log,
  NOW,
  remote,
  testDevice,
} from './support/device.ts';
import {
  callOf,
  calls,
  digestFromScratch,
  edited,
  inBulk,
  packed,
  seen,
  tidyAll,
} from './support/history.ts';

const CLIENT = 'client-1';
const clientRow = remote('clients', CLIENT, packed({ name: 'Levi', createdAt: 5 }), 1);
const otherRow = remote('clients', 'client-2', packed({ name: 'Noa', createdAt: 5 }), 2);
const strange = remote('visits', 'visit-1', packed({ answer: 'yes' }), 3);
const everything = [clientRow, otherRow, strange, ...calls(CLIENT, 60, 10)];

async function withHistory() {
  const device = await testDevice();
  await inBulk(device.store, everything);
  return device;
}

describe('the digest', () => {
  it('is the sum of all that was exchanged, in whatever form it lies', async () => {
    const { db, writer, store } = await withHistory();
    const sum = async () => sumOfAll(await store.digest());
    expect((await sum()).count).toBe(63);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
    const before = await store.digest();
    await writer.write([
      { table: 'interactions', id: `${CLIENT}-call-1007`, patch: { summary: 'mine' } },
      log('own-00001', CLIENT),
    ]);
    // What is not sent yet is not at the worker.
    expect(await store.digest()).toEqual(before);
    const pending = await store.pendingRows(9);
    await store.acknowledge(pending.map((row, n) => acknowledgement(row, 900 + n)));
    expect((await sum()).count).toBe(64);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
    await tidyAll(store);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
  });

  it('counts of a row that cannot be read the version that the worker has', async () => {
    const { db, store } = await withHistory();
    const newer = edited(clientRow.row, { tier: 'Z' });
    await store.applyRemote([remote('clients', CLIENT, newer, 200)], 200, NOW);
    expect(sumOfAll(await store.digest()).count).toBe(63);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
    const readable = edited(newer, { tier: 'A' }, NOW + 5);
    await store.applyRemote([remote('clients', CLIENT, readable, 300)], 300, NOW + 5);
    expect(sumOfAll(await store.digest()).count).toBe(63);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
  });

  it('names the rows of its buckets', async () => {
    const { store } = await withHistory();
    const buckets = [
      bucketOf(clientRow.rkey),
      bucketOf(strange.rkey),
      bucketOf(everything[9]?.rkey ?? clientRow.rkey),
    ];
    const expected = everything
      .filter(({ rkey }) => buckets.includes(bucketOf(rkey)))
      .map(({ table, id, seq, hash }) => ({ table, id, seq, hash }));
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    expect((await store.rowsOfBuckets(buckets)).toSorted(byId)).toEqual(expected.toSorted(byId));
    expect(await store.rowsOfBuckets([])).toEqual([]);
  });

  it('is empty once everything is queued for another storage', async () => {
    const { db, store } = await withHistory();
    await store.queueEverything();
    expect(await store.digest()).toEqual(newDigest());
    expect(await store.pendingCount()).toBe(63);
    const pending = await store.pendingRows(1000);
    expect(pending).toHaveLength(63);
    expect(pending.every(({ seq }) => seq === null)).toBe(true);
    // Chunks stay chunks: a million rows are queued by rewriting ten thousand values.
    expect(await db.interactions.count()).toBe(0);
  });
});

describe('rows that wait in chunks', () => {
  it('are sent part by part, and those that are acknowledged wait no longer', async () => {
    const { db, store } = await withHistory();
    await store.queueEverything();
    const sent: string[] = [];
    for (let seq = 1; ; seq += 25) {
      const some = await store.pendingRows(25);
      if (some.length === 0) break;
      sent.push(...some.map(({ id }) => id));
      await store.acknowledge(some.map((row, n) => acknowledgement(row, seq + n)));
    }
    expect(new Set(sent).size).toBe(63);
    expect(sent).toHaveLength(63);
    expect(await store.pendingCount()).toBe(0);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
    expect(await db.interactions.count()).toBe(0);
  });

  it('wait no longer when the worker turns out to have them', async () => {
    const { db, store } = await withHistory();
    await store.queueEverything();
    await inBulk(store, calls(CLIENT, 40, 10));
    await store.applyRemote(calls(CLIENT, 60, 10).slice(40), 100, NOW);
    expect((await store.pendingRows(100)).map(({ table }) => table)).toEqual([
      'clients',
      'clients',
      'visits',
    ]);
    expect(await db.interactions.count()).toBe(0);
    expect(await readInteraction(db, `${CLIENT}-call-1059`)).toMatchObject({ seq: 69 });
  });

  it('are edited and sent like any other', async () => {
    const { writer, store } = await withHistory();
    await store.queueEverything();
    await writer.write([
      { table: 'interactions', id: `${CLIENT}-call-1007`, patch: { summary: 'x' } },
    ]);
    expect(await store.pendingCount()).toBe(63);
    const pending = await store.pendingRows(100);
    expect(pending.filter(({ id }) => id === `${CLIENT}-call-1007`)).toMatchObject([
      { row: { fields: { summary: 'x' } }, seq: null },
    ]);
  });

  it('wait as well when only they are queued again, and keep their number', async () => {
    const { writer, store } = await withHistory();
    await writer.write([log('own-00001', CLIENT)]);
    for (const row of await store.pendingRows(9))
      await store.acknowledge([acknowledgement(row, 800)]);
    await store.queueRows([
      { table: 'interactions', id: `${CLIENT}-call-1000` },
      { table: 'interactions', id: 'own-00001' },
      { table: 'visits', id: 'visit-1' },
      { table: 'clients', id: 'nobody-1' },
    ]);
    const pending = await store.pendingRows(9);
    const inOrder = pending.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(inOrder.map(({ id, seq }) => [id, seq])).toEqual([
      [`${CLIENT}-call-1000`, 10],
      ['own-00001', 800],
      ['visit-1', 3],
    ]);
    expect(sumOfAll(await store.digest()).count).toBe(64);
  });
});

describe('a worker that has forgotten what was deleted', () => {
  it('takes with it what it does not have and what does not wait to be sent', async () => {
    const { db, writer, store, changed } = await withHistory();
    await writer.write([
      addContact('contact-1', CLIENT),
      { table: 'interactions', id: `${CLIENT}-call-1050`, patch: { summary: 'unsent' } },
    ]);
    await store.forgetSeqs();
    expect(await store.digest()).toEqual(newDigest());
    expect(await store.pendingCount()).toBe(2);
    changed.length = 0;
    await inBulk(store, [clientRow, ...calls(CLIENT, 40, 10)]);
    expect(await store.dropUnknown(NOW)).toBe(1 + 1 + 19);
    expect(changed).toContain('client-2');
    expect((await readBook(db)).entries.map(({ clientId }) => clientId)).toEqual([CLIENT]);
    const left = await allInteractions(db);
    expect(left).toHaveLength(41);
    expect(left.at(-1)).toMatchObject({ id: `${CLIENT}-call-1050`, summary: 'unsent' });
    expect(await db.standings.get(CLIENT)).toMatchObject({ interactionCount: 41 });
    expect(await store.pendingCount()).toBe(2);
    await expectDerivedFromScratch(db);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
  });

  it('gives it back for thirty days', async () => {
    const { db, store } = await withHistory();
    const before = await seen(db);
    await store.forgetSeqs();
    expect(await store.dropUnknown(NOW)).toBe(63);
    expect(await allInteractions(db)).toEqual([]);
    expect((await readBook(db)).entries).toEqual([]);
    const dropped = await store.droppedRows();
    expect(dropped).toHaveLength(63);
    expect(dropped.find(({ id }) => id === CLIENT)).toEqual({
      table: 'clients',
      id: CLIENT,
      row: clientRow.row,
      droppedAt: NOW,
    });
    await tidyAll(store, NOW + 29 * DAY_MS);
    expect(await store.restoreDropped(dropped.slice(0, 30), NOW + 29 * DAY_MS)).toBe(30);
    expect(await store.restoreDropped(dropped.slice(0, 30), NOW + 29 * DAY_MS)).toBe(0);
    await store.restoreDropped(dropped.slice(30), NOW + 29 * DAY_MS);
    const after = await seen(db);
    expect(after.waiting).toHaveLength(63);
    const plain = (rows: typeof before.interactions) =>
      rows.map(({ id, fields, meta }) => ({ id, fields, meta }));
    expect(plain(after.interactions)).toEqual(plain(before.interactions));
    expect(after.roster).toEqual(before.roster);
    await expectDerivedFromScratch(db);
  });

  it('is not believed after thirty days', async () => {
    const { store } = await withHistory();
    await store.forgetSeqs();
    await store.dropUnknown(NOW);
    await tidyAll(store, NOW + 31 * DAY_MS);
    expect(await store.droppedRows()).toEqual([]);
  });

  it('does not take what it has in a form that could not be taken in', async () => {
    const { db, store } = await withHistory();
    await store.forgetSeqs();
    const asked: string[] = [];
    const count = await store.dropUnknown(NOW, async (rows) => {
      asked.push(...rows.map(({ id }) => id));
      return rows.filter(({ id }) => id === CLIENT || id.endsWith('1000'));
    });
    expect(asked).toHaveLength(63);
    expect(count).toBe(61);
    expect(await db.clients.toCollection().primaryKeys()).toEqual([CLIENT]);
    expect((await allInteractions(db)).map(({ id }) => id)).toEqual([`${CLIENT}-call-1000`]);
  });

  it('is left alone by rows that waited in chunks before', async () => {
    const { store } = await withHistory();
    await store.queueEverything();
    await store.forgetSeqs();
    expect(await store.pendingCount()).toBe(63);
    expect(await store.dropUnknown(NOW)).toBe(0);
    expect(await store.pendingCount()).toBe(63);
  });
});

describe('deleted rows that the worker has cleared away', () => {
  it('are forgotten here too, but for those with more to say', async () => {
    const { db, writer, store } = await withHistory();
    const gone = (id: string, seq: number) =>
      remote('interactions', id, callOf(CLIENT, 5, { deleted: true }), seq);
    await inBulk(store, [gone('gone-0001', 201), gone('gone-0002', 202), gone('gone-0003', 209)]);
    await store.applyRemote([gone('gone-0004', 204), gone('gone-0005', 205)], 209, NOW);
    await store.applyRemote(
      [remote('visits', 'visit-2', packed({ deleted: true }), 206)],
      209,
      NOW,
    );
    await writer.write([{ table: 'interactions', id: 'gone-0005', patch: { deleted: false } }]);
    await writer.write([{ table: 'interactions', id: 'gone-0005', patch: { deleted: true } }]);
    expect(await store.forgetTombstones(206)).toBe(4);
    const left = (await allInteractions(db))
      .map(({ id }) => id)
      .filter((id) => id.startsWith('gone'));
    expect(left).toEqual(['gone-0003', 'gone-0005']);
    expect(sumOfAll(await store.digest()).count).toBe(65);
    expect(await digestFromScratch(db)).toEqual(await store.digest());
    expect(await store.forgetTombstones(206)).toBe(0);
    await expectDerivedFromScratch(db);
  });
});
