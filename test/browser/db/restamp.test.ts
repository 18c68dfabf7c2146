import { describe, expect, it } from 'vitest';
import type { MainstayDatabase } from '../../../extension/db/database.ts';
import { readClock } from '../../../extension/db/device.ts';
import { timeOf } from '../../../shared/clock.ts';
import { latestStamp } from '../../../shared/merge.ts';
import { unpackRow } from '../../../shared/row.ts';
import {
  acknowledgement,
  addClient,
  DAY_MS,
  log,
  NOW,
  remote,
  testDevice,
  type TestDevice,
} from './support/device.ts';
import { edited, packed } from './support/history.ts';

const CLIENT = 'client-1';
const YEARS_MS = 2 * 365 * DAY_MS;

async function clockTime(db: MainstayDatabase): Promise<number | null> {
  const clock = await readClock(db);
  return clock && timeOf(clock);
}

/** The latest stamp of each row that waits, as milliseconds before now. */
async function waiting({ store }: TestDevice): Promise<Record<string, number>> {
  const pending = await store.pendingRows(99);
  return Object.fromEntries(
    pending.map(({ id, row, stamp }) => {
      const latest = latestStamp(unpackRow(row));
      expect(stamp).toBe(latest);
      return [id, NOW - timeOf(stamp)];
    }),
  );
}

/** Two edits, a day apart, made while the clock was two years ahead. */
async function wrongClock(): Promise<TestDevice> {
  const device = await testDevice();
  device.wall.now = NOW + YEARS_MS - 2 * DAY_MS;
  await device.writer.write([addClient(CLIENT)]);
  device.wall.now = NOW + YEARS_MS - DAY_MS;
  await device.writer.write([log('call-0001', CLIENT)]);
  device.wall.now = NOW + YEARS_MS;
  return device;
}

describe('edits made before the clock was known to be wrong', () => {
  it('are stamped as a right clock would have stamped them, and so are those to come', async () => {
    const device = await wrongClock();
    const { db, store, writer } = device;
    await store.setClockOffset(-YEARS_MS, NOW);
    expect(await store.restampAhead(NOW)).toBe(2);
    expect(await waiting(device)).toEqual({ [CLIENT]: 2 * DAY_MS, 'call-0001': DAY_MS });
    expect(await clockTime(db)).toBe(NOW);
    await writer.write([{ table: 'clients', id: CLIENT, patch: { notes: 'later' } }]);
    expect(await waiting(device)).toEqual({ [CLIENT]: 0, 'call-0001': DAY_MS });
    expect(await store.restampAhead(NOW)).toBe(0);
  });

  it('are put right only once, however often the offset is measured', async () => {
    const device = await wrongClock();
    await device.store.setClockOffset(-YEARS_MS + 400, NOW);
    await device.store.setClockOffset(-YEARS_MS, NOW);
    await device.store.restampAhead(NOW);
    await device.store.setClockOffset(-YEARS_MS - 300, NOW);
    expect(await device.store.restampAhead(NOW)).toBe(0);
    expect(await waiting(device)).toEqual({ [CLIENT]: 2 * DAY_MS, 'call-0001': DAY_MS });
  });

  it('are stamped now when it is not known how wrong the clock was', async () => {
    const device = await wrongClock();
    expect(await device.store.restampAhead(NOW)).toBe(2);
    expect(await waiting(device)).toEqual({ [CLIENT]: 0, 'call-0001': 0 });
  });

  it('keep what others have written, and win where they were later', async () => {
    const device = await wrongClock();
    const { db, store } = device;
    await store.setClockOffset(-YEARS_MS, NOW);
    const theirs = packed({ name: 'Theirs', createdAt: 5, tier: 'A' }, NOW - 3 * DAY_MS);
    await store.restampAhead(NOW);
    await store.applyRemote([remote('clients', CLIENT, theirs, 9)], 9, NOW);
    expect(await db.clients.get(CLIENT)).toMatchObject({ name: 'Levi & Sons', tier: 'A', seq: 9 });
    const later = edited(theirs, { name: 'Later' }, NOW - DAY_MS);
    await store.applyRemote([remote('clients', CLIENT, later, 10)], 10, NOW);
    expect(await db.clients.get(CLIENT)).toMatchObject({ name: 'Later' });
  });

  it('never put the clock behind what was exchanged', async () => {
    const device = await testDevice();
    const { db, store, writer, wall } = device;
    const theirs = packed({ name: 'Theirs', createdAt: 5 }, NOW + 600_000);
    await store.applyRemote([remote('clients', CLIENT, theirs, 1)], 1, NOW);
    wall.now = NOW + YEARS_MS;
    await writer.write([log('call-0001', CLIENT)]);
    await store.setClockOffset(-YEARS_MS, NOW);
    await store.restampAhead(NOW);
    expect(await clockTime(db)).toBe(NOW + 600_000);
    await writer.write([{ table: 'clients', id: CLIENT, patch: { name: 'Mine' } }]);
    expect(await db.clients.get(CLIENT)).toMatchObject({ name: 'Mine' });
    const [client] = await store.pendingRows(9);
    expect(client && client.stamp > theirs.meta.base).toBe(true);
  });

  it('are the first to be forgotten as what can be undone, not the last', async () => {
    const { db, store, writer, wall } = await wrongClock();
    wall.now = NOW;
    await store.restampAhead(NOW);
    const { undoToken } = await writer.write([log('call-0002', CLIENT)]);
    expect((await db.undo.orderBy('at').primaryKeys()).at(-1)).toBe(undoToken);
  });

  it('are left alone where they were sent, and where the clock was right', async () => {
    const device = await testDevice();
    const { store, writer } = device;
    await writer.write([addClient(CLIENT), log('call-0001', CLIENT)]);
    const before = await store.pendingRows(9);
    await store.setClockOffset(-1000, NOW);
    expect(await store.restampAhead(NOW)).toBe(0);
    expect(await store.pendingRows(9)).toEqual(before);
    await store.acknowledge(before.map((row, n) => acknowledgement(row, n + 1)));
    expect(await store.pendingCount()).toBe(0);
  });
});
