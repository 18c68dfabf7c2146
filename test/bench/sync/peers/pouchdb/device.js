import PouchDB from 'pouchdb-browser';
import { createFineClock } from '../../page/clock.ts';
import { serveDevice } from '../../page/serve-device.ts';

/** Larger than the default of 100, which costs a request for each hundred documents. */
const options = { batch_size: 1000, batches_limit: 5 };
const WRITE_ROWS = 1000;

const edited = (doc, { field, value }) => ({ ...doc, [field]: value });

/** One database for all tables; the table is the beginning of a document's id. */
serveDevice(({ url }, { longestTaskMs }) => {
  const local = new PouchDB('bench');
  const remote = new PouchDB(`${url}/book`, { skip_setup: true });
  const changed = new Set();
  let editedFrom = 0;

  const idOf = ({ table, id }) => `${table}:${id}`;

  async function write(edits) {
    for (let from = 0; from < edits.length; from += WRITE_ROWS) {
      const some = edits.slice(from, from + WRITE_ROWS);
      const { rows } = await local.allDocs({ keys: some.map(idOf), include_docs: true });
      const results = await local.bulkDocs(
        some.map((edit, index) => edited(rows[index].doc, edit)),
      );
      if (results.some((result) => result.error)) throw new Error('a document was not written');
    }
  }

  const timed = async (work) => {
    const startedAt = performance.now();
    const result = await work();
    // A replication both ways gives both results, one way only its own.
    for (const { ok, errors, doc_write_failures: failures = 0 } of result.push
      ? [result.push, result.pull]
      : [result]) {
      if (!ok || errors.length > 0 || failures > 0)
        throw new Error('not everything was replicated');
    }
    return performance.now() - startedAt;
  };

  return {
    async firstPull({ head }) {
      longestTaskMs();
      const startedAt = performance.now();
      let firstScreen = null;
      const completeMs = await timed(() =>
        local.replicate.from(remote, options).on('change', ({ docs_written: written }) => {
          if (firstScreen !== null || written < head) return;
          firstScreen = readClients().then(() => performance.now());
        }),
      );
      const firstScreenAt = await (firstScreen ?? readClients().then(() => performance.now()));
      return {
        firstScreenMs: firstScreenAt - startedAt,
        completeMs,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      editedFrom = (await local.info()).update_seq;
      await write(edits);
    },
    sync: () => timed(() => local.sync(remote, options)),
    // Without the checkpoint that says what the server has; only from the edits on, or it would
    // compare the whole book.
    syncAgain: () =>
      timed(() => local.replicate.to(remote, { ...options, since: editedFrom, checkpoint: false })),
    async listen() {
      const replication = local.sync(remote, { ...options, live: true, retry: true });
      local.changes({ since: 'now', live: true }).on('change', ({ id }) => {
        for (const listener of changed) listener(id);
      });
      await new Promise((resolve) => replication.once('paused', resolve));
    },
    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      await write([edit]);
      return at;
    },
    async seen(edit) {
      const clock = createFineClock();
      return new Promise((resolve) => {
        const look = async (id) => {
          if (id !== idOf(edit)) return;
          if ((await local.get(id))[edit.field] !== edit.value) return;
          const at = clock();
          changed.delete(look);
          resolve(at);
        };
        changed.add(look);
        void look(idOf(edit));
      });
    },
  };

  async function readClients() {
    return local.allDocs({ startkey: 'clients:', endkey: 'clients:\uFFF0', include_docs: true });
  }
});
