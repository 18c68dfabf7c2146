import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBook } from '../../../extension/db/today-query.ts';
import type { Edit } from '../../../extension/db/writer.ts';
import { interactionKinds } from '../../../shared/model/kinds.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import { toDay } from '../../../shared/rules/days.ts';
import { expectDerivedFromScratch } from './support/derived.ts';
import {
  DAY_MS,
  NOW,
  addClient,
  addContact,
  addPromise,
  log,
  send,
  testDevice,
} from './support/device.ts';

const CLIENT = 'client-1';
const change = (id: string, patch: object): Edit => ({ table: 'interactions', id, patch });
const daysAgo = (days: number): number => NOW - days * DAY_MS;

describe('the last touch', () => {
  it('follows a log, a backdated one, a correction, an undo and a deletion', async () => {
    const { db, writer } = await testDevice();
    const touches = async () => (await db.standings.get(CLIENT))?.touches ?? [];
    await writer.write([addClient(CLIENT)]);
    expect(await touches()).toEqual([]);
    await writer.write([log('call-0001', CLIENT, { at: daysAgo(5) })]);
    await writer.write([log('call-0002', CLIENT, { at: daysAgo(9) })]);
    expect(await touches()).toEqual([daysAgo(5), daysAgo(9)]);
    const moved = await writer.write([change('call-0002', { at: daysAgo(1) })]);
    expect(await touches()).toEqual([daysAgo(1), daysAgo(5)]);
    await writer.undo(moved.undoToken);
    expect(await touches()).toEqual([daysAgo(5), daysAgo(9)]);
    await writer.write([change('call-0001', { deleted: true })]);
    expect(await touches()).toEqual([daysAgo(9)]);
    expect(await db.standings.get(CLIENT)).toMatchObject({ interactionCount: 1 });
  });

  it('leaves with an interaction that is moved to another client', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT), addClient('client-2'), log('call-0001', CLIENT)]);
    const { clientIds } = await writer.write([change('call-0001', { clientId: 'client-2' })]);
    expect(clientIds.toSorted()).toEqual([CLIENT, 'client-2']);
    const [from, to] = await db.standings.bulkGet([CLIENT, 'client-2']);
    expect(from?.interactionCount ?? 0).toBe(0);
    expect(to).toMatchObject({ interactionCount: 1, touches: [NOW] });
    const book = await readBook(db);
    expect(book.entries.find(({ clientId }) => clientId === CLIENT)?.touches).toEqual([]);
  });

  it('is found however many deleted logs and notes stand before it', async () => {
    const { db, writer } = await testDevice();
    const notes = Array.from({ length: 60 }, (_, n) =>
      log(`note-${1000 + n}`, CLIENT, { kind: 'note', at: daysAgo(n + 1) }),
    );
    const undone = Array.from({ length: 60 }, (_, n) =>
      log(`gone-${1000 + n}`, CLIENT, { at: daysAgo(n) + 1000, deleted: true }),
    );
    await writer.write([addClient(CLIENT), log('call-0001', CLIENT, { at: daysAgo(300) })]);
    await writer.write([...notes, ...undone]);
    const standing = await db.standings.get(CLIENT);
    expect(standing).toMatchObject({ touches: [daysAgo(300)], interactionCount: 61 });
    expect(standing?.recent.map(({ id }) => id)).toEqual(notes.slice(0, 5).map(({ id }) => id));
  });

  it('is made anew for everyone when another kind begins to count', async () => {
    const { db, writer } = await testDevice();
    await writer.write([
      addClient(CLIENT),
      addClient('client-2'),
      log('note-0001', CLIENT, { kind: 'note' }),
      log('mail-0001', 'client-2', { kind: 'email' }),
    ]);
    expect((await db.standings.get(CLIENT))?.touches).toEqual([]);
    const { clientIds } = await writer.write([
      { table: 'settings', id: SETTINGS_ID, patch: { touchKinds: { note: true, email: false } } },
    ]);
    expect(clientIds.toSorted()).toEqual([CLIENT, 'client-2']);
    expect((await db.standings.get(CLIENT))?.touches).toEqual([NOW]);
    expect((await db.standings.get('client-2'))?.touches).toEqual([]);
    const book = await readBook(db);
    expect(book.entries.map(({ touches }) => touches.length).toSorted((a, b) => a - b)).toEqual([
      0, 1,
    ]);
  });

  it('is there when the history arrives before the client', async () => {
    const [a, b] = [await testDevice(), await testDevice()];
    await a.writer.write([log('call-0001', CLIENT)]);
    await send(a, b);
    expect((await readBook(b.db)).entries).toEqual([]);
    await a.writer.write([addClient(CLIENT)]);
    await send(a, b, 10);
    expect((await readBook(b.db)).entries).toMatchObject([{ clientId: CLIENT, touches: [NOW] }]);
  });
});

