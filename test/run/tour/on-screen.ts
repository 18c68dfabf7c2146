import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { field, part } from '../../support/panel.ts';

/** The popup in a tab of its own, as wide as it is under its button. */
export async function openPopup(app: ExtensionBrowser): Promise<Page> {
  const popup = await app.openExtensionPage('popup.html');
  await popup.setViewport({ width: 380, height: 600 });
  return popup;
}

/** The whole list of today on a device that has somebody waiting. */
export async function todayOn(app: ExtensionBrowser): Promise<readonly string[]> {
  const popup = await openPopup(app);
  const lines = await linesOf(popup, (found) => found.length > 0);
  await popup.close();
  return lines;
}

/** Who waits and why, read until it is enough or fifteen seconds have gone. */
export async function linesOf(
  popup: Page,
  isEnough: (lines: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const lines = await popup.$$eval(part('today-line'), (found) =>
      found.map((line) => (line.textContent ?? '').trim()),
    );
    if (isEnough(lines) || Date.now() > deadline) return lines;
    await pause(50);
  }
}

/** Types into the field of this name, in front: a tab behind another one gets no keys. */
export async function fill(page: Page, name: string, value: string): Promise<void> {
  await page.bringToFront();
  await page.locator(field(name)).fill(value);
}

/** What an element says, once it is there. */
export async function textOf(page: Page, selector: string): Promise<string> {
  await page.bringToFront();
  await page.waitForSelector(selector, { timeout: 15_000 });
  return page.$eval(selector, (element) => (element.textContent ?? '').trim());
}
