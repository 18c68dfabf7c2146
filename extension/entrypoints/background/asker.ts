import { browser } from 'wxt/browser';
import type { Browser } from 'wxt/browser';
import type { Asker } from '../../messaging/receive.ts';

/** A page of the extension is known by its origin, which a host page cannot have. */
export function askerOf(sender: Browser.runtime.MessageSender): Asker {
  const isOurs = sender.id === browser.runtime.id;
  const isExtensionPage = isOurs && (sender.url ?? '').startsWith(browser.runtime.getURL('/'));
  return { isExtensionPage, tabId: sender.tab?.id ?? null };
}
