import { signal, type ReadonlySignal } from '@preact/signals-core';
import { SETTINGS_ID, type Settings } from '../../../shared/model/settings.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readBook } from '../../db/today-query.ts';
import { isSample } from '../../../shared/model/ids.ts';

export interface SettingsModel {
  readonly settings: ReadonlySignal<Settings | undefined>;
  readonly hasSample: ReadonlySignal<boolean>;
  load(): Promise<void>;
}

export function createSettingsModel(db: MainstayDatabase): SettingsModel {
  const settings = signal<Settings | undefined>(undefined);
  const hasSample = signal(false);
  return {
    settings,
    hasSample,
    async load() {
      const book = await readBook(db);
      settings.value = await db.settings.get(SETTINGS_ID);
      hasSample.value = book.entries.some(({ clientId }) => isSample(clientId));
    },
  };
}