describe('the recent interactions', () => {
  it('are the five newest, newest first', async () => {
    const { db, writer } = await testDevice();
    const logs = Array.from({ length: 9 }, (_, n) =>
      log(`call-${1000 + n}`, CLIENT, { at: daysAgo(n) }),
    );
    await writer.write([addClient(CLIENT), ...logs.toReversed()]);
    const standing = await db.standings.get(CLIENT);
    expect(standing?.recent.map(({ id }) => id)).toEqual(logs.slice(0, 5).map(({ id }) => id));
    expect(standing?.interactionCount).toBe(9);
  });
});

describe('the open promises', () => {
  const settle = (id: string, status: 'kept' | 'waived' | 'broken'): Edit => ({
    table: 'promises',
    id,
    patch: { status, settledAt: NOW },
  });

  it('stand with the client, the one due first on top, and leave when they are settled', async () => {
    const { db, writer } = await testDevice();
    await writer.write([
      addClient(CLIENT),
      addPromise('promise-late', CLIENT, { dueOn: '2026-11-20' }),
      addPromise('promise-none', CLIENT),
      addPromise('promise-soon', CLIENT, { direction: 'theirs', dueOn: '2026-11-25' }),
    ]);
    const ids = async (): Promise<string[] | undefined> =>
      (await db.standings.get(CLIENT))?.promises?.next.map(({ id }) => id);
    expect(await ids()).toEqual(['promise-late', 'promise-soon', 'promise-none']);
    expect((await db.standings.get(CLIENT))?.promises?.count).toBe(3);
    const { undoToken } = await writer.write([settle('promise-late', 'kept')]);
    expect(await ids()).toEqual(['promise-soon', 'promise-none']);
    await writer.undo(undoToken);
    expect(await ids()).toEqual(['promise-late', 'promise-soon', 'promise-none']);
    await writer.write([
      settle('promise-late', 'waived'),
      settle('promise-soon', 'broken'),
      { table: 'promises', id: 'promise-none', patch: { deleted: true } },
    ]);
    expect((await db.standings.get(CLIENT))?.promises).toBeUndefined();
    expect((await readBook(db)).entries[0]).not.toHaveProperty('promises');
  });

  it('come back on the day to which they were put off', async () => {
    const { db, writer } = await testDevice();
    await writer.write([
      addClient(CLIENT),
      addPromise('promise-late', CLIENT, { dueOn: '2026-11-20', snoozedUntil: '2026-12-01' }),
      addPromise('promise-soon', CLIENT, { dueOn: '2026-11-25' }),
      addPromise('promise-none', CLIENT, { snoozedUntil: '2026-11-24' }),
    ]);
    const standing = await db.standings.get(CLIENT);
    expect(standing?.promises?.next.map(({ id }) => id)).toEqual([
      'promise-none',
      'promise-soon',
      'promise-late',
    ]);
  });

  it('are kept through a log, which reads no history', async () => {
    const { db, writer } = await testDevice();
    await writer.write([addClient(CLIENT), addPromise('promise-1', CLIENT)]);
    await writer.write([log('call-0001', CLIENT)]);
    expect(await db.standings.get(CLIENT)).toMatchObject({
      interactionCount: 1,
      promises: { count: 1 },
    });
    await expectDerivedFromScratch(db);
  });

  it('are the same on the other device, also when they arrive before their client', async () => {
    const [a, b] = [await testDevice(), await testDevice()];
    await a.writer.write([addPromise('promise-1', CLIENT, { dueOn: '2026-11-25' })]);
    await send(a, b);
    await a.writer.write([addClient(CLIENT)]);
    await send(a, b, 10);
    const theirs = await b.db.standings.get(CLIENT);
    expect(theirs).toEqual(await a.db.standings.get(CLIENT));
    expect((await readBook(b.db)).entries).toMatchObject([{ promises: [{ id: 'promise-1' }] }]);
  });
});

