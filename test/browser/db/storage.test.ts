import { Dexie } from 'dexie';
import { describe, expect, it, onTestFinished } from 'vitest';
import { watchBlocked } from '../../../extension/db/blocked.ts';
import { MainstayDatabase } from '../../../extension/db/database.ts';
import { readDevice } from '../../../extension/db/device.ts';
import { askForPersistence, storageErrorCode, storageFailure } from '../../../extension/db/open.ts';
import { addClient, countingBytes, testDevice } from './support/device.ts';

const CLIENT = 'client-1';

/** Opens with the browser's own means and holds on, as an older or newer page would. */
async function openRaw(name: string, version: number): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  return new Promise((resolve, reject) => {
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore('someday'));
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
  });
}

async function thrownBy(run: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function database(name: string): MainstayDatabase {
  const db = new MainstayDatabase(name);
  onTestFinished(() => db.close());
  return db;
}

describe('a database of a newer version', () => {
  it('is not opened, not changed, and the user is told to update', async () => {
    const name = `newer-${crypto.randomUUID()}`;
    const first = database(name);
    await first.open();
    const next = (first.verno + 1) * 10;
    first.close();
    (await openRaw(name, next)).close();
    const db = database(name);
    for (const run of [() => db.clients.toArray(), async () => readDevice(db, countingBytes())]) {
      expect(storageErrorCode(await thrownBy(run))).toBe('storage-newer');
    }
    const raw = await openRaw(name, next);
    expect([...raw.objectStoreNames]).toContain('someday');
    raw.close();
  });

  it('is not taken for one when only Dexie counted a repair', async () => {
    const name = `repaired-${crypto.randomUUID()}`;
    const first = database(name);
    await first.open();
    const repaired = first.verno * 10 + 1;
    first.close();
    (await openRaw(name, repaired)).close();
    expect(await database(name).clients.count()).toBe(0);
  });
});

describe('a database that another page holds open', () => {
  it('says that it is blocked, and opens as soon as that page is closed', async () => {
    const name = `blocked-${crypto.randomUUID()}`;
    const holder = await openRaw(name, 5);
    const db = database(name);
    const blocked = new Promise<void>((resolve) => db.on('blocked', () => resolve()));
    const count = db.clients.count();
    await blocked;
    holder.close();
    expect(await count).toBe(0);
  });

  it('is told to whoever asks before it is known, and no more once it is open, each time', async () => {
    const name = `blocked-${crypto.randomUUID()}`;
    const db = database(name);
    const blocked = watchBlocked(db);
    for (const time of ['first', 'again']) {
      const holder = await openRaw(name, 5);
      const count = db.clients.count();
      expect(await blocked.isNow(), time).toBe(true);
      expect(await blocked.isNow(), time).toBe(true);
      await blocked.next();
      holder.close();
      expect(await count, time).toBe(0);
      expect(await blocked.isNow(), time).toBe(false);
      // As when the browser deletes the data: the next question opens it anew.
      await Dexie.delete(name);
    }
    expect(await blocked.isNow()).toBe(false);
  });
});

describe('a database that is deleted under an open page', () => {
  it('does not hold up the deletion, and is made anew by the next write', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT)]);
    await Dexie.delete(db.name);
    await writer.write([addClient('client-2')]);
    expect(await db.clients.toCollection().primaryKeys()).toEqual(['client-2']);
    // A background that starts now sees that the device of before is gone.
    expect(await readDevice(db, countingBytes())).toMatchObject({ isNew: true });
  });

  it('is a storage failure once it was closed for good', async () => {
    const { db, writer } = await testDevice();
    db.close();
    const error = await thrownBy(async () => writer.write([addClient(CLIENT)]));
    expect(storageErrorCode(error)).toBe('storage-failed');
  });
});

describe('a full disk', () => {
  const full = new DOMException('full', 'QuotaExceededError');

  it('is told as such, whichever of the layers reports it', async () => {
    expect(storageErrorCode(full)).toBe('storage-full');
    expect(storageErrorCode(new Dexie.QuotaExceededError('full'))).toBe('storage-full');
    expect(storageErrorCode(new Dexie.AbortError('aborted', full))).toBe('storage-full');
    expect(storageErrorCode(new Dexie.BulkError('2 of 3 failed', [full, full]))).toBe(
      'storage-full',
    );
    const nested = new Dexie.AbortError('aborted', new Dexie.BulkError('1 of 3 failed', [full]));
    expect(storageErrorCode(nested)).toBe('storage-full');
  });

  it('leaves nothing of the write behind and does not hinder the next', async () => {
    const { db, writer } = await testDevice();
    const fail = (): never => {
      throw full;
    };
    db.undo.hook('creating', fail);
    const error = await thrownBy(async () => writer.write([addClient(CLIENT)]));
    db.undo.hook('creating').unsubscribe(fail);
    expect(storageErrorCode(error)).toBe('storage-full');
    expect(await db.clients.count()).toBe(0);
    await writer.write([addClient(CLIENT)]);
    expect(await db.clients.count()).toBe(1);
  });
});

describe('an error', () => {
  it.each([
    ['VersionError', 'storage-newer'],
    ['BlockedError', 'storage-blocked'],
    ['UnknownError', 'storage-failed'],
    ['InvalidStateError', 'storage-failed'],
    ['DatabaseClosedError', 'storage-failed'],
  ])('named %s is %s', (name, code) => {
    expect(storageErrorCode(new DOMException('x', name))).toBe(code);
  });

  it.each([
    new TypeError('x'),
    'QuotaExceededError',
    null,
    undefined,
    { name: 7 },
    { failures: [] },
  ])('that is not the database’s is nobody’s here: %j', (error) => {
    expect(storageErrorCode(error)).toBeNull();
    expect(storageFailure(error)).toBeNull();
  });

  it('is answered with names and never with what the database said', () => {
    const error = new Dexie.AbortError('secret', new DOMException('secret', 'QuotaExceededError'));
    expect(storageFailure(error)).toEqual({
      ok: false,
      error: { code: 'storage-full', detail: 'QuotaExceededError > AbortError' },
    });
  });

  it('that leads back to itself is still looked at only a few times', () => {
    const error: { name: string; inner?: unknown } = { name: 'Odd' };
    error.inner = error;
    expect(storageErrorCode(error)).toBeNull();
  });
});

it('persistence is asked for once, and its absence is no error', async () => {
  expect(await askForPersistence(undefined)).toBe(false);
  expect(await askForPersistence({ persisted: async () => true })).toBe(true);
  expect(await askForPersistence({ persisted: async () => false, persist: async () => true })).toBe(
    true,
  );
  const refused = { persisted: async () => Promise.reject(new Error('no')) };
  expect(await askForPersistence(refused)).toBe(false);
});
