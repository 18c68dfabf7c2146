import { browser } from 'wxt/browser';
import { CHANGED_MESSAGE, SYNC_STATUS_MESSAGE } from '../../messaging/events.ts';

/** Tells the panels in open mailboxes that these clients' cards may have changed. */
export async function tellPanels(clientIds: readonly string[]): Promise<void> {
  const hosts = browser.runtime.getManifest().host_permissions ?? [];
  const tabs = await browser.tabs.query({ url: hosts });
  const ids = tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const message = { name: CHANGED_MESSAGE, clientIds };
  await Promise.allSettled(ids.map((id) => browser.tabs.sendMessage(id, message)));
}

/** Tells the extension's own open pages to ask how sync stands; nobody listening is no error. */
export async function tellPages(): Promise<void> {
  try {
    await browser.runtime.sendMessage({ name: SYNC_STATUS_MESSAGE });
  } catch {
    // No page is open.
  }
}
