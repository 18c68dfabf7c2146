import { browser } from 'wxt/browser';
import { CHANGED_MESSAGE, SYNC_STATUS_MESSAGE } from '../../messaging/events.ts';

/** Tells the panels in open mailboxes, and beside them, that these clients' cards may have changed. */
export async function tellPanels(clientIds: readonly string[]): Promise<void> {
  const message = { name: CHANGED_MESSAGE, clientIds };
  void tellPages(message);
  // The mail, and the sites that the user has turned on.
  const { origins = [] } = await browser.permissions.getAll();
  const tabs = await browser.tabs.query({ url: origins });
  const ids = tabs.flatMap(({ id }) => (id === undefined ? [] : [id]));
  await Promise.allSettled(ids.map((id) => browser.tabs.sendMessage(id, message)));
}

/** Tells the extension's own open pages to ask how sync stands. */
export const tellSyncStatus = (): Promise<void> => tellPages({ name: SYNC_STATUS_MESSAGE });

/** Nobody listening is no error. */
async function tellPages(message: object): Promise<void> {
  try {
    await browser.runtime.sendMessage(message);
  } catch {
    // No page is open.
  }
}
