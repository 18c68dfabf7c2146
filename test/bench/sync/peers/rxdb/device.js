import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { Subject } from 'rxjs';
import { createFineClock } from '../../page/clock.ts';
import { serveDevice } from '../../page/serve-device.ts';
import { collections } from './schemas.js';

const PULL_ROWS = 5000;
const PUSH_ROWS = 2000;
const WRITE_ROWS = 1000;

/**
 * RxDB with its own replication, against the same plain server as Dexie's: a collection for each
 * table, clients and contacts before what happened with them.
 */
serveDevice(async ({ url }, { longestTaskMs }) => {
  const db = await createRxDatabase({
    name: 'bench',
    storage: getRxStorageDexie(),
    multiInstance: false,
  });
  const tables = await db.addCollections(collections);
  /** What was edited is found from this moment on: RxDB's own checkpoint is a time and an id. */
  let editedFrom = 0;

  const pullHandler = (table) => async (checkpoint, limit) => {
    const since = checkpoint?.seq ?? 0;
    const response = await fetch(`${url}/rows?table=${table}&since=${since}&limit=${limit}`);
    const { rows, next } = await response.json();
    return {
      documents: rows.map(({ row }) => live(row)),
      checkpoint: { seq: next },
    };
  };

  const pushHandler = (table) => async (documents) => {
    const response = await fetch(`${url}/documents?table=${table}`, {
      method: 'POST',
      body: JSON.stringify(
        documents.map(({ assumedMasterState, newDocumentState }) => ({
          assumed: assumedMasterState ? plain(assumedMasterState) : null,
          wanted: plain(newDocumentState),
        })),
      ),
    });
    const conflicts = await response.json();
    return conflicts.map(live);
  };

  function replicate(table, { live = false, stream$, again = false } = {}) {
    const replication = replicateRxCollection({
      collection: tables[table],
      replicationIdentifier: again ? `again-${Date.now()}` : 'bench',
      live,
      retryTime: 1000,
      waitForLeadership: false,
      pull: {
        handler: pullHandler(table),
        batchSize: PULL_ROWS,
        ...(stream$ && { stream$ }),
      },
      push: {
        handler: pushHandler(table),
        batchSize: PUSH_ROWS,
        ...(again && { initialCheckpoint: { id: '', lwt: editedFrom } }),
      },
    });
    const failed = new Promise((_resolve, reject) => {
      replication.error$.subscribe(reject);
    });
    // One that runs once has ended when it says that it has started.
    return { replication, done: Promise.race([replication.startPromise, failed]) };
  }

  const exchange = async (names, options) => {
    const startedAt = performance.now();
    await Promise.all(names.map((table) => replicate(table, options).done));
    return performance.now() - startedAt;
  };

  async function write(edits) {
    for (const [table, group] of Map.groupBy(edits, (edit) => edit.table)) {
      for (let from = 0; from < group.length; from += WRITE_ROWS) {
        const some = group.slice(from, from + WRITE_ROWS);
        const found = await tables[table].findByIds(some.map(({ id }) => id)).exec();
        const { error } = await tables[table].bulkUpsert(
          some.map((edit) => edited(found.get(edit.id), edit)),
        );
        if (error.length > 0) throw new Error(`${error.length} rows were not written`);
      }
    }
  }

  return {
    async firstPull() {
      longestTaskMs();
      const startedAt = performance.now();
      await exchange(['clients', 'contacts']);
      await tables.clients.find().exec();
      const firstScreenAt = performance.now();
      await exchange(['interactions']);
      const completeAt = performance.now();
      return {
        firstScreenMs: firstScreenAt - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      editedFrom = Date.now();
      await write(edits);
    },
    sync: () => exchange(Object.keys(collections)),
    // Without the notes of what the server has taken, as after a crash that lost them; only from
    // the edits on, or it would send the whole book.
    async syncAgain() {
      const startedAt = performance.now();
      await replicate('interactions', { again: true }).done;
      return performance.now() - startedAt;
    },
    async listen() {
      const stream$ = new Subject();
      const names = Object.keys(collections);
      const all = names.map((table) => replicate(table, { live: true, stream$ }).replication);
      await Promise.all(all.map((replication) => replication.awaitInSync()));
      const events = new EventSource(`${url}/events`);
      events.addEventListener('message', () => stream$.next('RESYNC'));
      await new Promise((resolve) => events.addEventListener('open', resolve));
    },
    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      await write([edit]);
      return at;
    },
    async seen({ table, id, field, value }) {
      const clock = createFineClock();
      return new Promise((resolve) => {
        const subscription = tables[table].findOne(id).$.subscribe((document) => {
          if (document?.get(field) !== value) return;
          const at = clock();
          queueMicrotask(() => subscription.unsubscribe());
          resolve(at);
        });
      });
    },
  };
});

/** The server stores rows; that nothing is deleted goes without saying. */
function plain(document) {
  const { _deleted, ...row } = document;
  return row;
}

const live = (row) => ({ ...row, _deleted: false });

const edited = (document, { field, value }) => ({ ...document.toJSON(), [field]: value });
