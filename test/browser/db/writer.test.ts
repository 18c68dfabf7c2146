import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../extension/db/writer.ts';
import { pruneUndo } from '../../../extension/db/undo.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import { isLive } from '../../../extension/db/stored-row.ts';
import { sampleDataHandlers } from '../../../extension/features/sample-data/background.ts';
import { sampleBook } from '../../../extension/features/sample-data/sample-book.ts';
import { tick } from '../../../shared/clock.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import {
  DAY_MS,
  NOW,
  addClient,
  addContact,
  dump,
  log,
  send,
  testDevice,
} from './support/device.ts';

const CLIENT = 'client-1';
const CONTACT = 'contact-1';
const CALL = 'interaction-1';
const asker = { isExtensionPage: true, tabId: null };
const edit = (patch: object, id = CLIENT): Edit => ({ table: 'clients', id, patch });

describe('a write', () => {
  it('stores row, outbox entry, standing, line of the roster and undo together', async () => {
    const { db, writer, id } = await testDevice();
    const written = await writer.write([
      addClient(CLIENT),
      addContact(CONTACT, CLIENT, { emails: { 'noa@levi.example': true } }),
      log(CALL, CLIENT, { threadUrl: 'https://mail.example/1' }),
    ]);
    expect(written.clientIds).toEqual([CLIENT]);
    expect(await db.contacts.get(CONTACT)).toMatchObject({ emailKeys: ['noa@levi.example'] });
    const outbox = await db.outbox.toArray();
    expect(outbox.map(({ table }) => table)).toEqual(['clients', 'contacts', 'interactions']);
    expect(outbox.every(({ stamp }) => stamp.endsWith(id))).toBe(true);
    expect(await db.standings.get(CLIENT)).toMatchObject({ touches: [NOW], interactionCount: 1 });
    const [entry] = (await readBook(db)).entries;
    expect(entry).toMatchObject({ clientId: CLIENT, people: ['Noa Levi'], touches: [NOW] });
    expect(await db.undo.get(written.undoToken)).toBeDefined();
  });

  it('that fails leaves nothing behind, not even a tick of the clock', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    const before = await dump(db);
    const heard: unknown[] = [];
    writer.onWritten((written) => heard.push(written));
    const broken = log(CALL, CLIENT, { minutes: -1 });
    await expect(writer.write([addContact(CONTACT, CLIENT), broken])).rejects.toMatchObject({
      name: 'InvalidEditError',
    });
    expect(await dump(db)).toEqual(before);
    expect(heard).toEqual([]);
  });

  it('is refused when another device could not read it', async () => {
    const { db, writer } = await testDevice();
    const unsafe = edit({ ...addClient(CLIENT).patch, interests: { constructor: true } });
    await expect(writer.write([unsafe])).rejects.toMatchObject({ name: 'InvalidEditError' });
    expect(await db.clients.count()).toBe(0);
  });

  it('keeps all edits of one row, the last one on top', async () => {
    const { db, writer } = await testDevice();
    const { undoToken } = await writer.write([
      addClient(CLIENT),
      edit({ tier: 'B', notes: 'kept' }),
      edit({ tier: 'A' }),
    ]);
    expect(await db.clients.get(CLIENT)).toMatchObject({
      name: 'Levi & Sons',
      notes: 'kept',
      tier: 'A',
    });
    await writer.undo(undoToken);
    expect(isLive(await db.clients.get(CLIENT))).toBe(false);
  });

  it('comes after the write before it, also within one millisecond', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    await Promise.all([
      writer.write([edit({ notes: 'first' })]),
      writer.write([edit({ notes: 'second' })]),
    ]);
    expect(await db.clients.get(CLIENT)).toMatchObject({ notes: 'second' });
    const tokens = await db.undo.orderBy('at').primaryKeys();
    expect(tokens).toEqual(['token-1', 'token-2', 'token-3']);
  });

  it('still comes after it in a new background whose wall clock was set back', async () => {
    const device = await testDevice();
    await device.writer.write([addClient(CLIENT)]);
    const before = (await device.db.outbox.toArray())[0]?.stamp ?? '';
    device.wall.now = NOW - 400 * DAY_MS;
    await device.restartedWriter().write([edit({ notes: 'later' })]);
    const after = (await device.db.outbox.toArray())[0]?.stamp ?? '';
    expect(after > before).toBe(true);
    expect(await device.db.clients.get(CLIENT)).toMatchObject({ notes: 'later' });
  });

  it('can be undone although many were written before, and the clock was set back since', async () => {
    const device = await testDevice();
    await device.writer.write([addClient(CLIENT, { notes: 'before' })]);
    const older = Array.from({ length: 199 }, (_, n) => ({
      token: `older-${n}`,
      at: tick(null, NOW - 1000 + n),
      rows: [],
    }));
    await device.db.undo.bulkPut(older);
    device.wall.now = NOW - DAY_MS;
    const { undoToken } = await device.writer.write([edit({ notes: 'after' })]);
    await pruneUndo(device.db);
    expect(await device.db.undo.count()).toBe(200);
    expect(await device.writer.undo('older-0')).toBeNull();
    await device.writer.undo(undoToken);
    expect(await device.db.clients.get(CLIENT)).toMatchObject({ notes: 'before' });
  });

  it('is told to listeners once it is stored, until they leave', async () => {
    const { db, writer } = await testDevice();
    const heard: string[] = [];
    const leave = writer.onWritten(({ undoToken }) => heard.push(undoToken));
    await writer.write([addClient(CLIENT)]);
    leave();
    await writer.write([edit({ notes: 'x' })]);
    expect(heard).toEqual(['token-1']);
    expect(await db.clients.count()).toBe(1);
  });
});

