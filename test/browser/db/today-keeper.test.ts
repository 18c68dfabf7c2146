import { expect, it } from 'vitest';
import { createFlusher } from '../../../extension/db/flush.ts';
import { createTodayKeeper, type Today } from '../../../extension/db/today-keeper.ts';
import { readBook, todayOf } from '../../../extension/db/today-query.ts';
import { DAY_MS, NOW, addClient, log, testDevice, type TestDevice } from './support/device.ts';

const fromScratch = async ({ db, wall }: TestDevice) => todayOf(await readBook(db), wall.now);

it('a kept Today is the same as one worked out anew, after changes of some and on another day', async () => {
  const device = await testDevice();
  const { db, writer, wall } = device;
  const old = { createdAt: NOW - 400 * DAY_MS };
  const ids = Array.from({ length: 200 }, (_, n) => `client-${n}`);
  await writer.write(ids.map((id) => addClient(id, { name: `Client ${id}`, ...old })));
  const keeper = createTodayKeeper(db, () => wall.now);
  expect((await keeper.today([])).lines).toHaveLength(200);
  const { clientIds } = await writer.write([log('call-0001', 'client-7', { at: NOW })]);
  const after: Today = await keeper.today(clientIds);
  expect(after.lines).toHaveLength(199);
  expect(after.lines).toEqual(await fromScratch(device));
  wall.now = NOW + 60 * DAY_MS;
  expect((await keeper.today(['client-3'])).lines).toEqual(await fromScratch(device));
  const gone = await writer.write(
    ids.map((id) => ({ table: 'clients', id, patch: { deleted: true } })),
  );
  expect(await keeper.today(gone.clientIds)).toMatchObject({ lines: [], isEmpty: true });
});

it('a flush ends once what was committed before it is on the disk, however many are asked for', async () => {
  const { db, writer } = await testDevice();
  const flusher = createFlusher(db);
  await writer.write([addClient('client-1')]);
  const [first, second, third] = [flusher.flush(), flusher.flush(), flusher.flush()];
  expect(second).toBe(third);
  expect(second).not.toBe(first);
  await Promise.all([first, second]);
  expect(await db.kv.get('flushed-at')).toBeDefined();
});
