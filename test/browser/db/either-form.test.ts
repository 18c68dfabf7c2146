import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readInteraction } from '../../../extension/db/history.ts';
import type { PendingRow, RemoteRow } from '../../../extension/db/sync-store.ts';
import type { Edit } from '../../../extension/db/writer.ts';
import { clientIdSchema } from '../../../shared/model/ids.ts';
import { interactionKinds } from '../../../shared/model/kinds.ts';
import { SETTINGS_ID } from '../../../shared/model/settings.ts';
import { mergeRows } from '../../../shared/merge.ts';
import { packRow, unpackRow, type PackedRow } from '../../../shared/row.ts';
import * as v from 'valibot';
import { expectDerivedFromScratch } from './support/derived.ts';
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
import {
  callOf,
  digestFromScratch,
  edited,
  OTHER,
  seen,
  settleAll,
  tidyAll,
} from './support/history.ts';

const CLIENTS = ['client-1', 'client-2', 'client-3'];
const anyClient = fc.constantFrom(...CLIENTS);
const anyId = fc.nat({ max: 250 }).map((n) => `call-${1000 + n}`);

/** A change that another device makes, to a row that may be new. */
const change = fc.record({
  id: anyId,
  clientId: anyClient,
  days: fc.integer({ min: -3, max: 400 }),
  kind: fc.constantFrom(...interactionKinds),
  what: fc.constantFrom('at', 'client', 'summary', 'delete', 'restore'),
});
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

