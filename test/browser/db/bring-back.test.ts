import { expect, it } from 'vitest';
import { bringBack, type NamedRow } from '../../../extension/db/bring-back.ts';
import { readEverything } from '../../../extension/db/read-everything.ts';
import { readBook } from '../../../extension/db/today-query.ts';
import {
  DAY_MS,
  NOW,
  addClient,
  addContact,
  log,
  testDevice,
  type TestDevice,
} from './support/device.ts';

async function everything({ db }: TestDevice): Promise<NamedRow[]> {
  const rows: NamedRow[] = [];
  await readEverything(db, (page) => rows.push(...page));
  return rows.toSorted((a, b) => (`${a.table}/${a.id}` < `${b.table}/${b.id}` ? -1 : 1));
}

const restore = ({ db }: TestDevice, rows: readonly NamedRow[], nowMs = NOW) =>
  db.transaction('rw', db.tables, async () => bringBack(db, rows, nowMs));

it('all that was read comes back into an empty database, with its standings and waiting to be sent', async () => {
  const from = await testDevice();
  const calls = Array.from({ length: 150 }, (_, n) =>
    log(`call-${1000 + n}`, 'client-1', { at: NOW - n * DAY_MS }),
  );
  await from.writer.write([addClient('client-1'), addContact('contact-1', 'client-1'), ...calls]);
  // Half of the history lies in chunks by then.
  while (await from.store.tidy(NOW));
  const rows = await everything(from);
  expect(rows).toHaveLength(152);
  const to = await testDevice();
  expect(await restore(to, rows)).toMatchObject({ count: 152, stillDeleted: [] });
  expect(await everything(to)).toEqual(rows);
  expect(await to.db.standings.get('client-1')).toEqual(await from.db.standings.get('client-1'));
  expect((await readBook(to.db)).entries).toEqual((await readBook(from.db)).entries);
  expect(await to.store.pendingCount()).toBe(152);
  expect(await restore(to, rows)).toMatchObject({ count: 0 });
});

it('what is newer here stays, and what was deleted since is named', async () => {
  const device = await testDevice();
  await device.writer.write([addClient('client-1', { notes: 'before' }), addClient('client-2')]);
  const rows = await everything(device);
  device.wall.now += 1000;
  await device.writer.write([
    { table: 'clients', id: 'client-1', patch: { notes: 'after' } },
    { table: 'clients', id: 'client-2', patch: { deleted: true } },
  ]);
  const back = await restore(device, rows, device.wall.now);
  expect(back).toMatchObject({
    count: 0,
    stillDeleted: [{ table: 'clients', id: 'client-2' }],
  });
  expect(await device.db.clients.get('client-1')).toMatchObject({ notes: 'after' });
});

it('a row that claims to be of the future is left out, and later edits are after all that came', async () => {
  const device = await testDevice();
  const other = await testDevice();
  other.wall.now = NOW + 400 * DAY_MS;
  await other.writer.write([addClient('client-9')]);
  expect(await restore(device, await everything(other))).toMatchObject({ count: 0 });
  expect(await device.db.clients.count()).toBe(0);
});

it('a single interaction comes back too, to a client that is here', async () => {
  const device = await testDevice();
  const other = await testDevice();
  await other.writer.write([addClient('client-1'), log('call-0001', 'client-1')]);
  for (const row of await everything(other)) {
    expect(await restore(device, [row])).toMatchObject({ count: 1 });
  }
  expect(await device.db.standings.get('client-1')).toMatchObject({ interactionCount: 1 });
});
