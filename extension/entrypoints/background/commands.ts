import { browser } from 'wxt/browser';
import { COMMAND_MESSAGE } from '../../messaging/events.ts';

/** A keyboard shortcut acts on the page in front; where there is no panel, nothing happens. */
export async function runCommand(command: string, tabId: number | undefined): Promise<void> {
  if (tabId === undefined) return;
  try {
    await browser.tabs.sendMessage(tabId, { name: COMMAND_MESSAGE, command });
  } catch {
    // No panel on this page.
  }
}
