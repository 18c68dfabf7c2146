import { serveNodeDevice } from '../../device/serve-node-device.ts';
import { bookOf } from '../../records/records.ts';
import { createActualClient } from './client.js';

/** Below the server's limit on the size of a request. */
const SEED_ROWS = 20_000;

serveNodeDevice(async (setup, { longestTaskMs }) => {
  const client = createActualClient(setup);
  let sent = [];

  const timed = async (work) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };

  const noChannel = async () => {
    throw new Error('there is no live channel');
  };

  return {
    async seed(rows) {
      let changes = [];
      const flush = async () => {
        client.write(changes);
        await client.sync();
        changes = [];
      };
      for (const { table, row } of bookOf(rows).records()) {
        const value = JSON.stringify(row);
        changes.push({ dataset: table, row: row.id, column: 'record', value });
        if (changes.length === SEED_ROWS) await flush();
      }
      await flush();
    },
    async firstPull() {
      longestTaskMs();
      const startedAt = performance.now();
      await client.sync();
      const completeAt = performance.now();
      client.db.prepare("SELECT * FROM records WHERE dataset = 'clients'").all();
      return {
        // All in one body and one transaction: nothing is there before everything is.
        firstScreenMs: performance.now() - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      sent = client.write(
        edits.map(({ table, id, field, value }) => ({
          dataset: table,
          row: id,
          column: field,
          value,
        })),
      );
    },
    sync: () => timed(client.sync),
    syncAgain: () => timed(() => client.send(sent)),
    listen: noChannel,
    writeLive: noChannel,
    seen: noChannel,
  };
});
