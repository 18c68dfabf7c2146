import { statSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { loadedFiles } from '../../repo/loaded-files.ts';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { builds } from '../../support/paths.ts';
import { openBook, type Bench } from '../bench-browser.ts';

const WARM_UP = 5;
const REST_MS = 250;

export interface PopupTimes {
  readonly painted: readonly number[];
  /** The browser's own "first contentful paint": the popup draws nothing before its list. */
  readonly firstPaint: readonly number[];
  /** First contentful paint of a page of the extension that shows one line of text. */
  readonly barePage: readonly number[];
  /** The roster's rows read without a library, in a page that is open already. */
  readonly bareReads: readonly number[];
  readonly bytes: number;
}

/** The popup's page in a new tab each time, from the start of the navigation. */
export async function measurePopup(app: ExtensionBrowser, bench: Bench): Promise<PopupTimes> {
  const [painted, firstPaint, barePage] = [[], [], []] as [number[], number[], number[]];
  for (let index = 0; index < WARM_UP + bench.samples; index++) {
    const bare = await openFresh(app, bench, 'demo.html');
    barePage.push(await bare.evaluate(() => window.firstPaint));
    await bare.close();
    const popup = await openFresh(app, bench, 'popup.html');
    painted.push(await popup.evaluate(() => window.firstLine));
    firstPaint.push(await popup.evaluate(() => window.firstPaint));
    await popup.close();
  }
  const files = await loadedFiles(builds.demo, ['popup.html']);
  return {
    painted: painted.slice(WARM_UP),
    firstPaint: firstPaint.slice(WARM_UP),
    barePage: barePage.slice(WARM_UP),
    bareReads: await readRosters(app, bench),
    bytes: files.map((file) => statSync(file).size).reduce((a, b) => a + b, 0),
  };
}

async function openFresh(app: ExtensionBrowser, bench: Bench, file: string): Promise<Page> {
  const page = await app.browser.newPage();
  await page.setViewport({ width: 380, height: 600 });
  await page.evaluateOnNewDocument(bench.scripts.firstLine);
  await bench.rests.rest(REST_MS);
  await page.goto(`chrome-extension://${app.extensionHost}/${file}`);
  return page;
}

async function readRosters(app: ExtensionBrowser, bench: Bench): Promise<readonly number[]> {
  const page = await openBook(app, bench);
  const times: number[] = [];
  for (let index = 0; index < WARM_UP + bench.samples; index++) {
    await bench.rests.rest(REST_MS / 5);
    times.push(await page.evaluate(() => window.book.rawRoster()));
  }
  await page.close();
  return times.slice(WARM_UP);
}
