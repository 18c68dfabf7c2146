import { newId } from '../../../shared/model/ids.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readClockOffset, readDevice } from '../../db/device.ts';
import { askForPersistence, storageFailure } from '../../db/open.ts';
import { createWriter } from '../../db/writer.ts';
import { clientCardHandlers } from '../../features/client-card/background.ts';
import { quickLogHandlers } from '../../features/quick-log/background.ts';
import { sampleDataHandlers } from '../../features/sample-data/background.ts';
import { settingsHandlers } from '../../features/settings/background.ts';
import { todayHandlers } from '../../features/today/background.ts';
import type { Planner } from '../../features/today/planner.ts';
import { failed } from '../../messaging/messages.ts';
import { createReceiver, type Asker } from '../../messaging/receive.ts';
import type { Answer } from '../../messaging/messages.ts';
import { noteEviction } from './eviction.ts';
import { currentLanguage, freeMailDomains } from './files.ts';
import { tellPanels } from './panels.ts';

export interface Services {
  receive(message: unknown, asker: Asker): Promise<Answer<unknown>>;
  syncNow(): Promise<void>;
}

/** Opens the database and puts the features together; throws when the database cannot be opened. */
export async function createServices(db: MainstayDatabase, planner: Planner): Promise<Services> {
  const device = await readDevice(db, randomBytes);
  await noteEviction(device.isNew);
  void askForPersistence(globalThis.navigator?.storage);
  const clockOffsetMs = await readClockOffset(db);
  const now = (): number => Date.now() + clockOffsetMs;
  const writer = createWriter({ db, device: device.id, now, newToken: () => newId(randomBytes) });
  writer.onWritten(({ clientIds }) => {
    planner.changed();
    void tellPanels(clientIds);
  });
  const deps = { db, writer, now, randomBytes, freeMailDomains, language: () => currentLanguage(db) };
  const receive = createReceiver(
    {
      ...clientCardHandlers(deps),
      ...quickLogHandlers(deps),
      ...todayHandlers(deps),
      ...sampleDataHandlers(deps),
      ...settingsHandlers(deps),
    },
    (name, error) => storageFailure(error) ?? failed('unexpected', `${name}: ${nameOf(error)}`),
  );
  return { receive, syncNow: async () => undefined };
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
