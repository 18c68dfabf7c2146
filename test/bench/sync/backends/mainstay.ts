import { setTimeout as pause } from 'node:timers/promises';
import { browserSyncDeps } from '../../../../extension/sync/browser-deps.ts';
import type { SyncClient } from '../../../../extension/sync/sync-client.ts';
import type { DeviceId } from '../../../../shared/clock.ts';
import { bytesToHex } from '../../../../shared/protocol/bytes.ts';
import { flattenFields } from '../../../../shared/row.ts';
import { startWorker } from '../../../support/worker.ts';
import { memoryStore, type MemoryStore } from '../../../unit/sync/support/memory-store.ts';
import type { BookRecord } from '../contract.ts';
import { createMember, type Member } from '../member.ts';
import type { StartBackend } from './backend.ts';

/** Sent in portions: the store in memory looks through its whole outbox for each batch. */
const PORTION_ROWS = 2000;
const LOOK_EVERY_MS = 20;
const PATIENCE_MS = 30_000;
/** The other device shows its digits after this one's next look into the slot, a second later. */
const COMPARING_MS = 2500;

/**
 * The real worker in workerd. The workspace is made and filled by a device that keeps its rows in
 * this process's memory; it is also the one that lets the others in.
 */
export const startMainstay: StartBackend = async ({ children, folder }) => {
  const worker = await startWorker({ children, persistTo: folder });
  const deps = browserSyncDeps();
  const id = bytesToHex(deps.randomBytes(8)) as DeviceId;
  const store = memoryStore(id, Date.now);
  const member = createMember({
    ...deps,
    store,
    deviceId: async () => id,
    // It is told nothing and asks when it has to: its own socket would only take time from others.
    openSocket: () => ({ send: () => undefined, close: () => undefined }),
    // One process is one browser.
    exclusively: (task) => task(),
  });
  const { client, membership } = member;
  const created = await membership.createWorkspace({ workerUrl: worker.url, deviceName: 'Source' });
  if (!created.ok) throw new Error(`no workspace: ${created.error}`);

  return {
    port: worker.port,
    async seed(book) {
      let portion = 0;
      for (const record of book.records()) {
        put(store, record);
        portion += 1;
        if (portion % PORTION_ROWS === 0) await exchange(client);
      }
      await exchange(client);
    },
    async change(edits) {
      await exchange(client);
      for (const { table, id: rowId, field, value } of edits) {
        store.edit(table, rowId, { [field]: value });
      }
      await exchange(client);
    },
    async invite() {
      const started = await membership.startPairing();
      if (!started.ok) throw new Error(`no pairing: ${started.error}`);
      return { ticket: started.value.code ?? '', admit: () => admit(member) };
    },
    async stop() {
      member.close();
      await worker.stop();
    },
  };
};

function put(store: MemoryStore, { table, row: { id, ...fields } }: BookRecord): void {
  store.edit(table, id, flattenFields(fields));
}

async function exchange(client: SyncClient): Promise<void> {
  const { problem, pending } = await client.syncNow();
  if (problem !== null || pending > 0) {
    throw new Error(`the source's sync left something: ${problem ?? 'no problem'}, ${pending}`);
  }
}

/** Both sides would show the same six digits; here nobody is between them to compare. */
async function admit({ membership }: Member): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (((await membership.pairing())?.check ?? null) === null) {
    if (Date.now() > until) throw new Error('the new device did not come');
    await pause(LOOK_EVERY_MS);
  }
  await pause(COMPARING_MS);
  const confirmed = await membership.confirmPairing();
  if (!confirmed.ok) throw new Error(`not admitted: ${confirmed.error}`);
}
