import { browser } from 'wxt/browser';
import { MainstayDatabase } from '../db/database.ts';
import { askForPersistence, storageErrorCode } from '../db/open.ts';
import { SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import { loadLanguage, pickLanguage } from '../locales/load.ts';
import type { ErrorCode } from '../messaging/messages.ts';
import { createSend, type Send } from '../messaging/send.ts';
import { createTranslator, type Translator } from '../ui/translate.ts';
import { extensionUrl } from './extension-url.ts';
import type { AllMessages } from './all-messages.ts';

/** What every page of the extension starts with. It reads the database itself and writes through the background. */
export interface Page {
  readonly db: MainstayDatabase;
  readonly t: Translator;
  readonly send: Send<AllMessages>;
  readonly now: () => number;
  /** Why the database could not be read; then the page shows only that. */
  readonly storageProblem: ErrorCode | null;
}

export async function startPage(document: Document): Promise<Page> {
  const db = new MainstayDatabase();
  // Only a window may ask; a service worker cannot.
  void askForPersistence(navigator.storage);
  const { settings, storageProblem } = await readSettings(db);
  const code = pickLanguage(settings?.language, browser.i18n.getUILanguage());
  const language = await loadLanguage(code, {
    getUrl: extensionUrl,
    fetch: (url) => fetch(url),
  });
  document.documentElement.lang = language.locale;
  document.documentElement.dir = language.direction;
  document.body.classList.add('m');
  return {
    db,
    t: createTranslator(language),
    send: createSend<AllMessages>(browser.runtime),
    now: Date.now,
    storageProblem,
  };
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
