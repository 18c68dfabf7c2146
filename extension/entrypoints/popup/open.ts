import { browser } from 'wxt/browser';
import { extensionUrl } from '../../page/extension-url.ts';

export async function openDashboard(section = 'sync'): Promise<void> {
  await browser.tabs.create({ url: extensionUrl(`/dashboard.html#${section}`) });
}

/** Threads and the mailbox open in a tab of their own; only addresses of the web. */
export async function openWeb(url: string): Promise<void> {
  if (!/^https?:/.test(url)) return;
  await browser.tabs.create({ url });
}
