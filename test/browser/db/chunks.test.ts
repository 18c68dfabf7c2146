import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { findBySource, readInteraction } from '../../../extension/db/history.ts';
import { walkHistory } from '../../../extension/db/walk-history.ts';
import { tick, toStamp } from '../../../shared/clock.ts';
import { clientIdSchema, isSample } from '../../../shared/model/ids.ts';
import { allInteractions, expectDerivedFromScratch } from './support/derived.ts';
import {
  acknowledgement,
  addClient,
  DAY_MS,
  log,
  NOW,
  remote,
  send,
  testDevice,
} from './support/device.ts';
import { callOf, calls, edited, inBulk, packed, seen, tidyAll } from './support/history.ts';

const CLIENT = 'client-1';
const ID = `${CLIENT}-call-1050`;
const OTHER_CLIENT = v.parse(clientIdSchema, 'client-2');

/** A device with 120 calls of one client in chunks, and the client. */
async function withChunks() {
  const device = await testDevice();
  const client = remote('clients', CLIENT, packed({ name: 'Levi', createdAt: 5 }), 1);
  await inBulk(device.store, [client, ...calls(CLIENT, 120, 10)]);
  return device;
}

describe('an interaction in a chunk', () => {
  it('is found by its id, and by what it records', async () => {
    const { db, store } = await withChunks();
    const source = 'gmail:me@x.example:1';
    await inBulk(store, [remote('interactions', 'mail-0001', callOf(CLIENT, 5, { source }), 500)]);
    expect(await readInteraction(db, ID)).toMatchObject({ id: ID, clientId: CLIENT, seq: 60 });
    expect(await readInteraction(db, 'nobody-1')).toBeUndefined();
    expect(await findBySource(db, source)).toMatchObject([{ id: 'mail-0001', seq: 500 }]);
    expect(await findBySource(db, 'gmail:me@x.example:2')).toEqual([]);
    expect(await db.interactions.count()).toBe(0);
  });

  it('is not logged a second time', async () => {
    const { writer, store } = await withChunks();
    const source = 'gmail:me@x.example:1';
    await inBulk(store, [remote('interactions', 'mail-0001', callOf(CLIENT, 5, { source }), 500)]);
    const once = await writer.writeOnce(source, CLIENT, [log('own-00001', CLIENT, { source })]);
    expect(once).toMatchObject({ isNew: false, before: { id: 'mail-0001' } });
    const other = await writer.writeOnce(source, 'client-2', [log('own-00002', 'client-2')]);
    expect(other.isNew).toBe(true);
  });

  it('becomes a row when it is edited, and the edit can be taken back', async () => {
    const { db, writer, store } = await withChunks();
    const { undoToken } = await writer.write([
      { table: 'interactions', id: ID, patch: { summary: 'mine', at: NOW + 1 } },
    ]);
    expect(await db.interactions.get(ID)).toMatchObject({ summary: 'mine', kind: 'call', seq: 60 });
    expect(await allInteractions(db)).toHaveLength(120);
    expect(await db.standings.get(CLIENT)).toMatchObject({ recent: [{ id: ID }, {}, {}, {}, {}] });
    expect((await store.pendingRows(9)).map(({ id, seq }) => [id, seq])).toEqual([[ID, 60]]);
    await writer.undo(undoToken);
    const back = await readInteraction(db, ID);
    expect(back).toMatchObject({ at: NOW - 50 * DAY_MS });
    expect(back?.summary ?? null).toBeNull();
    await expectDerivedFromScratch(db);
  });

  it('leaves its client when it is moved, here or elsewhere', async () => {
    const { db, writer, store } = await withChunks();
    await writer.write([addClient('client-2')]);
    await writer.write([{ table: 'interactions', id: ID, patch: { clientId: OTHER_CLIENT } }]);
    const [, theirs] = calls(CLIENT, 2, 10);
    if (!theirs) throw new Error('there are two');
    const moved = edited(theirs.row, { clientId: 'client-2' });
    await store.applyRemote([remote('interactions', theirs.id, moved, 700)], 700, NOW);
    const standings = await db.standings.bulkGet([CLIENT, 'client-2']);
    expect(standings.map((one) => one?.interactionCount)).toEqual([118, 2]);
    await expectDerivedFromScratch(db);
  });

  it('is sent from there when it has been queued by its id', async () => {
    const { db, id, store } = await withChunks();
    const stamp = toStamp(tick(null, NOW), id);
    await db.outbox.put({ table: 'interactions', id: ID, stamp });
    const rows = await store.pendingRows(10);
    expect(rows).toMatchObject([{ id: ID, stamp, seq: 60 }]);
    await store.acknowledge(rows.map((row) => acknowledgement(row, 900)));
    expect(await readInteraction(db, ID)).toMatchObject({ seq: 900 });
    expect(await store.pendingCount()).toBe(0);
    expect(await db.interactions.count()).toBe(0);
  });

  it('stays where it is when it comes again as it was', async () => {
    const { db, store } = await withChunks();
    const before = await seen(db);
    await store.applyRemote(calls(CLIENT, 120, 10), 500, NOW);
    expect(await seen(db)).toEqual(before);
    expect(await db.interactions.count()).toBe(0);
  });

  it('is merged with another device’s version like any row', async () => {
    const { db, store } = await withChunks();
    const known = calls(CLIENT, 51, 10).at(-1);
    if (!known) throw new Error('there are 51');
    await store.applyRemote(
      [remote('interactions', ID, edited(known.row, { deleted: true }), 900)],
      900,
      NOW,
    );
    expect(await db.standings.get(CLIENT)).toMatchObject({ interactionCount: 119 });
    expect(await db.interactions.get(ID)).toMatchObject({ deleted: true, seq: 900 });
    expect(await allInteractions(db)).toHaveLength(120);
    expect(await store.pendingCount()).toBe(0);
  });

  it('gives way to a version that cannot be read, and is still shown', async () => {
    const { db, writer, store } = await withChunks();
    const known = calls(CLIENT, 51, 10).at(-1);
    if (!known) throw new Error('there are 51');
    const strange = edited(known.row, { kind: 'seance' });
    await store.applyRemote([remote('interactions', ID, strange, 900)], 900, NOW);
    expect(await readInteraction(db, ID)).toMatchObject({ kind: 'call' });
    expect(await db.foreign.get(['interactions', ID])).toMatchObject({ seq: 900 });
    await writer.write([{ table: 'interactions', id: ID, patch: { summary: 'mine' } }]);
    const [pending] = await store.pendingRows(9);
    expect(pending).toMatchObject({
      seq: 900,
      row: { fields: { kind: 'seance', summary: 'mine' } },
    });
    expect(await allInteractions(db)).toHaveLength(120);
  });
});

