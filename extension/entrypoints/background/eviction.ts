import { browser } from 'wxt/browser';
import { EVICTED_KEY, HAD_DATA_KEY } from '../../page/storage-keys.ts';

/**
 * The database is gone although it was there before: the browser deleted it under disk pressure, or
 * someone cleared the site data. The small storage survives that, so it remembers for us.
 */
export async function noteEviction(isNewDatabase: boolean): Promise<void> {
  const stored = await browser.storage.local.get(HAD_DATA_KEY);
  if (isNewDatabase && stored[HAD_DATA_KEY] === true) {
    await browser.storage.local.set({ [EVICTED_KEY]: Date.now() });
  }
  if (stored[HAD_DATA_KEY] !== true) await browser.storage.local.set({ [HAD_DATA_KEY]: true });
}