const is = <Name extends string>(name: Name) => fc.constant(name);
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: is('page'),
      changes: fc.array(change, { maxLength: 120 }),
      isBulk: fc.boolean(),
      times: fc.constantFrom(1, 1, 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: is('log'),
      clientId: anyClient,
      id: fc.nat({ max: 999 }),
      days: fc.integer({ min: -3, max: 30 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: is('edit'), id: anyId, summary: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ do: is('move'), id: anyId, clientId: anyClient }) },
  { weight: 2, arbitrary: fc.record({ do: is('delete'), id: anyId }) },
  { weight: 2, arbitrary: fc.record({ do: is('undo'), back: fc.nat({ max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ do: is('push') }) },
  { weight: 1, arbitrary: fc.record({ do: is('kinds'), note: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: is('fold') }) },
  { weight: 1, arbitrary: fc.record({ do: is('everything') }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer One> ? One : never;

/** The same device twice, doing the same, and a worker in miniature that numbers what they send. */
class Twins {
  readonly #rows: TestDevice;
  readonly #chunks: TestDevice;
  readonly #there = new Map<string, PackedRow>();
  readonly #tokens: string[] = [];
  #seq = 0;
  at = NOW;

  constructor(rows: TestDevice, chunks: TestDevice) {
    this.#rows = rows;
    this.#chunks = chunks;
  }

  get both(): readonly TestDevice[] {
    return [this.#rows, this.#chunks];
  }

  get ids(): readonly string[] {
    return [...this.#there.keys()];
  }

  async write(edits: readonly Edit[]): Promise<void> {
    this.#passTime();
    for (const { writer } of this.both) {
      const { undoToken } = await writer.write(edits);
      if (this.#tokens.at(-1) !== undoToken) this.#tokens.push(undoToken);
    }
  }

  async run(one: Operation): Promise<void> {
    switch (one.do) {
      case 'page': {
        const page = one.changes.map((each) => this.#received(each));
        for (let left = one.times; left > 0; left--) {
          await this.#rows.store.applyRemote(page, this.#seq, this.at);
          await this.#chunks.store.applyRemote(page, this.#seq, this.at, { inBulk: one.isBulk });
          await settleAll(this.#chunks.store, this.at);
        }
        return;
      }
      case 'log': {
        const at = NOW - one.days * DAY_MS;
        return this.write([log(`own-${10_000 + one.id}`, one.clientId, { at })]);
      }
      case 'edit':
        return this.#edit(one.id, { summary: one.summary });
      case 'move':
        return this.#edit(one.id, { clientId: v.parse(clientIdSchema, one.clientId) });
      case 'delete':
        return this.#edit(one.id, { deleted: true });
      case 'undo': {
        const [token] = this.#tokens.splice(-1 - one.back, 1);
        this.#passTime();
        if (token !== undefined) for (const { writer } of this.both) await writer.undo(token);
        return;
      }
      case 'push':
        return this.#push();
      case 'kinds': {
        const patch = { touchKinds: { note: one.note } };
        return this.write([{ table: 'settings', id: SETTINGS_ID, patch }]);
      }
      case 'fold':
        this.at += 2 * DAY_MS;
        return tidyAll(this.#chunks.store, this.at);
      case 'everything':
        for (const { store } of this.both) await store.queueEverything();
    }
  }

  #passTime(): void {
    this.at += 1000;
    for (const { wall } of this.both) wall.now = this.at;
  }

  /** Half of a row is no row: only what is there is edited. */
  async #edit(id: string, patch: (Edit & { readonly table: 'interactions' })['patch']) {
    if (this.#there.has(id)) await this.write([{ table: 'interactions', id, patch }]);
  }

  #received({ id, clientId, days, kind, what }: Change): RemoteRow {
    this.#passTime();
    const known = this.#there.get(id);
    const at = NOW - days * DAY_MS;
    const patches = {
      at: { at },
      client: { clientId },
      summary: { summary: `${days}` },
      delete: { deleted: true },
      restore: { deleted: false },
    };
    const row = known
      ? edited(known, patches[what], this.at, OTHER)
      : callOf(clientId, at, { kind });
    return this.#stored('interactions', id, row);
  }

  #stored(table: string, id: string, row: PackedRow): RemoteRow {
    if (table === 'interactions') this.#there.set(id, row);
    return remote(table, id, row, (this.#seq += 1));
  }

  /** The first half is taken as it is; of the second the worker has meanwhile heard more. */
  async #push(): Promise<void> {
    const inOrder = (some: readonly PendingRow[]) =>
      some.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    const [pending = [], same] = await Promise.all(
      this.both.map(async ({ store }) => inOrder(await store.pendingRows(9999))),
    );
    expect(same).toEqual(pending);
    const half = pending.length >> 1;
    const accepted = pending.slice(0, half).map((one) => {
      const { seq } = this.#stored(one.table, one.id, one.row);
      return acknowledgement(one, seq);
    });
    const conflicts = pending.slice(half).map(({ table, id, row }) => {
      const known = table === 'interactions' ? this.#there.get(id) : undefined;
      const all = known ? packRow(mergeRows(unpackRow(known), unpackRow(row))) : row;
      return this.#stored(table, id, all);
    });
    for (const { store } of this.both) {
      await store.acknowledge(accepted);
      await store.applyRemote(conflicts, this.#seq, this.at);
    }
  }
}

it('a history says the same whether it lies in rows or in chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operation, { minLength: 60, maxLength: 60 }), async (operations) => {
      const twins = new Twins(await testDevice({ idFrom: 7 }), await testDevice({ idFrom: 7 }));
      await twins.write(CLIENTS.map((id) => addClient(id)));
      for (const one of operations) await twins.run(one);
      const [rows, chunks] = await Promise.all(twins.both.map(({ db }) => seen(db)));
      expect(chunks).toEqual(rows);
      for (const { db } of twins.both) {
        await expectDerivedFromScratch(db, twins.at);
        expect(await digestFromScratch(db)).toEqual(rows?.digest);
      }
      for (const id of twins.ids) {
        const [row, other] = await Promise.all(twins.both.map(({ db }) => readInteraction(db, id)));
        expect(other).toEqual(row);
      }
      const [, { db } = { db: undefined }] = twins.both;
      expect(await db?.chunks.count()).toBeGreaterThan(0);
    }),
    { seed: 20_261_123, numRuns: 4, endOnFailure: true },
  );
});
