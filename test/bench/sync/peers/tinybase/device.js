import { createMergeableStore } from 'tinybase';
import { createIndexedDbPersister } from 'tinybase/persisters/persister-indexed-db';
import { createFineClock } from '../../page/clock.ts';
import { serveDevice } from '../../page/serve-device.ts';
import { connect } from './connect.js';
import { applyEdits, arrived } from './edits.js';

/** The store is in memory; beside it a copy in IndexedDB, which TinyBase writes as a whole. */
serveDevice(({ url, controlUrl }, { longestTaskMs }) => {
  const store = createMergeableStore();
  const persister = createIndexedDbPersister(store, 'bench');
  let unsent = [];
  let live = null;

  async function exchange() {
    const { synchronizer, orFail, close } = await connect(store, url);
    await orFail(synchronizer.startSync());
    await orFail(arrived(controlUrl, unsent));
    unsent = [];
    await persister.save();
    await close();
  }

  return {
    async firstPull() {
      longestTaskMs();
      const startedAt = performance.now();
      const { synchronizer, orFail, close } = await connect(store, url);
      // Not `load`: the server asks each newcomer too, and waits for one that does not answer.
      await orFail(synchronizer.startSync());
      store.getTable('clients');
      const firstScreenAt = performance.now();
      await persister.save();
      const completeAt = performance.now();
      await close();
      return {
        firstScreenMs: firstScreenAt - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },
    async write(edits) {
      applyEdits(store, edits);
      unsent = edits;
      await persister.save();
    },
    async sync() {
      const startedAt = performance.now();
      await exchange();
      return performance.now() - startedAt;
    },
    // It compares hashes and would find nothing to send: that is the check of being in sync.
    syncAgain: async () => null,
    async listen() {
      live = await connect(store, url);
      await live.orFail(live.synchronizer.startSync());
      await persister.startAutoSave();
    },
    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      applyEdits(store, [edit]);
      return at;
    },
    async seen({ table, id, field, value }) {
      const clock = createFineClock();
      await new Promise((resolve) => {
        const look = () => {
          if (store.getCell(table, id, field) === value) resolve();
        };
        store.addCellListener(table, id, field, look);
        look();
      });
      await persister.save();
      return clock();
    },
  };
});
