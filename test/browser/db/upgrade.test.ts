import { describe, expect, it, onTestFinished } from 'vitest';
import { matchPeople } from '../../../extension/db/card-query.ts';
import { MainstayDatabase } from '../../../extension/db/database.ts';
import { readClock, readDevice } from '../../../extension/db/device.ts';
import { packedOf, stateOf, toStored } from '../../../extension/db/stored-row.ts';
import { createSyncStore } from '../../../extension/db/create-sync-store.ts';
import { readBook, todayOf } from '../../../extension/db/today-query.ts';
import { createWriter } from '../../../extension/db/writer.ts';
import { tableNames } from '../../../shared/model/tables.ts';
import { isPackedRow } from '../../../shared/row.ts';
import version1 from '../../fixtures/database/v1.json' with { type: 'json' };
import { expectDerivedFromScratch } from './support/derived.ts';
import { NOW, countingBytes } from './support/device.ts';

interface StoredIndex {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly unique: boolean;
  readonly multiEntry: boolean;
}

/** What a database of an earlier version held, to the last store and index. */
interface DatabaseDump {
  readonly version: number;
  readonly stores: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly indexes: readonly StoredIndex[];
    readonly rows: readonly object[];
  }[];
}

/** A version that was ever released stays here for ever. */
const dumps: Readonly<Record<string, DatabaseDump>> = { 1: version1 };

/** Makes it with the browser's own means: nothing of today's code has a hand in it. */
async function recreate(name: string, { version, stores }: DatabaseDump): Promise<void> {
  const request = indexedDB.open(name, version);
  await new Promise<void>((resolve, reject) => {
    request.addEventListener('upgradeneeded', () => {
      for (const { name: store, keyPath, indexes, rows } of stores) {
        const made = request.result.createObjectStore(store, { keyPath });
        for (const index of indexes) {
          const { unique, multiEntry } = index;
          made.createIndex(index.name, index.keyPath, { unique, multiEntry });
        }
        for (const row of rows) made.put(row);
      }
    });
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
  });
  request.result.close();
}

async function opened(dump: DatabaseDump): Promise<MainstayDatabase> {
  const name = `upgrade-${crypto.randomUUID()}`;
  await recreate(name, dump);
  const db = new MainstayDatabase(name);
  onTestFinished(() => db.close());
  return db;
}

const rowsOf = ({ stores }: DatabaseDump, table: string): readonly object[] =>
  stores.find(({ name }) => name === table)?.rows ?? [];

