import { browser } from 'wxt/browser';

export const browserLanguage = (): string => browser.i18n.getUILanguage();

/** Beside the content script, in the same world: the page sees neither, and nothing is web-accessible. */
export async function putToolsInto(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/panel-tools.js'] });
}
