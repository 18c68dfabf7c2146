import { browser } from 'wxt/browser';
import { clientHash } from './client-hash.ts';
import { extensionUrl } from './extension-url.ts';

export const GMAIL_URL = 'https://mail.google.com/';

export async function openDashboard(section = 'sync'): Promise<void> {
  await browser.tabs.create({ url: extensionUrl(`/dashboard.html#${section}`) });
}

/** Threads and the mailbox open in a tab of their own; only addresses of the web. */
export async function openWeb(url: string): Promise<void> {
  if (!/^https?:/.test(url)) return;
  await browser.tabs.create({ url });
}

/** One client in full, in a tab of its own. */
export const openClient = (clientId: string): Promise<void> =>
  openDashboard(clientHash(clientId).slice(1));

/** The browser's own list of the extension's shortcuts, where they can be changed. */
export async function openShortcuts(): Promise<void> {
  const { commands } = browser;
  if (hasSettings(commands)) await commands.openShortcutSettings();
  else await browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
}

/** Firefox has a call for it, and lets nobody open its page by address. */
const hasSettings = (
  commands: object,
): commands is { readonly openShortcutSettings: () => Promise<void> } =>
  'openShortcutSettings' in commands;
