import { describe, expect, it } from 'vitest';
import type { PendingRow, RemoteRow, SyncStore } from '../../extension/db/sync-store.ts';
import { isTooFarAhead, MAX_AHEAD_MS, tick, toStamp, type DeviceId } from '../../shared/clock.ts';
import { editRow, emptyState, mergeRows, type Json, type RowState } from '../../shared/merge.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import { latestClock, packRow, unpackRow } from '../../shared/row.ts';
import type { LocalData } from '../sim/world/local-data.ts';
import { memoryDisk } from '../sim/world/memory-store.ts';
import { REQUIRED } from '../sim/world/product.ts';
import { createRandom, type Random } from './book/random.ts';

/** What every store of a device keeps to, wherever it keeps its rows. */
export type OpenStore = (device: DeviceId, now: () => number) => Promise<LocalData>;

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;
const OWN = '0123456789abcdef' as DeviceId;
const OTHER = 'fedcba9876543210' as DeviceId;

/** Any 32 hex digits, the same for the same text. */
function hashOf(text: string): string {
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let index = 0; index < text.length; index += 1) {
    a = Math.imul(a ^ text.charCodeAt(index), 0x01000193);
    b = Math.imul(b + a, 0x85ebca6b);
  }
  return [a, b, a ^ b, Math.imul(a, b)]
    .map((word) => (word >>> 0).toString(16).padStart(8, '0'))
    .join('');
}

const rowKeyOf = (table: string, id: string): RowKey => hashOf(`${table}/${id}`) as RowKey;

const remote = (table: string, id: string, state: RowState, seq: number): RemoteRow => ({
  table,
  id,
  row: packRow(state),
  seq,
  rkey: rowKeyOf(table, id),
  hash: hashOf(JSON.stringify(packRow(state))),
});

const acknowledgement = ({ table, id, stamp, row }: PendingRow, seq: number) => ({
  table,
  id,
  stamp,
  seq,
  rkey: rowKeyOf(table, id),
  hash: hashOf(JSON.stringify(row)),
});

const theirs = (fields: Readonly<Record<string, Json>>, ms: number): RowState =>
  editRow(emptyState, fields, toStamp(tick(null, ms), OTHER));

const levi = { name: 'Levi', createdAt: 5 };

