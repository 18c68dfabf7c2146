import { Dexie } from 'dexie';
import { createFineClock } from '../../page/clock.ts';
import { serveDevice } from '../../page/serve-device.ts';

/** @import { BookRecord, FieldEdit } from '../../contract.ts' */

/** As large as still helps: the database takes longer than the network here. */
const PAGE_ROWS = 5000;
const PUSH_EDITS = 2000;

/**
 * What an application does with Dexie and fetch alone: pages of rows into tables, edits into an
 * outbox, one request to send them. The later edit of a row wins; nothing is sealed.
 */
serveDevice(({ url }, { longestTaskMs }) => {
  const db = new Dexie('bench-dexie');
  db.version(1).stores({
    clients: 'id',
    contacts: 'id, clientId',
    interactions: 'id, [clientId+at], source',
    outbox: '++number',
    values: 'key',
  });
  const tables = [db.table('clients'), db.table('contacts'), db.table('interactions')];
  const outbox = db.table('outbox');
  const values = db.table('values');
  /** @type {Set<() => void>} */
  const changed = new Set();
  /** @type {object[]} */
  let unsent = [];
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();
  let isLive = false;

  /** Two exchanges at once would apply a page twice. */
  const inTurn = (work) => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  async function pull(onPage = () => Promise.resolve()) {
    for (;;) {
      const since = (await values.get('cursor'))?.value ?? 0;
      const response = await fetch(`${url}/rows?since=${since}&limit=${PAGE_ROWS}`);
      const { rows, next } = await response.json();
      if (rows.length > 0) {
        await db.transaction('rw', [...tables, values], async () => {
          for (const [table, group] of Map.groupBy(rows, (each) => each.table)) {
            await db.table(table).bulkPut(group.map(({ row }) => row));
          }
          await values.put({ key: 'cursor', value: next });
        });
        for (const listener of changed) listener();
        await onPage();
      }
      if (rows.length < PAGE_ROWS) return;
    }
  }

  async function push() {
    for (;;) {
      const batch = await outbox.limit(PUSH_EDITS).toArray();
      if (batch.length === 0) return;
      const response = await fetch(`${url}/edits`, {
        method: 'POST',
        body: JSON.stringify(batch),
      });
      if (!response.ok) throw new Error(await response.text());
      await response.json();
      await outbox.bulkDelete(batch.map(({ number }) => number));
    }
  }

  /** @param {readonly FieldEdit[]} edits */
  async function write(edits) {
    const at = Date.now();
    await db.transaction('rw', [...tables, outbox], async () => {
      for (const [table, group] of Map.groupBy(edits, (edit) => edit.table)) {
        await db
          .table(table)
          .bulkUpdate(
            group.map(({ id, field, value }) => ({ key: id, changes: { [field]: value } })),
          );
      }
      await outbox.bulkAdd(edits.map((edit) => ({ ...edit, at })));
    });
  }

  async function exchange() {
    const startedAt = performance.now();
    await inTurn(async () => {
      await push();
      await pull();
    });
    return performance.now() - startedAt;
  }

  return {
    async firstPull({ head }) {
      longestTaskMs();
      const startedAt = performance.now();
      let firstScreenAt = null;
      await pull(async () => {
        if (firstScreenAt !== null) return;
        const [clients, contacts] = await Promise.all(tables.slice(0, 2).map((one) => one.count()));
        if (clients + contacts < head) return;
        await db.table('clients').toArray();
        firstScreenAt = performance.now();
      });
      const completeAt = performance.now();
      return {
        firstScreenMs: (firstScreenAt ?? completeAt) - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      await write(edits);
      unsent = await outbox.toArray();
    },
    sync: exchange,
    async syncAgain() {
      await outbox.bulkPut(unsent);
      return exchange();
    },
    async listen() {
      isLive = true;
      const events = new EventSource(`${url}/events`);
      events.addEventListener('message', () => void inTurn(pull));
      await new Promise((resolve) => events.addEventListener('open', resolve));
    },
    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      await write([edit]);
      if (isLive) await inTurn(push);
      return at;
    },
    async seen({ table, id, field, value }) {
      const clock = createFineClock();
      return new Promise((resolve) => {
        const look = () =>
          void db
            .table(table)
            .get(id)
            .then((row) => {
              if (row?.[field] !== value) return;
              const at = clock();
              changed.delete(look);
              resolve(at);
            });
        changed.add(look);
        look();
      });
    },
  };
});
