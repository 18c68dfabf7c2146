import { expect, it } from 'vitest';
import { bringBack, type NamedRow } from '../../../extension/db/bring-back.ts';
import { readEverything } from '../../../extension/db/read-everything.ts';
import { createBackupWriter, openBackup } from '../../../extension/features/backup/backup-file.ts';
import { expectDerivedFromScratch } from './support/derived.ts';
import {
  NOW,
  addClient,
  addPromise,
  addTime,
  remote,
  send,
  testDevice,
  type TestDevice,
} from './support/device.ts';

const CLIENT = 'client-1';
const PASSPHRASE = 'correct horse';
const BOOK = [
  addClient(CLIENT),
  addPromise('promise-1', CLIENT, { dueOn: '2026-11-25' }),
  addPromise('promise-2', CLIENT, { status: 'kept', settledAt: NOW }),
  addTime('time-0001', CLIENT, { minutes: 40 }),
];
const NAMES = BOOK.map(({ table, id }) => `${table}/${id}`);

const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

async function everything({ db }: TestDevice): Promise<NamedRow[]> {
  const rows: NamedRow[] = [];
  await readEverything(db, (page) => rows.push(...page));
  return rows;
}

const named = (rows: readonly { readonly table: string; readonly id: string }[]): string[] =>
  rows.map(({ table, id }) => `${table}/${id}`).toSorted();

it('promises and time are in a backup file, and come back out of it with what is derived from them', async () => {
  const from = await testDevice();
  await from.writer.write(BOOK);
  const writer = await createBackupWriter(PASSPHRASE, NOW, randomBytes);
  await writer.add(await everything(from));
  const opened = await openBackup((await writer.finish()).file, PASSPHRASE);
  const rows: NamedRow[] = [];
  const read = opened.ok && (await opened.value.read(async (page) => void rows.push(...page)));
  expect(read).toEqual({ ok: true, value: BOOK.length });
  expect(named(rows)).toEqual(NAMES.toSorted());

  const to = await testDevice();
  await to.db.transaction('rw', to.db.tables, async () => bringBack(to.db, rows, NOW));
  expect(await everything(to)).toEqual(await everything(from));
  expect(await to.db.standings.get(CLIENT)).toMatchObject({
    promises: { count: 1, next: [{ id: 'promise-1', dueOn: '2026-11-25' }] },
  });
  await expectDerivedFromScratch(to.db);
  expect(named(await to.store.pendingRows(99))).toEqual(NAMES.toSorted());
});

it('a comparison with the worker counts them, names them, and finds the one that differs', async () => {
  const [a, b] = [await testDevice(), await testDevice()];
  await a.writer.write(BOOK);
  await send(a, b);
  expect(await b.store.digest()).toEqual(await a.store.digest());
  const all = Array.from({ length: 256 }, (_, bucket) => bucket);
  expect(named(await b.store.rowsOfBuckets(all))).toEqual(NAMES.toSorted());

  await a.writer.write([{ table: 'promises', id: 'promise-1', patch: { status: 'kept' } }]);
  const [changed] = await a.store.pendingRows(9);
  if (!changed) throw new Error('the change waits to be sent');
  const { table, id, row } = changed;
  const before = await b.store.digest();
  await b.store.applyRemote([remote(table, id, row, 9)], 9, NOW);
  const after = await b.store.digest();
  const differing = all.filter((bucket) =>
    before
      .subarray(bucket * 20, bucket * 20 + 20)
      .some((byte, i) => byte !== after[bucket * 20 + i]),
  );
  expect(named(await b.store.rowsOfBuckets(differing))).toContain('promises/promise-1');
  expect((await b.db.standings.get(CLIENT))?.promises).toBeUndefined();
});

it('what the worker no longer has is put away with its place on the card, and can be had back', async () => {
  const [a, b] = [await testDevice(), await testDevice()];
  await a.writer.write(BOOK);
  const rows = await a.store.pendingRows(99);
  await send(a, b);
  await b.store.forgetSeqs();
  const [client] = rows;
  if (!client) throw new Error('the client comes first');
  await b.store.applyRemote([remote(client.table, client.id, client.row, 1)], 1, NOW);
  expect(await b.store.dropUnknown(NOW)).toBe(3);
  expect(named(await b.store.droppedRows())).toEqual([
    'promises/promise-1',
    'promises/promise-2',
    'timeEntries/time-0001',
  ]);
  expect(await b.db.promises.count()).toBe(0);
  expect(await b.db.timeEntries.count()).toBe(0);
  expect((await b.db.standings.get(CLIENT))?.promises).toBeUndefined();

  await b.store.restoreDropped(await b.store.droppedRows(), NOW);
  expect(await everything(b)).toEqual(await everything(a));
  expect(await b.db.standings.get(CLIENT)).toMatchObject({ promises: { count: 1 } });
  await expectDerivedFromScratch(b.db);
});

it('those deleted everywhere are forgotten once the worker has cleared them away', async () => {
  const [a, b] = [await testDevice(), await testDevice()];
  await a.writer.write(BOOK);
  await a.writer.write([
    { table: 'promises', id: 'promise-2', patch: { deleted: true } },
    { table: 'timeEntries', id: 'time-0001', patch: { deleted: true } },
  ]);
  await send(a, b);
  expect(await b.store.forgetTombstones(99)).toBe(2);
  expect(named(await everything(b))).toEqual(['clients/client-1', 'promises/promise-1']);
});

it('a new workspace is given all of them again', async () => {
  const [a, b] = [await testDevice(), await testDevice()];
  await a.writer.write(BOOK);
  await send(a, b);
  await b.store.queueEverything();
  expect(named(await b.store.pendingRows(99))).toEqual(NAMES.toSorted());
});
