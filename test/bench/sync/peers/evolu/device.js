import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createAppOwner } from '@evolu/common/local-first';
import { serveNodeDevice } from '../../device/serve-node-device.ts';
import { createFineClock } from '../../page/clock.ts';
import { bookOf } from '../../records/records.ts';
import { columnsOf, toColumns } from '../../records/columns.ts';
import { createEvoluClient } from './client.js';

/** A mutation is one transaction. */
const WRITE_ROWS = 1000;

/** Evolu has columns of these names itself, so ours are called otherwise. */
const columnOf = (name) =>
  name === 'id' ? 'recordId' : name === 'createdAt' ? 'recordCreatedAt' : name;

/** Evolu's ids are 16 bytes; ours are any text. */
const idOf = (table, id) => createHash('md5').update(`${table}/${id}`).digest('base64url');

serveNodeDevice(async ({ url, folder, owner }, { longestTaskMs }) => {
  const changed = new Set();
  const name = join(folder, 'evolu');
  process.chdir(folder);
  const client = await createEvoluClient({
    name: 'evolu',
    owner: createAppOwner(Buffer.from(owner, 'base64url')),
    schema: {
      tables: Object.fromEntries(
        Object.entries(columnsOf).map(([table, columns]) => [
          table,
          new Set(columns.map(columnOf)),
        ]),
      ),
      indexes: [],
    },
    url: url.replace('http:', 'ws:'),
    onWritten: () => {
      for (const listener of changed) listener();
    },
  });
  const reader = new DatabaseSync(`${name}.db`, { readOnly: true });
  let sent = [];
  let isLive = false;

  const countOf = (table) => reader.prepare(`SELECT count(*) AS n FROM ${table}`).get().n;

  async function write(edits) {
    const messages = [];
    for (let from = 0; from < edits.length; from += WRITE_ROWS) {
      const changes = edits.slice(from, from + WRITE_ROWS).map(({ table, id, field, value }) => ({
        table,
        id: idOf(table, id),
        values: { [columnOf(field)]: value },
        isInsert: false,
        isDelete: null,
      }));
      messages.push(...(await client.mutate(changes)));
    }
    return messages;
  }

  const timed = async (work) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };

  async function exchange() {
    if (isLive) return client.reconcile();
    await client.connect();
    await client.reconcile();
    client.disconnect();
  }

  return {
    async seed(rows) {
      let changes = [];
      const flush = async () => {
        if (changes.length > 0) await client.mutate(changes);
        changes = [];
      };
      for (const { table, row } of bookOf(rows).records()) {
        const values = Object.entries(toColumns(row)).map(([key, value]) => [columnOf(key), value]);
        changes.push({
          table,
          id: idOf(table, row.id),
          values: Object.fromEntries(values),
          isInsert: true,
          isDelete: null,
        });
        if (changes.length === WRITE_ROWS) await flush();
      }
      await flush();
      await exchange();
    },
    async firstPull({ head }) {
      longestTaskMs();
      const startedAt = performance.now();
      let firstScreenAt = null;
      const look = () => {
        if (firstScreenAt !== null || countOf('clients') + countOf('contacts') < head) return;
        reader.prepare('SELECT * FROM clients').all();
        firstScreenAt = performance.now();
      };
      changed.add(look);
      await exchange();
      const completeAt = performance.now();
      look();
      changed.delete(look);
      return {
        firstScreenMs: firstScreenAt - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      sent = await write(edits);
    },
    sync: () => timed(exchange),
    // Reconciling would only notice that there is nothing to do: the messages themselves, once more.
    syncAgain: () =>
      timed(async () => {
        await client.connect();
        await client.send(sent);
        client.disconnect();
      }),
    async listen() {
      isLive = true;
      await client.connect();
      await client.reconcile();
    },
    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      await client.send(await write([edit]));
      return at;
    },
    async seen({ table, id, field, value }) {
      const clock = createFineClock();
      // By the primary key: there is no index on our own id, and looking for it must not take long.
      const byId = reader.prepare(
        `SELECT ${columnOf(field)} AS value FROM ${table} WHERE ownerId = (SELECT ownerId FROM ${table} LIMIT 1) AND id = ?`,
      );
      return new Promise((resolve) => {
        const look = () => {
          if (byId.get(idOf(table, id))?.value !== value) return;
          const at = clock();
          changed.delete(look);
          resolve(at);
        };
        changed.add(look);
        look();
      });
    },
  };
});
