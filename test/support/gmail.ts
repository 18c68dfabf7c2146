import type { Page } from 'puppeteer-core';
import { panelHost } from './panel.ts';

/** The demo mailbox's inbox row of a thread with this person. */
export const rowWith = (address: string): string => `[gh=tl] tr.zA:has([email="${address}"])`;

export async function showInbox(page: Page): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => {
    location.hash = '#inbox';
  });
  await page.waitForSelector('[gh=tl] tr.zA', { visible: true });
}

export interface Shown {
  /** Below the panel's shadow root when `inPanel`, else in the page. */
  readonly selector: string;
  readonly inPanel: boolean;
  /** What its text has to contain. */
  readonly text?: string;
}

/**
 * Clicks and waits, in the page's own clock, until a frame has been painted that shows what was
 * asked for. Looks once a frame, so the figure is right to one frame (17 ms).
 *
 * @returns milliseconds
 */
export async function timeFromClick(page: Page, click: Shown, shown: Shown): Promise<number> {
  await page.bringToFront();
  return page.evaluate(
    async (hostName, click, shown) => {
      const find = ({ selector, inPanel, text }: Shown): Element | undefined => {
        const place = inPanel ? document.querySelector(hostName)?.shadowRoot : document;
        return [...(place?.querySelectorAll(selector) ?? [])].find(
          (element) => text === undefined || (element.textContent ?? '').includes(text),
        );
      };
      const nextFrame = (): Promise<number> =>
        new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      const target = find(click);
      if (!(target instanceof HTMLElement)) throw new Error(`nothing to click: ${click.selector}`);
      const started = performance.now();
      target.click();
      while (!find(shown)) {
        if (performance.now() - started > 15_000) {
          throw new Error(`not shown: ${shown.selector} ${shown.text ?? ''}`);
        }
        await nextFrame();
      }
      // One more, so that the frame that shows it has been painted.
      await nextFrame();
      return performance.now() - started;
    },
    panelHost,
    click,
    shown,
  );
}
