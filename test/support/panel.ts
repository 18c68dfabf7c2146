import { setTimeout as pause } from 'node:timers/promises';
import type { ElementHandle, Page } from 'puppeteer-core';

export const panelHost = 'mainstay-panel';

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

/**
 * Where a person would click: the middle of what is enabled and stands still, in CSS pixels of the
 * window. The driver's own locators ask for the same in a dozen questions, each on its way for long.
 */
async function steadyCentre(element: Element): Promise<{ x: number; y: number } | null> {
  if (element.matches(':disabled')) return null;
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  await frame();
  await frame();
  const now = element.getBoundingClientRect();
  const isSteady = before.x === now.x && before.y === now.y && before.width === now.width;
  if (!isSteady || now.width === 0 || now.height === 0) return null;
  return { x: now.x + now.width / 2, y: now.y + now.height / 2 };
}

const TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 25;

/** The panel in a host page: into its open shadow root from outside, the same in both browsers. */
export const panelOf = (page: Page): Panel => panelIn(page, `${panelHost} >>> `);

/** The same of a page of the extension, which needs no prefix to its selectors. */
export function panelIn(page: Page, prefix = ''): Panel {
  const inPanel = (selector: string): string => prefix + selector;
  /** Puppeteer's own waiting follows the document, and in it a change below a shadow root is none. */
  const until = async <Found>(
    look: () => Promise<Found | null>,
    what: string,
    timeout = TIMEOUT_MS,
  ): Promise<Found> => {
    const deadline = Date.now() + timeout;
    for (;;) {
      const found = await look();
      if (found !== null) return found;
      if (Date.now() > deadline) throw new Error(`${what} after ${timeout} ms, on ${page.url()}`);
      await pause(LOOK_EVERY_MS);
    }
  };
  return {
    waitFor: (selector, { timeout } = {}) =>
      until(() => page.$(inPanel(selector)), `the panel has no ${selector}`, timeout),
    async waitUntilGone(selector) {
      await until(
        async () => ((await page.$(inPanel(selector))) === null ? true : null),
        `the panel still has ${selector}`,
      );
    },
    async click(selector) {
      // A tab behind another one paints no frames, and the click waits for the button to stand still.
      await page.bringToFront();
      const place = await until(
        async () => (await page.$(inPanel(selector)))?.evaluate(steadyCentre) ?? null,
        `the panel has no ${selector} to click`,
      );
      await page.mouse.click(place.x, place.y);
    },
    async text(selector) {
      const found = await page.$(inPanel(selector));
      const text = await found?.evaluate((element) => element.textContent);
      return (text ?? '').replaceAll(/\s+/gu, ' ').trim();
    },
    has: async (selector) => (await page.$(inPanel(selector))) !== null,
  };
}
