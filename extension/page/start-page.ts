import { browser } from 'wxt/browser';
import { MainstayDatabase } from '../db/database.ts';
import { askForPersistence, storageErrorCode } from '../db/open.ts';
import { SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import { pickLanguage } from '../locales/load.ts';
import type { ErrorCode } from '../messaging/messages.ts';
import { loadOwnLanguage } from './own-language.ts';
import { translatedPage, type Page } from './page.ts';

/** A page that cannot be shown before the database is open. */
export interface StoredPage extends Page {
  readonly db: MainstayDatabase;
  /** Why the database could not be read; then the page shows only that. */
  readonly storageProblem: ErrorCode | null;
}

export async function startPage(document: Document): Promise<StoredPage> {
  const db = new MainstayDatabase();
  // Only a window may ask; a service worker cannot.
  void askForPersistence(navigator.storage);
  const { settings, storageProblem } = await readSettings(db);
  const code = pickLanguage(settings?.language, browser.i18n.getUILanguage());
  return { ...translatedPage(document, await loadOwnLanguage(code)), db, storageProblem };
}

async function readSettings(
  db: MainstayDatabase,
): Promise<{ settings: Settings | undefined; storageProblem: ErrorCode | null }> {
  try {
    return { settings: await db.settings.get(SETTINGS_ID), storageProblem: null };
  } catch (error) {
    return { settings: undefined, storageProblem: storageErrorCode(error) ?? 'storage-failed' };
  }
}