describe('undo', () => {
  it('deletes what was created, with everything derived from it', async () => {
    const { db, writer } = await testDevice();
    const { undoToken } = await writer.write([addClient(CLIENT), log(CALL, CLIENT)]);
    expect(await writer.undo(undoToken)).toMatchObject({ clientIds: [CLIENT] });
    expect(isLive(await db.clients.get(CLIENT))).toBe(false);
    expect(isLive(await db.interactions.get(CALL))).toBe(false);
    expect((await readBook(db)).entries).toEqual([]);
    // Other devices must hear of it.
    expect(await db.outbox.count()).toBe(2);
  });

  it('works once', async () => {
    const { writer } = await testDevice();
    const { undoToken } = await writer.write([addClient(CLIENT)]);
    expect(await writer.undo(undoToken)).not.toBeNull();
    expect(await writer.undo(undoToken)).toBeNull();
  });

  it('can itself be undone', async () => {
    const { db, writer } = await testDevice();
    const { undoToken } = await writer.write([addClient(CLIENT)]);
    const undone = await writer.undo(undoToken);
    await writer.undo(undone?.undoToken ?? '');
    expect(isLive(await db.clients.get(CLIENT))).toBe(true);
    expect((await readBook(db)).entries).toHaveLength(1);
  });

  it('puts back values, absent ones too, and leaves other fields that were edited since', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT, { tier: 'B' })]);
    const { undoToken } = await writer.write([edit({ tier: 'A', notes: 'x' })]);
    await writer.write([edit({ language: 'he' })]);
    await writer.undo(undoToken);
    const row = await db.clients.get(CLIENT);
    expect(row).toMatchObject({ tier: 'B', notes: null, language: 'he' });
  });

  it('takes back several changes of one field in the order of their undoing', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT, { notes: 'zero' })]);
    const first = await writer.write([edit({ notes: 'one' })]);
    const second = await writer.write([edit({ notes: 'two' })]);
    await writer.undo(second.undoToken);
    expect(await db.clients.get(CLIENT)).toMatchObject({ notes: 'one' });
    await writer.undo(first.undoToken);
    expect(await db.clients.get(CLIENT)).toMatchObject({ notes: 'zero' });
  });

  it('does not overwrite what a colleague wrote into the same field since', async () => {
    const [mine, theirs] = [await testDevice(), await testDevice()];
    await mine.writer.write([addClient(CLIENT, { notes: 'zero' })]);
    const { undoToken } = await mine.writer.write([edit({ notes: 'mine', tier: 'A' })]);
    await send(mine, theirs);
    await theirs.writer.write([edit({ notes: 'theirs' })]);
    await send(theirs, mine, 10);
    await mine.writer.undo(undoToken);
    expect(await mine.db.clients.get(CLIENT)).toMatchObject({ notes: 'theirs', tier: null });
  });

  it('of a deletion brings the row back with its addresses and its place in Today', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT, { domains: { 'levi.example': true } })]);
    const { undoToken } = await writer.write([edit({ deleted: true })]);
    expect(await db.clients.get(CLIENT)).toMatchObject({ domainKeys: [] });
    await writer.undo(undoToken);
    expect(await db.clients.get(CLIENT)).toMatchObject({ domainKeys: ['levi.example'] });
    expect((await readBook(db)).entries).toHaveLength(1);
  });

  it('of a deletion works for a row that was deleted and restored before', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    await writer.write([edit({ deleted: true })]);
    await writer.write([edit({ notes: 'restored by this' })]);
    const { undoToken } = await writer.write([edit({ deleted: true })]);
    await writer.undo(undoToken);
    expect(isLive(await db.clients.get(CLIENT))).toBe(true);
  });

  it('of the edit that restored a deleted row deletes it again', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    await writer.write([edit({ deleted: true })]);
    const { undoToken } = await writer.write([edit({ notes: 'restored by this' })]);
    await writer.undo(undoToken);
    expect(isLive(await db.clients.get(CLIENT))).toBe(false);
  });

  it('of an edit does not restore a row that was deleted since', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    const { undoToken } = await writer.write([edit({ notes: 'x' })]);
    await writer.write([edit({ deleted: true })]);
    await writer.undo(undoToken);
    expect(isLive(await db.clients.get(CLIENT))).toBe(false);
  });

  it('takes out elements that were added, puts back those taken out, and leaves the others', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT, { domains: { 'a.example': true, 'b.example': true } })]);
    const { undoToken } = await writer.write([
      edit({ domains: { 'a.example': false, 'c.example': true } }),
    ]);
    await writer.write([edit({ domains: { 'd.example': true } })]);
    expect(await db.clients.get(CLIENT)).toMatchObject({
      domainKeys: ['b.example', 'c.example', 'd.example'],
    });
    await writer.undo(undoToken);
    expect(await db.clients.get(CLIENT)).toMatchObject({
      domainKeys: ['a.example', 'b.example', 'd.example'],
    });
  });

  it('of the first change to the settings takes the element off the list', async () => {
    const { db, writer } = await testDevice();
    const never: Edit = {
      table: 'settings',
      id: SETTINGS_ID,
      patch: { neverAddresses: { 'x@y.example': true } },
    };
    const { undoToken } = await writer.write([never]);
    await writer.undo(undoToken);
    expect((await db.settings.get(SETTINGS_ID))?.neverAddresses).toEqual({ 'x@y.example': false });
  });

  it('of the first choice of what counts as a touch makes the default count again', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT), log(CALL, CLIENT)]);
    const { undoToken } = await writer.write([
      { table: 'settings', id: SETTINGS_ID, patch: { touchKinds: { call: false } } },
    ]);
    expect(await db.standings.get(CLIENT)).toMatchObject({ touches: [] });
    await writer.undo(undoToken);
    expect(await db.standings.get(CLIENT)).toMatchObject({ touches: [NOW] });
  });

  it('that fails leaves everything as it was, and can be tried again', async () => {
    const { db, writer } = await testDevice();
    const { undoToken } = await writer.write([addClient(CLIENT)]);
    const before = await dump(db);
    const fail = (): never => {
      throw new Error('the disk is full');
    };
    db.outbox.hook('updating', fail);
    await expect(writer.undo(undoToken)).rejects.toThrow();
    db.outbox.hook('updating').unsubscribe(fail);
    expect(await dump(db)).toEqual(before);
    expect(await writer.undo(undoToken)).not.toBeNull();
  });
});

