import type { ElementHandle, Page } from 'puppeteer-core';

export const panelHost = 'mainstay-panel';

/** Into the panel's open shadow root from outside, the same in both browsers. */
const inPanel = (selector: string): string => `${panelHost} >>> ${selector}`;

export const action = (name: string): string => `[data-action="${name}"]`;
export const part = (name: string): string => `[data-part="${name}"]`;
export const field = (name: string): string => `[data-field="${name}"]`;

export interface Panel {
  waitFor(selector: string, options?: { readonly timeout?: number }): Promise<ElementHandle>;
  waitUntilGone(selector: string): Promise<void>;
  click(selector: string): Promise<void>;
  /** What is shown, in one line; the empty string when it is not there. */
  text(selector: string): Promise<string>;
  has(selector: string): Promise<boolean>;
}

export function panelOf(page: Page): Panel {
  return {
    async waitFor(selector, options = {}) {
      const found = await page.waitForSelector(inPanel(selector), {
        timeout: options.timeout ?? 10_000,
      });
      if (!found) throw new Error(`${selector} went away while we waited for it`);
      return found;
    },
    async waitUntilGone(selector) {
      await page.waitForSelector(inPanel(selector), { hidden: true, timeout: 10_000 });
    },
    async click(selector) {
      // A tab behind another one paints no frames, and the click waits for the button to stand still.
      await page.bringToFront();
      await page.locator(inPanel(selector)).click();
    },
    async text(selector) {
      const found = await page.$(inPanel(selector));
      const text = await found?.evaluate((element) => element.textContent);
      return (text ?? '').replaceAll(/\s+/gu, ' ').trim();
    },
    has: async (selector) => (await page.$(inPanel(selector))) !== null,
  };
}