describe.each(Object.entries(dumps))('a database of version %s', (_, dump) => {
  it('opens with every row there, readable, and able to be sent', async () => {
    const db = await opened(dump);
    for (const name of tableNames) {
      const rows = await db.table(name).toArray();
      expect(rows).toHaveLength(rowsOf(dump, name).length);
      for (const row of rows) {
        expect(isPackedRow(packedOf(row))).toBe(true);
        // Read, and stored as it would be stored today: index keys included.
        expect(toStored(name, row.id, stateOf(row), row)).toEqual({ ok: true, row });
      }
    }
    expect(await db.foreign.count()).toBe(rowsOf(dump, 'foreign').length);
    expect(await db.outbox.count()).toBe(rowsOf(dump, 'outbox').length);
  });

  it('keeps its derived figures, equal to what the rows say', async () => {
    const db = await opened(dump);
    await expectDerivedFromScratch(db);
    const book = await readBook(db);
    expect(book.entries.length).toBeGreaterThan(0);
    expect(() => todayOf(book, NOW)).not.toThrow();
  });

  it('still finds people by address and domain', async () => {
    const db = await opened(dump);
    for (const { emails, clientId, emailKeys } of await db.contacts.toArray()) {
      for (const address of emailKeys) {
        expect(emails?.[address]).toBe(true);
        expect((await matchPeople(db, [address])).matches).toMatchObject([{ clientId }]);
      }
    }
    for (const { id, domainKeys } of await db.clients.toArray()) {
      for (const domain of domainKeys) {
        const { matches } = await matchPeople(db, [`someone.new@${domain}`]);
        expect(matches).toMatchObject([{ clientId: id, contactId: null }]);
      }
    }
  });

  it('goes on as the same device with a clock that has not gone back', async () => {
    const db = await opened(dump);
    const device = await readDevice(db, countingBytes());
    expect(device.isNew).toBe(false);
    const before = await readClock(db);
    const writer = createWriter({
      db,
      device: device.id,
      now: () => 0,
      newToken: () => 'new-token',
    });
    const [client] = await db.clients.toArray();
    if (!client) throw new Error('the dump holds no client');
    const { undoToken } = await writer.write([
      { table: 'clients', id: client.id, patch: { notes: 'after the upgrade' } },
    ]);
    expect(((await readClock(db)) ?? '') > (before ?? '')).toBe(true);
    await writer.undo(undoToken);
    expect((await db.clients.get(client.id))?.notes ?? null).toBe(client.notes ?? null);
    await expectDerivedFromScratch(db);
  });

  it('can still take back what was done before the upgrade', async () => {
    const db = await opened(dump);
    const device = await readDevice(db, countingBytes());
    let tokens = 0;
    const newToken = () => `new-${(tokens += 1)}`;
    const writer = createWriter({ db, device: device.id, now: () => NOW, newToken });
    const entries = await db.undo.orderBy('at').reverse().primaryKeys();
    expect(entries.length).toBeGreaterThan(0);
    for (const token of entries) expect(await writer.undo(token)).not.toBeNull();
    await expectDerivedFromScratch(db);
  });

  it('can still send what was waiting', async () => {
    const db = await opened(dump);
    const store = createSyncStore({
      db,
      onChanged: () => undefined,
      onQueued: () => () => undefined,
    });
    const pending = await store.pendingRows(1000);
    expect(pending).toHaveLength(rowsOf(dump, 'outbox').length);
    for (const { row } of pending) expect(isPackedRow(row)).toBe(true);
  });
});

describe('rows that a newer device had sent before this one knew their tables', () => {
  const meta = { base: '01a1fdfa46000000ffffffffffffff01' };
  const foreign = (table: string, id: string, fields: object): object => ({
    table,
    id,
    fields,
    meta,
    seq: 300,
    reason: 'table',
  });
  const clientId = '8dYk2vQmT0aLw6sXnB3zRg';
  const arrived = [
    foreign('promises', 'promise-0001', {
      clientId,
      direction: 'ours',
      what: 'Quote for phase 2',
      dueOn: '2026-11-27',
      createdAt: 5,
    }),
    foreign('promises', 'promise-0002', { clientId, direction: 'sideways' }),
    foreign('timeEntries', 'time-entry-1', {
      clientId,
      day: '2026-11-20',
      minutes: 25,
      from: 'suggested',
      createdAt: 5,
    }),
  ];
  const others = version1.stores.filter(({ name }) => name !== 'foreign');
  const stores = version1.stores.filter(({ name }) => name === 'foreign');
  const withForeign: DatabaseDump = {
    ...version1,
    stores: [
      ...others,
      ...stores.flatMap(({ name, keyPath, indexes, rows }) => ({
        name,
        keyPath,
        indexes,
        rows: [...rows, ...arrived],
      })),
    ],
  };

  it('become rows like all others, and those that cannot be read stay as they came', async () => {
    const db = await opened(withForeign);
    expect(await db.promises.toArray()).toMatchObject([
      { id: 'promise-0001', seq: 300, openFor: clientId },
    ]);
    expect(await db.timeEntries.toArray()).toMatchObject([{ minutes: 25, seq: 300 }]);
    expect((await db.foreign.toArray()).map(({ id }) => id)).toEqual([
      'approval-1',
      'Newer0000000000000001',
      'promise-0002',
    ]);
    expect(await db.standings.get(clientId)).toMatchObject({ promises: { count: 1 } });
    await expectDerivedFromScratch(db);
  });
});