describe('everything derived', () => {
  const clients = ['client-1', 'client-2', 'client-3', 'client-4'];
  const nat = (max: number) => fc.nat({ max });
  const operation = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('log' as const),
        client: nat(3),
        id: nat(40),
        days: fc.integer({ min: -3, max: 90 }),
        kind: fc.constantFrom(...interactionKinds),
        thread: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), id: nat(40) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), back: nat(10) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('client' as const),
        client: nat(3),
        deleted: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('contact' as const),
        client: nat(3),
        id: nat(5),
        deleted: fc.boolean(),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('promise' as const),
        client: nat(3),
        id: nat(12),
        days: fc.integer({ min: -3, max: 9 }),
        status: fc.constantFrom('open' as const, 'kept' as const, 'waived' as const),
        deleted: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('kinds' as const), note: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  );

  type Operation = typeof operation extends fc.Arbitrary<infer One> ? One : never;

  it('equals a full recomputation after 300 random operations, on both devices', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 300, maxLength: 300 }),
        async (operations) => {
          const devices = [await testDevice(), await testDevice()] as const;
          const [device, other] = devices;
          await device.writer.write(clients.map((id) => addClient(id)));
          const tokens: string[] = [];
          let seq = 100;
          for (const one of operations) {
            if (one.do === 'undo') {
              const [token] = tokens.splice(-1 - one.back, 1);
              if (token !== undefined) await device.writer.undo(token);
              continue;
            }
            if (one.do === 'sync') {
              await send(device, other, (seq += 1000));
              await send(other, device, (seq += 1000));
              continue;
            }
            const edits = editsOf(one);
            // A row that was never made cannot be deleted: half of a row is no row.
            const known = await device.db.interactions.bulkGet(edits.map(({ id }) => id));
            if (one.do === 'delete' && known[0] === undefined) continue;
            const writer = one.do === 'contact' && one.id % 2 === 1 ? other.writer : device.writer;
            tokens.push((await writer.write(edits)).undoToken);
          }
          await send(device, other, (seq += 1000));
          await send(other, device, (seq += 1000));
          for (const { db } of devices) await expectDerivedFromScratch(db);
        },
      ),
      { seed: 20_261_122, numRuns: 1, endOnFailure: true },
    );
  });

  function editsOf(one: Exclude<Operation, { do: 'undo' | 'sync' }>): Edit[] {
    switch (one.do) {
      case 'log': {
        const threadUrl = one.thread ? `https://mail.example/${one.id}` : null;
        const { kind, days } = one;
        return [
          log(`call-${1000 + one.id}`, clients[one.client] ?? '', {
            kind,
            at: daysAgo(days),
            threadUrl,
          }),
        ];
      }
      case 'delete':
        return [change(`call-${1000 + one.id}`, { deleted: true })];
      case 'client':
        return [
          { table: 'clients', id: clients[one.client] ?? '', patch: { deleted: one.deleted } },
        ];
      case 'contact':
        return [
          addContact(`contact-${one.id}`, clients[one.client] ?? '', {
            name: `Person ${one.id}`,
            deleted: one.deleted,
          }),
        ];
      case 'promise':
        return [
          addPromise(`promise-${one.id}`, clients[one.client] ?? '', {
            dueOn: toDay(NOW + one.days * DAY_MS),
            status: one.status,
            deleted: one.deleted,
          }),
        ];
      case 'kinds':
        return [{ table: 'settings', id: SETTINGS_ID, patch: { touchKinds: { note: one.note } } }];
    }
  }
});
