import type { Browser, Page, WebWorker } from 'puppeteer-core';
import { panelIn } from '../panel.ts';
import type { BrowserUi, Surface } from './browser-ui.ts';

/**
 * Popup and side panel are pages that can be driven. The address bar and the keyboard of the window
 * are out of reach, so their events are given to the background as Chromium gives them.
 */
export function chromiumUi(
  browser: Browser,
  extensionId: () => string,
  background: () => Promise<WebWorker>,
): BrowserUi {
  return {
    async openPopup(front) {
      const extension = (await browser.extensions()).get(extensionId());
      if (!extension) throw new Error('the extension is not installed');
      await front.bringToFront();
      const before = new Set(browser.targets());
      await extension.triggerAction(front);
      const target = await browser.waitForTarget(
        (each) => !before.has(each) && each.url().endsWith('/popup.html'),
      );
      return surfaceOf(await target.asPage());
    },
    allow: () =>
      Promise.reject(new Error('Chromium’s question is out of reach: see `allowedBefore`')),
    async sidePanel() {
      const target = await browser.waitForTarget((each) => each.url().endsWith('/sidepanel.html'));
      const page = await target.asPage();
      return { ...surfaceOf(page), close: () => page.close() };
    },
    suggestions: async (text) =>
      (await background()).evaluate(
        (text) =>
          new Promise<string[]>((resolve) => {
            const { onInputChanged } = chrome.omnibox;
            const send: unknown = Reflect.get(onInputChanged, 'dispatch');
            if (typeof send !== 'function') throw new Error('the event cannot be given');
            const suggest = (lines: readonly { readonly description: string }[]): void => {
              resolve(lines.map(({ description }) => description));
            };
            Reflect.apply(send, onInputChanged, [text, suggest]);
          }),
        text,
      ),
    async enter(text) {
      await dispatch(await background(), 'omnibox', 'onInputEntered', [text, 'currentTab']);
    },
    async shortcut(command) {
      const worker = await background();
      const [tab] = await worker.evaluate(() =>
        chrome.tabs.query({ active: true, lastFocusedWindow: true }),
      );
      await dispatch(worker, 'commands', 'onCommand', [command, tab]);
    },
  };
}

function surfaceOf(page: Page): Surface {
  const { waitFor, waitUntilGone, text, has } = panelIn(page);
  return {
    waitUntilGone,
    text,
    has,
    async waitFor(selector) {
      await waitFor(selector);
    },
    async click(selector) {
      await page.locator(selector).click();
    },
    async fill(selector, text) {
      const field = await waitFor(selector);
      await field.type(text);
    },
    press: (key) => page.keyboard.press(key),
  };
}

/** An event of the extension's interface, as if the browser had sent it. */
async function dispatch(
  worker: WebWorker,
  api: 'omnibox' | 'commands',
  event: string,
  args: readonly unknown[],
): Promise<void> {
  await worker.evaluate(
    (api, event, args) => {
      const found: unknown = Reflect.get(chrome[api], event);
      const send: unknown = typeof found === 'object' && found && Reflect.get(found, 'dispatch');
      if (typeof send !== 'function') throw new Error(`${api} has no event ${event}`);
      Reflect.apply(send, found, args);
    },
    api,
    event,
    args,
  );
}