export function describeSyncStore(what: string, open: OpenStore): void {
  const opened = async () => {
    const wall = { now: NOW };
    const data = await open(OWN, () => wall.now);
    const pending = async (): Promise<readonly PendingRow[]> => data.store.pendingRows(100);
    return { ...data, wall, pending };
  };

  describe(what, () => {
    it('keeps an edit queued until that very version is acknowledged', async () => {
      const { store, edit, pending } = await opened();
      await edit('clients', 'client-01', levi);
      const [first] = await pending();
      if (!first) throw new Error('nothing is queued');
      expect(first).toMatchObject({ table: 'clients', id: 'client-01', seq: null });
      await edit('clients', 'client-01', { name: 'Levi & Sons' });
      await store.acknowledge([acknowledgement(first, 4)]);
      expect(await pending()).toMatchObject([{ id: 'client-01', seq: 4 }]);
      const [second] = await pending();
      await store.acknowledge(second ? [acknowledgement(second, 5)] : []);
      expect(await pending()).toEqual([]);
      expect(await store.pendingCount()).toBe(0);
    });

    it('gives what is queued behind a row, and stores the cursor with an acknowledgement', async () => {
      const { store, edit } = await opened();
      for (const id of ['client-03', 'client-01', 'client-02']) await edit('clients', id, levi);
      const [first] = await store.pendingRows(1);
      if (!first) throw new Error('nothing is queued');
      const behind = await store.pendingRows(9, first);
      expect(behind.map(({ id }) => id)).toEqual(['client-02', 'client-03']);
      expect(await store.pendingRows(9, behind.at(-1))).toEqual([]);
      await store.acknowledge([acknowledgement(first, 4)], { cursor: 4, set: { 'sync-batch': 2 } });
      expect(await store.pendingCount()).toBe(2);
      expect(await store.get('sync-cursor')).toBe(4);
      expect(await store.get('sync-batch')).toBe(2);
    });

    it('takes in no row with a clock value too far ahead, wherever in the row it stands', async () => {
      const { store, rows } = await opened();
      const late = tick(null, NOW + MAX_AHEAD_MS + 1000);
      const state = theirs(levi, NOW);
      const hostile: readonly RowState[] = [
        theirs(levi, NOW + MAX_AHEAD_MS + 1000),
        { ...state, losers: [{ path: 'name', value: 'x', stamp: toStamp(late, OTHER) }] },
        { ...state, seen: { [OWN]: late } },
      ];
      const result = await store.applyRemote(
        hostile.map((one, index) => remote('clients', `client-0${String(index)}`, one, index + 1)),
        3,
        NOW,
      );
      expect(result).toMatchObject({ applied: 0 });
      expect(result.tooFarAhead).toHaveLength(3);
      expect((await rows()).size).toBe(0);
    });

    it('stores the cursor and what else is to be remembered together with a page', async () => {
      const { store } = await opened();
      await store.applyRemote([remote('clients', 'client-01', theirs(levi, NOW), 1)], 7, NOW, {
        set: { 'sync-epoch': 'e' },
      });
      expect(await store.get('sync-cursor')).toBe(7);
      expect(await store.get('sync-epoch')).toBe('e');
      await store.remove('sync-epoch');
      expect(await store.get('sync-epoch')).toBeUndefined();
    });

    it('puts away what the worker no longer has and nobody waits to send, and has it back', async () => {
      const { store, edit, rows, pending } = await opened();
      await store.applyRemote([remote('clients', 'client-01', theirs(levi, NOW), 1)], 1, NOW);
      await store.applyRemote([remote('clients', 'client-02', theirs(levi, NOW), 2)], 2, NOW);
      await edit('clients', 'client-03', levi);
      await store.forgetSeqs();
      await store.applyRemote([remote('clients', 'client-02', theirs(levi, NOW), 2)], 2, NOW);
      expect(await store.dropUnknown(NOW)).toBe(1);
      expect([...(await rows()).keys()].toSorted()).toEqual([
        'clients/client-02',
        'clients/client-03',
      ]);
      expect(await store.droppedRows()).toMatchObject([{ id: 'client-01' }]);
      await store.restoreDropped([{ table: 'clients', id: 'client-01' }], NOW);
      expect((await pending()).map(({ id }) => id)).toEqual(['client-01', 'client-03']);
      expect(await store.droppedRows()).toEqual([]);
    });

    it('forgets what was deleted up to the horizon, and nothing that waits', async () => {
      const { store, edit, rows } = await opened();
      const gone = theirs({ ...levi, deleted: true }, NOW);
      for (const seq of [1, 2, 3]) {
        await store.applyRemote([remote('clients', `client-0${String(seq)}`, gone, seq)], seq, NOW);
      }
      await edit('clients', 'client-01', { notes: 'back again' });
      expect(await store.forgetTombstones(2)).toBe(1);
      expect([...(await rows()).keys()].toSorted()).toEqual([
        'clients/client-01',
        'clients/client-03',
      ]);
    });

    it('puts right the stamps of what was written while the clock was ahead, in their order', async () => {
      const { store, edit, rows, pending, wall } = await opened();
      wall.now = NOW + 400 * 24 * HOUR_MS;
      await edit('clients', 'client-01', levi);
      wall.now += 1000;
      await edit('clients', 'client-01', { notes: 'later' });
      await store.setClockOffset(NOW - wall.now, NOW);
      expect(await store.restampAhead(NOW)).toBe(1);
      const state = (await rows()).get('clients/client-01');
      const [name, notes] = [state?.registers['name'], state?.registers['notes']];
      expect(Number.parseInt(name?.stamp.slice(0, 12) ?? '', 16)).toBe(NOW - 1000);
      expect((notes?.stamp ?? '') > (name?.stamp ?? '')).toBe(true);
      expect(await store.restampAhead(NOW)).toBe(0);
      await edit('clients', 'client-01', { tier: 'A' });
      const [next] = await pending();
      expect(Number.parseInt(next?.stamp.slice(0, 12) ?? '', 16)).toBe(NOW);
    });

    it('puts them back by what the clock was off when they were made, and by nothing before', async () => {
      const { store, edit, rows, wall } = await opened();
      await edit('clients', 'client-01', levi);
      await store.setClockOffset(-HOUR_MS / 2, NOW);
      wall.now = NOW + 400 * 24 * HOUR_MS;
      await edit('clients', 'client-02', levi);
      await store.setClockOffset(NOW - wall.now, NOW);
      expect(await store.restampAhead(NOW)).toBe(1);
      const name = (await rows()).get('clients/client-02')?.registers['name'];
      expect(Number.parseInt(name?.stamp.slice(0, 12) ?? '', 16)).toBe(NOW);
    });

    it('gives a corrected edit no stamp that others may know already', async () => {
      const { store, edit, rows, pending, wall } = await opened();
      wall.now = NOW + 30 * 60_000;
      await edit('clients', 'client-01', levi);
      const sent = await pending();
      await store.acknowledge(sent.map((row, index) => acknowledgement(row, index + 1)));
      wall.now = NOW + 400 * 24 * HOUR_MS;
      await edit('clients', 'client-01', { name: 'Levi & Sons' });
      await store.setClockOffset(NOW - wall.now, NOW);
      await store.restampAhead(NOW);
      const now = (await rows()).get('clients/client-01');
      expect((now?.registers['name']?.stamp ?? '') > (sent[0]?.stamp ?? 'z')).toBe(true);
    });

    it('gives it none either that may be on its way to others', async () => {
      const { store, edit, undo, rows, pending, wall } = await opened();
      await edit('clients', 'client-01', levi);
      wall.now = NOW + 30 * 60_000;
      await edit('clients', 'client-01', { name: 'Levi & Sons' });
      const [sent] = await pending();
      wall.now = NOW + 400 * 24 * HOUR_MS;
      await undo();
      await edit('clients', 'client-01', { name: 'Levi and Sons' });
      await store.setClockOffset(NOW - wall.now, NOW);
      await store.restampAhead(NOW);
      const now = (await rows()).get('clients/client-01');
      expect((now?.registers['name']?.stamp ?? '') > (sent?.stamp ?? 'z')).toBe(true);
    });

    it('puts them right in a version that a newer device has changed beyond reading as well', async () => {
      const { store, edit, rows, pending, wall } = await opened();
      wall.now = NOW + 400 * 24 * HOUR_MS;
      await edit('clients', 'client-01', levi);
      await store.setClockOffset(NOW - wall.now, NOW);
      const newer = theirs({ tier: 'S' }, NOW - HOUR_MS);
      await store.applyRemote([remote('clients', 'client-01', newer, 1)], 1, NOW);
      await edit('clients', 'client-01', { name: 'Levi & Sons' });
      expect(await store.restampAhead(NOW)).toBe(1);
      const [waiting] = await pending();
      if (!waiting) throw new Error('nothing is queued');
      expect(isTooFarAhead(latestClock(waiting.row.meta), NOW)).toBe(false);
      expect(waiting.row.fields).toEqual({ name: 'Levi & Sons', createdAt: 5, tier: 'S' });
      expect((await rows()).get('clients/client-01')).toEqual(unpackRow(waiting.row));
      expect(await store.restampAhead(NOW)).toBe(0);
    });

    it('comes to the same as a store in Maps, whatever happens', async () => {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const wall = { now: NOW };
        const now = (): number => wall.now;
        const nothing = { onEdited: () => {}, onRestamped: () => {} };
        const model = memoryDisk(OWN, now).open((_, work) => work(), nothing);
        const random = createRandom(seed);
        await compare(await open(OWN, now), model, random, wall, seed);
      }
    });
  });
}

