import type { ElementHandle, Page } from 'puppeteer-core';
import { panelHost } from '../../support/panel.ts';

export const MARK = 'mainstay-mark';

/** Of a row that can be seen: lists that were left stay in the page, hidden. */
const markWith = (address: string): string =>
  `[role=main]:not([style*="none"]) tr.zA:has([email="${address}"]) ${MARK}`;

export async function waitForMark(page: Page, address: string): Promise<ElementHandle> {
  const mark = await page.waitForSelector(markWith(address), { timeout: 10_000 });
  if (!mark) throw new Error(`the row of ${address} has no mark`);
  return mark;
}

/** What the marks say, in the order of the list; without the invisible marks around names. */
export const markLabels = (page: Page): Promise<string[]> =>
  page.$$eval(MARK, (marks) =>
    marks
      .filter((mark) => mark.checkVisibility())
      .map((mark) => (mark.getAttribute('aria-label') ?? '').replaceAll(/[\u2068\u2069]/g, '')),
  );

/** Where the card stands, in CSS pixels; null when there is none. */
export const cardBox = (
  page: Page,
): Promise<{ readonly x: number; readonly y: number; readonly width: number } | null> =>
  page.evaluate((host) => {
    const card = document.querySelector(host)?.shadowRoot?.querySelector('[data-part=card]');
    if (!card) return null;
    const { x, y, width } = card.getBoundingClientRect();
    return { x, y, width };
  }, panelHost);
