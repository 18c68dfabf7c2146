import { newId } from '../../../shared/model/ids.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readDevice } from '../../db/device.ts';
import { storageFailure } from '../../db/open.ts';
import { createFlusher } from '../../db/flush.ts';
import { lazyWriter } from '../../db/lazy-writer.ts';
import { pruneUndo } from '../../db/undo.ts';
import { createWriter } from '../../db/writer.ts';
import { backupHandlers } from '../../features/backup/background.ts';
import { clientCardHandlers } from '../../features/client-card/background.ts';
import { listMarksHandlers } from '../../features/list-marks/background.ts';
import { quickLogHandlers } from '../../features/quick-log/background.ts';
import { promiseHandlers } from '../../features/promises/background.ts';
import { sampleDataHandlers } from '../../features/sample-data/background.ts';
import { settingsHandlers } from '../../features/settings/background.ts';
import { timeHandlers } from '../../features/time/background.ts';
import { todayHandlers } from '../../features/today/background.ts';
import type { Planner } from '../../features/today/planner.ts';
import { failed } from '../../messaging/messages.ts';
import { createReceiver, type Asker } from '../../messaging/receive.ts';
import type { Answer } from '../../messaging/messages.ts';
import { once } from '../../messaging/once.ts';
import { noteEviction } from './eviction.ts';
import type { Language } from '../../ui/translate.ts';
import { freeMailDomains, lineLanguages, panelStyles } from './files.ts';
import { syncHandlers } from '../../features/sync/background.ts';
import { tellPanels } from './panels.ts';
import { browserLanguage, putToolsInto } from './tools.ts';

export interface Services {
  receive(message: unknown, asker: Asker): Promise<Answer<unknown>>;
  syncNow(): Promise<void>;
  /** When sync wants to be woken next, by this device's clock; null for never. */
  syncDueAt(): Promise<number | null>;
  /** What is due now and then: this device has its id, a deleted database is noticed, old undo goes. */
  settle(): Promise<void>;
}

/**
 * Puts the features together. Nothing is read yet: a card that wakes the background waits for its
 * own rows only, and the device's id is looked up when something is first written.
 */
export function createServices(
  db: MainstayDatabase,
  planner: Planner,
  language: () => Promise<Language>,
): Services {
  const flusher = createFlusher(db);
  const onChanged = (clientIds: readonly string[]): void => {
    planner.changed(clientIds);
    void tellPanels(clientIds);
  };
  const queued = new Set<() => void>();
  const tellSync = async (): Promise<void> => {
    // What was written is answered first: fetching sync would hold the answer up.
    await new Promise((resolve) => setTimeout(resolve));
    await sync();
    for (const listener of queued) listener();
  };
  const onWritten = (clientIds: readonly string[]): void => {
    flusher.flush().catch((error: unknown) => logUnexpected('flush', error));
    onChanged(clientIds);
    tellSync().catch((error: unknown) => logUnexpected('sync', error));
  };
  const device = once(async () => {
    const { id, isNew } = await readDevice(db, randomBytes);
    await noteEviction(isNew);
    return id;
  });
  const now = Date.now;
  const writer = lazyWriter(
    once(async () =>
      createWriter({ db, device: await device(), now, newToken: () => newId(randomBytes) }),
    ),
    ({ clientIds }) => onWritten(clientIds),
  );
  // A quarter of the background, and nothing that a card waits for: it comes when it is first needed.
  const sync = once(async () => {
    const { startSync } = await import('./sync.ts');
    return startSync({
      db,
      onChanged,
      onQueued: subscribeTo(queued),
      deviceId: device,
      onUnexpected: logUnexpected,
    });
  });
  const deps = {
    db,
    writer,
    now,
    randomBytes,
    freeMailDomains,
    browserLanguage,
    putToolsInto,
    lineLanguages: once(lineLanguages),
    language,
    panelStyles: once(panelStyles),
  };
  const receive = createReceiver(
    {
      ...clientCardHandlers(deps),
      ...quickLogHandlers(deps),
      ...todayHandlers(deps),
      ...promiseHandlers(deps),
      ...timeHandlers(deps),
      ...listMarksHandlers(deps),
      ...sampleDataHandlers(deps),
      ...settingsHandlers(deps),
      ...syncHandlers({ sync, writer }),
      ...backupHandlers({ db, writer, now, onBroughtBack: onWritten }),
    },
    (name, error) => storageFailure(error) ?? failed('unexpected', `${name}: ${nameOf(error)}`),
  );
  return {
    receive,
    syncNow: async () => {
      await (await sync()).syncNow();
    },
    async syncDueAt() {
      try {
        return await (await sync()).dueAt();
      } catch (error) {
        // The day begins and the badge counts all the same.
        logUnexpected('sync', error);
        return null;
      }
    },
    settle: async () => {
      await device();
      await pruneUndo(db);
    },
  };
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** The top level's one log: where it happened and what kind of error, never a record's content. */
function logUnexpected(where: string, error: unknown): void {
  // oxlint-disable-next-line no-console
  console.error(`mainstay ${where}: ${nameOf(error)}`);
}

const subscribeTo =
  (listeners: Set<() => void>) =>
  (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
