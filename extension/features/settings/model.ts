import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import { SETTINGS_ID, type Settings } from '../../../shared/model/settings.ts';
import type { MainstayDatabase } from '../../db/database.ts';

export interface SettingsModel {
  readonly settings: ReadonlySignal<Settings | undefined>;
  load(): Promise<void>;
}

export function createSettingsModel(db: MainstayDatabase): SettingsModel {
  const settings = signal<Settings | undefined>(undefined);
  return {
    settings,
    async load() {
      settings.value = await db.settings.get(SETTINGS_ID);
    },
  };
}