describe('a history in both forms', () => {
  it('is walked from the newest on, without reading more than is asked for', async () => {
    const { db, writer } = await withChunks();
    await writer.write([
      log('own-00001', CLIENT, { at: NOW + DAY_MS }),
      log('own-00002', CLIENT, { at: NOW - 3.5 * DAY_MS }),
      // At the same instants as rows in the chunks: the greater id comes first.
      log('aaa-00001', CLIENT, { at: NOW - 5 * DAY_MS }),
      log('zzz-00001', CLIENT, { at: NOW - 5 * DAY_MS }),
      log('own-00003', CLIENT, { at: NOW - 400 * DAY_MS }),
    ]);
    const walked: string[] = [];
    await walkHistory(db, CLIENT, ({ id }) => walked.push(id) === 10_000);
    const all = await allInteractions(db);
    const inOrder = all.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    expect(walked).toEqual(inOrder.map(({ id }) => id));
    const few: string[] = [];
    await walkHistory(db, CLIENT, ({ id }) => few.push(id) === 7);
    expect(few).toEqual(walked.slice(0, 7));
  });
});

describe('what is cold', () => {
  it('is folded into chunks but for the newest thirty of a client, and nothing looks different', async () => {
    const [a, b] = [await testDevice(), await testDevice()];
    await a.writer.write([addClient(CLIENT), addClient('client-2')]);
    await a.writer.write(
      Array.from({ length: 180 }, (_, n) =>
        log(`call-${1000 + n}`, n % 4 === 0 ? 'client-2' : CLIENT, { at: NOW - n * DAY_MS }),
      ),
    );
    await send(a, b);
    const before = await seen(b.db);
    await tidyAll(b.store);
    expect(await seen(b.db)).toEqual(before);
    const rows = await b.db.interactions.toArray();
    const kept = rows.filter(({ clientId }) => clientId === CLIENT);
    expect(kept).toHaveLength(30);
    expect(kept.every(({ at }) => at > NOW - 40 * DAY_MS)).toBe(true);
    // Too few of the other client's were cold to be worth a chunk.
    expect(rows.filter(({ clientId }) => clientId === 'client-2')).toHaveLength(45);
    expect(await b.db.chunks.count()).toBe(2);
    await b.writer.write([{ table: 'interactions', id: 'call-1179', patch: { summary: 'again' } }]);
    expect(await readInteraction(b.db, 'call-1179')).toMatchObject({ summary: 'again' });
    await expectDerivedFromScratch(b.db);
  });

  it('is filled into the client’s newest chunk while there is room', async () => {
    const { db, store } = await testDevice();
    await inBulk(store, calls(CLIENT, 20, 10));
    const more = Array.from({ length: 80 }, (_, n) =>
      remote('interactions', `more-${1000 + n}`, callOf(CLIENT, NOW + n), 500 + n),
    );
    await store.applyRemote(more, 600, NOW);
    await tidyAll(store);
    expect(await db.interactions.count()).toBe(30);
    expect((await db.chunks.toArray()).map(({ seqs }) => seqs.length)).toEqual([70]);
    expect(await allInteractions(db)).toHaveLength(100);
  });

  it('waits to be folded until it is sent, and samples for ever', async () => {
    const { db, writer, store } = await testDevice();
    await writer.write([
      addClient(CLIENT),
      ...Array.from({ length: 90 }, (_, n) => log(`call-${1000 + n}`, CLIENT, { at: NOW - n })),
      ...Array.from({ length: 90 }, (_, n) =>
        log(`sample-${1000 + n}`, 'sample-client', { at: n }),
      ),
    ]);
    await tidyAll(store);
    expect(await db.chunks.count()).toBe(0);
    const sent = await store.pendingRows(999);
    await store.acknowledge(sent.map((row, n) => acknowledgement(row, n + 1)));
    await writer.write([{ table: 'interactions', id: 'call-1089', patch: { summary: 'unsent' } }]);
    await tidyAll(store, NOW + 2 * DAY_MS);
    const rows = (await db.interactions.toArray()).map(({ id }) => id);
    expect(rows.filter(isSample)).toHaveLength(90);
    expect(rows.filter((id) => !isSample(id))).toHaveLength(31);
    expect(rows).toContain('call-1089');
  });

  it('is looked for once a day', async () => {
    const { db, store } = await testDevice();
    await tidyAll(store);
    await store.applyRemote(calls(CLIENT, 90, 10), 100, NOW);
    await tidyAll(store, NOW + 60_000);
    expect(await db.chunks.count()).toBe(0);
    await tidyAll(store, NOW + DAY_MS);
    expect(await db.interactions.count()).toBe(30);
  });
});