const SEEDS = 12;
const STEPS = 50;
const IDS = ['row-00001', 'row-00002', 'row-00003'] as const;

/** Does the same to both and looks whether they still hold the same. */
async function compare(
  one: LocalData,
  other: LocalData,
  random: Random,
  wall: { now: number },
  seed: number,
): Promise<void> {
  const worker = new Map<string, RemoteRow>();
  let seq = 0;
  const both = async <Value>(work: (data: LocalData) => Promise<Value>): Promise<Value> => {
    const [a, b] = [await work(one), await work(other)];
    expect({ seed, result: a }).toEqual({ seed, result: b });
    return a;
  };
  const store = (work: (store: SyncStore) => Promise<unknown>) =>
    both(async (data) => {
      await work(data.store);
    });
  for (let step = 0; step < STEPS; step += 1) {
    wall.now += random.below(100_000);
    const table = random.pick(['clients', 'contacts', 'interactions', 'approvals']);
    const id = random.pick(IDS);
    const patch = patchFor(table, random, String(step));
    const known = (await other.rows()).get(`${table}/${id}`);
    switch (random.below(9)) {
      case 0:
      case 1:
      case 2:
        if (table !== 'approvals') {
          const whole = known ? patch : { ...REQUIRED[table], ...patch };
          await both((data) => data.edit(table, id, whole));
        }
        break;
      case 3:
      case 4: {
        // Another device's edit, of the worker's version or from nothing.
        const before = worker.get(`${table}/${id}`);
        const state = before ? unpackRow(before.row) : emptyState;
        const whole = before ? patch : { ...REQUIRED[table], ...patch };
        const stamp = toStamp(tick(null, wall.now - random.below(50_000)), OTHER);
        const row = remote(table, id, editRow(state, whole, stamp), (seq += 1));
        worker.set(`${table}/${id}`, row);
        await store((each) => each.applyRemote([row], seq, wall.now));
        break;
      }
      case 5: {
        const pending = await both(({ store: each }) => each.pendingRows(3));
        const acknowledged = pending.map((row) => {
          const there = worker.get(`${row.table}/${row.id}`);
          const state = there
            ? mergeRows(unpackRow(there.row), unpackRow(row.row))
            : unpackRow(row.row);
          const sent = remote(row.table, row.id, state, (seq += 1));
          worker.set(`${row.table}/${row.id}`, sent);
          return { ...acknowledgement(row, seq), hash: sent.hash };
        });
        await store((each) => each.acknowledge(acknowledged));
        break;
      }
      case 6: {
        const everything = [...worker.values()];
        await store(async (each) => {
          await each.applyRemote(everything, seq, wall.now, { inBulk: true });
          while (await each.settle(wall.now));
        });
        break;
      }
      case 7:
        await store((each) => each.queueEverything());
        break;
      default:
        await store((each) => each.queueRows([{ table, id }]));
    }
    await both(async (data) => new Map([...(await data.rows())].map(packedEntry).toSorted(byName)));
    await both(({ store: each }) => each.pendingRows(100));
    await both(({ store: each }) => each.digest());
  }
}

const packedEntry = ([name, state]: [string, RowState]): [string, unknown] => [
  name,
  packRow(state),
];
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

function patchFor(table: string, random: Random, text: string): Readonly<Record<string, Json>> {
  if (random.chance(0.1)) return { deleted: random.chance(0.7) };
  switch (table) {
    case 'clients':
      return random.pick<Record<string, Json>>([
        { name: `name ${text}` },
        { notes: `notes ${text}` },
        { 'domains/levi.example': random.chance(0.5) },
      ]);
    case 'contacts':
      return random.pick<Record<string, Json>>([
        { name: `name ${text}` },
        { 'emails/noa@levi.example': random.chance(0.5) },
      ]);
    case 'interactions':
      return { summary: `summary ${text}` };
    default:
      return { answer: text };
  }
}
