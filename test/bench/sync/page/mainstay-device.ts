import { createSyncStore } from '../../../../extension/db/create-sync-store.ts';
import { MainstayDatabase } from '../../../../extension/db/database.ts';
import { readDevice } from '../../../../extension/db/device.ts';
import { readBook } from '../../../../extension/db/today-query.ts';
import { createWriter, type Edit } from '../../../../extension/db/writer.ts';
import { browserSyncDeps } from '../../../../extension/sync/browser-deps.ts';
import { newId } from '../../../../shared/model/ids.ts';
import type { DeviceSetup, FieldEdit } from '../contract.ts';
import { createMember, type Member } from '../member.ts';
import { copyStore, putBack } from './copy-store.ts';
import { createFineClock } from './clock.ts';
import { serveDevice, type CreateDevice } from './serve-device.ts';

/** As the background lets go of its socket after two minutes unless a surface shows signs of life. */
const TOUCH_EVERY_MS = 60_000;
const EDITS_PER_WRITE = 500;

const { now, randomBytes } = browserSyncDeps();

/** The product's own store, writer and sync client, in a page of an extension. */
const createMainstayDevice: CreateDevice = async (setup: DeviceSetup, { longestTaskMs }) => {
  const db = new MainstayDatabase();
  const { id } = await readDevice(db, randomBytes);
  const writer = createWriter({ db, device: id, now, newToken: () => newId(randomBytes) });
  const changed = new Set<() => void>();
  const store = createSyncStore({
    db,
    onChanged: () => {
      for (const listener of changed) listener();
    },
    onQueued: (listener) => writer.onWritten(listener),
  });
  let member: Member | null = null;
  let unsent: readonly object[] = [];

  /** A client as after a restart of the background. */
  function start(): Member {
    member?.close();
    member = createMember({ ...browserSyncDeps(), store, deviceId: async () => id });
    return member;
  }

  async function exchange(): Promise<number> {
    member ??= start();
    const startedAt = performance.now();
    const { problem, pending, heldBack, setAside } = await member.client.syncNow();
    const ms = performance.now() - startedAt;
    if (problem !== null || pending + heldBack + setAside > 0) {
      throw new Error(
        `sync left something: ${problem ?? 'no problem'}, ${pending} pending, ${heldBack} held back, ${setAside} set aside`,
      );
    }
    return ms;
  }

  return {
    async firstPull({ head }, ticket) {
      const { client: sync, membership } = start();
      let startedAt: number | null = null;
      let firstScreenAt: number | null = null;
      let isLooking = false;
      longestTaskMs();

      /** The list of clients is on the screen once all are there and have been read. */
      const lookForScreen = async (): Promise<void> => {
        if (firstScreenAt !== null || isLooking) return;
        isLooking = true;
        const [clients, contacts] = await Promise.all([db.clients.count(), db.contacts.count()]);
        if (clients + contacts >= head) {
          await readBook(db);
          firstScreenAt = performance.now();
        }
        isLooking = false;
      };
      const look = (): void => void lookForScreen();
      changed.add(look);

      const joined = await membership.joinWorkspace({
        workerUrl: setup.url,
        code: ticket,
        deviceName: 'Bench',
      });
      if (!joined.ok) throw new Error(`not joined: ${joined.error}`);
      // Told when the membership is stored and the first exchange begins, and again when it ends.
      const completeAt = await new Promise<number>((resolve, reject) => {
        const unsubscribe = sync.subscribe(() => {
          const toldAt = performance.now();
          void sync.status().then(({ workspace, state, lastSuccessAt, problem }) => {
            if (workspace) startedAt ??= toldAt;
            if (state === 'syncing' || (lastSuccessAt === null && problem === null)) return;
            unsubscribe();
            if (problem === null) resolve(toldAt);
            else reject(new Error(`the first pull ended with: ${problem}`));
          }, reject);
        });
      });
      await lookForScreen();
      changed.delete(look);
      if (startedAt === null || firstScreenAt === null) throw new Error('the pull was not seen');
      return {
        firstScreenMs: firstScreenAt - startedAt,
        completeMs: completeAt - startedAt,
        longestTaskMs: longestTaskMs(),
      };
    },

    async write(edits) {
      member?.close();
      member = null;
      for (let from = 0; from < edits.length; from += EDITS_PER_WRITE) {
        await writer.write(edits.slice(from, from + EDITS_PER_WRITE).map(toEdit));
      }
      unsent = await copyStore(db.name, 'outbox');
    },

    sync: exchange,

    async syncAgain() {
      member?.close();
      member = null;
      await putBack(db.name, 'outbox', unsent);
      return exchange();
    },

    async listen() {
      const { client: sync } = start();
      await sync.syncNow();
      sync.touch();
      setInterval(() => sync.touch(), TOUCH_EVERY_MS);
    },

    async writeLive(edit) {
      const clock = createFineClock();
      const at = clock();
      await writer.write([toEdit(edit)]);
      return at;
    },

    async seen({ id: rowId, value }) {
      const clock = createFineClock();
      const isThere = async (): Promise<boolean> =>
        (await db.interactions.get(rowId))?.summary === value;
      if (await isThere()) return clock();
      return new Promise((resolve, reject) => {
        const look = (): void =>
          void isThere().then((found) => {
            if (!found) return;
            const at = clock();
            changed.delete(look);
            resolve(at);
          }, reject);
        changed.add(look);
      });
    },
  };
};

const toEdit = ({ table, id, field, value }: FieldEdit): Edit => {
  if (table !== 'interactions' || field !== 'summary') throw new Error('only summaries are edited');
  return { table, id, patch: { summary: value } };
};

serveDevice(createMainstayDevice);
