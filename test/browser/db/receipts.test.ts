import { describe, expect, it } from 'vitest';
import type { Edit } from '../../../extension/db/writer.ts';
import { addToDigest, newDigest } from '../../../shared/protocol/digest.ts';
import { partsOfMark } from '../../../extension/db/clocked.ts';
import { acknowledgement, NOW, remote, testDevice, type TestDevice } from './support/device.ts';

const ROWS = 320;
const nameOf = (n: number): string => `client-${String(n).padStart(4, '0')}`;
const edit = (n: number, name: string): Edit => ({
  table: 'clients',
  id: nameOf(n),
  patch: { name, createdAt: NOW },
});

/** A device that has sent a large batch, numbered from 1 on. */
async function afterPush(): Promise<TestDevice> {
  const device = await testDevice();
  await device.writer.write(Array.from({ length: ROWS }, (_, n) => edit(n, `Client ${String(n)}`)));
  const pending = await device.store.pendingRows(1000);
  await device.store.acknowledge(pending.map((row, n) => acknowledgement(row, n + 1)));
  return device;
}

const seqsOf = async ({ db }: TestDevice): Promise<(number | undefined)[]> =>
  (await db.clients.toArray()).map(({ seq }) => seq);
const inOrder = Array.from({ length: ROWS }, (_, n) => n + 1);

async function digestOfRows({ db }: TestDevice): Promise<Uint8Array> {
  const digest = newDigest();
  for (const { mark } of await db.clients.toArray()) {
    if (mark !== undefined) addToDigest(digest, partsOfMark(mark));
  }
  return digest;
}

describe('what the worker calls the rows of a large batch', () => {
  it('is stored at once, and noted in each row when somebody asks for it', async () => {
    const device = await afterPush();
    const { db, store } = device;
    expect(await store.pendingCount()).toBe(0);
    expect(await db.receipts.count()).toBeGreaterThan(0);
    expect(await seqsOf(device)).toEqual(inOrder.map(() => undefined));
    const counted = await store.digest();
    expect(counted).toEqual(await digestOfRows(device));
    expect(await seqsOf(device)).toEqual(inOrder);
    expect(await db.receipts.count()).toBe(0);
  });

  it('is noted in quiet moments, also by the next background', async () => {
    const device = await afterPush();
    await device.restartedStore().tidy(NOW);
    expect(await seqsOf(device)).toEqual(inOrder);
    expect(await device.store.digest()).toEqual(await digestOfRows(device));
  });

  it('is what the next edit of such a row builds on', async () => {
    const { store, writer, db } = await afterPush();
    await writer.write([edit(7, 'Other')]);
    expect(await store.pendingRows(9)).toMatchObject([{ id: nameOf(7), seq: 8 }]);
    expect(await db.clients.get(nameOf(7))).toMatchObject({ name: 'Other', seq: 8 });
  });

  it('gives way to a later version of another device', async () => {
    const device = await afterPush();
    const other = await testDevice();
    await other.writer.write([edit(3, 'Theirs')]);
    const [theirs] = await other.store.pendingRows(1);
    if (!theirs) throw new Error('there is one');
    await device.store.applyRemote([remote('clients', nameOf(3), theirs.row, 900)], 900, NOW);
    expect((await seqsOf(device))[3]).toBe(900);
    expect(await device.store.digest()).toEqual(await digestOfRows(device));
  });

  it('is forgotten with the storage that it was of', async () => {
    const device = await afterPush();
    await device.store.queueEverything();
    expect(await device.db.receipts.count()).toBe(0);
    expect(await seqsOf(device)).toEqual(inOrder.map(() => undefined));
    expect(await device.store.pendingCount()).toBe(ROWS);
  });

  it('is noted at once where a row was edited meanwhile', async () => {
    const { db, store, writer } = await testDevice();
    await writer.write(Array.from({ length: ROWS }, (_, n) => edit(n, `Client ${String(n)}`)));
    const pending = await store.pendingRows(1000);
    await writer.write([edit(7, 'Other')]);
    await store.acknowledge(pending.map((row, n) => acknowledgement(row, n + 1)));
    expect(await db.receipts.count()).toBe(0);
    expect(await store.pendingRows(9)).toMatchObject([{ id: nameOf(7), seq: 8 }]);
  });
});
