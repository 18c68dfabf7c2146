import type { Page } from 'puppeteer-core';
import { WAKE_MESSAGE } from '../../../extension/messaging/wake.ts';

/** Fails where no background is installed. */
export async function waitForAnswer(page: Page): Promise<void> {
  await page.evaluate((name) => chrome.runtime.sendMessage({ name }), WAKE_MESSAGE);
}

/** What the user has allowed beyond the manifest; taking it back may wake the background. */
export const takePermissionsBack = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { optional_permissions = [] } = chrome.runtime.getManifest();
    const { permissions = [], origins = [] } = await chrome.permissions.getAll();
    const fixed = chrome.runtime.getManifest().host_permissions ?? [];
    const extra = {
      permissions: permissions.filter((each) => optional_permissions.includes(each)),
      origins: origins.filter((each) => !fixed.includes(each)),
    };
    if (extra.permissions.length + extra.origins.length > 0) await chrome.permissions.remove(extra);
  });

/** Everything that the extension keeps, as far as a page of its own can reach; its background must not run. */
export const forgetStored = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    await Promise.all([
      ...databases.map(
        ({ name = '' }) =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name);
            request.addEventListener('success', () => resolve());
            request.addEventListener('error', () => reject(request.error ?? new Error(name)));
          }),
      ),
      chrome.storage.local.clear(),
      chrome.storage.session.clear(),
      chrome.alarms.clearAll(),
      chrome.action.setBadgeText({ text: '' }),
    ]);
    localStorage.clear();
    sessionStorage.clear();
  });
