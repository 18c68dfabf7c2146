import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { builds } from '../../support/paths.ts';
import type { Bench } from '../bench-browser.ts';

const WARM_UP = 5;
const REST_MS = 250;

export interface PopupTimes {
  readonly painted: readonly number[];
  /** The browser's own "first contentful paint": the popup draws nothing before its list. */
  readonly firstPaint: readonly number[];
  readonly bytes: number;
}

/** The popup's page in a new tab each time, from the start of the navigation. */
export async function measurePopup(app: ExtensionBrowser, bench: Bench): Promise<PopupTimes> {
  const painted: number[] = [];
  const firstPaint: number[] = [];
  let bytes = 0;
  for (let index = 0; index < WARM_UP + bench.samples; index++) {
    const page = await app.browser.newPage();
    await page.setViewport({ width: 380, height: 600 });
    await page.evaluateOnNewDocument(bench.scripts.firstLine);
    await pause(REST_MS);
    await page.goto(`chrome-extension://${app.extensionHost}/popup.html`);
    const { paintedMs, firstPaintMs } = await page.evaluate(() => window.firstLine);
    painted.push(paintedMs);
    firstPaint.push(firstPaintMs);
    const files = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    bytes = [...new Set(['/popup.html', ...files])].map(sizeOf).reduce((a, b) => a + b, 0);
    await page.close();
  }
  return { painted: painted.slice(WARM_UP), firstPaint: firstPaint.slice(WARM_UP), bytes };
}

const sizeOf = (path: string): number =>
  statSync(builds.demo + path, { throwIfNoEntry: false })?.size ?? 0;