describe('sample rows', () => {
  it('never enter the outbox and vanish with what was logged on them', async () => {
    const { db, writer } = await testDevice();
    const handlers = sampleDataHandlers({ db, writer });
    await writer.write([addClient(CLIENT)]);
    await handlers['sample.load'].run({ book: sampleBook(NOW) }, asker);
    const sample =
      (await db.clients.toCollection().primaryKeys()).find((id) => id !== CLIENT) ?? '';
    await writer.write([log('sample-my-own-log', sample), edit({ notes: 'x' }, sample)]);
    expect(await db.standings.get(sample)).toBeDefined();
    expect(await db.outbox.toArray()).toMatchObject([{ table: 'clients', id: CLIENT }]);
    await handlers['sample.remove'].run({}, asker);
    expect(await db.clients.toCollection().primaryKeys()).toEqual([CLIENT]);
    expect(await db.contacts.count()).toBe(0);
    expect(await db.interactions.count()).toBe(0);
    expect(await db.standings.where('clientId').startsWith('sample-').count()).toBe(0);
    expect((await readBook(db)).entries.map(({ clientId }) => clientId)).toEqual([CLIENT]);
    expect(await db.outbox.toArray()).toMatchObject([{ table: 'clients', id: CLIENT }]);
  });

  it('come without a trace when loading them is undone', async () => {
    const { db, writer } = await testDevice();
    const handlers = sampleDataHandlers({ db, writer });
    await handlers['sample.load'].run({ book: sampleBook(NOW) }, asker);
    await writer.undo('token-1');
    for (const table of [db.clients, db.contacts, db.interactions, db.standings, db.outbox]) {
      expect(await table.count()).toBe(0);
    }
    expect((await readBook(db)).entries).toEqual([]);
  });

  it('come back when their removal is undone', async () => {
    const { db, writer } = await testDevice();
    const handlers = sampleDataHandlers({ db, writer });
    await handlers['sample.load'].run({ book: sampleBook(NOW) }, asker);
    const before = (await readBook(db)).entries.map(({ name }) => name);
    await handlers['sample.remove'].run({}, asker);
    await writer.undo('token-2');
    expect((await readBook(db)).entries.map(({ name }) => name)).toEqual(before);
    expect(await db.outbox.count()).toBe(0);
  });

  it('that are gone can no longer be changed by undoing a log on them', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient('sample-levi')]);
    const { undoToken } = await writer.write([log('sample-call', 'sample-levi')]);
    const noted = await writer.write([edit({ notes: 'x' }, 'sample-levi')]);
    await writer.write([edit({ deleted: true }, 'sample-levi')]);
    await writer.write([{ table: 'interactions', id: 'sample-call', patch: { deleted: true } }]);
    await writer.undo(undoToken);
    await writer.undo(noted.undoToken);
    expect(await db.clients.count()).toBe(0);
    expect(await db.interactions.count()).toBe(0);
    expect(await db.standings.count()).toBe(0);
  });
});
