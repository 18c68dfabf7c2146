import { browser, type Browser } from 'wxt/browser';
import { COMMAND_MESSAGE } from '../../messaging/events.ts';
import { openSidePanel } from '../../page/open-side-panel.ts';

/** Chromium's; Firefox has a command of its own that opens and closes the sidebar. */
const SIDE_PANEL_COMMAND = 'open-side-panel';

type Tab = Pick<Browser.tabs.Tab, 'id' | 'windowId'>;

export function runCommand(command: string, tab: Tab | undefined): void {
  if (!tab) return;
  if (command === SIDE_PANEL_COMMAND) void openSidePanel(tab.windowId);
  else if (tab.id !== undefined) void tellPanel(command, tab.id);
}

/** A keyboard shortcut acts on the page in front; where there is no panel, nothing happens. */
async function tellPanel(command: string, tabId: number): Promise<void> {
  try {
    await browser.tabs.sendMessage(tabId, { name: COMMAND_MESSAGE, command });
  } catch {
    // No panel on this page.
  }
}
