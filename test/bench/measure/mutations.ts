import { setTimeout as pause } from 'node:timers/promises';
import type { ExtensionBrowser } from '../../support/extension.ts';
import type { Bench } from '../bench-browser.ts';
import { watchMainThread, type MainThread } from './main-thread.ts';
import { MAILBOX_URL, PLAIN_MAILBOX_URL, type BenchThread } from '../mailbox.ts';

export interface Pair {
  readonly withUs: MainThread;
  readonly without: MainThread;
}

const NOISE = '?mutations=5000&seconds=10';
/** By then our panel stands: what starting it takes is in the figures of the card, and is not noise's. */
const START_MS = 1500;

/** The same page at Gmail's address and at one where the extension is not, in turns. */
export async function measurePairs(
  app: ExtensionBrowser,
  bench: Bench,
  thread: BenchThread,
  pairs: number,
): Promise<readonly Pair[]> {
  const taken: Pair[] = [];
  for (let index = 0; index < pairs; index++) {
    const urls = [MAILBOX_URL, PLAIN_MAILBOX_URL];
    // In turns: whoever comes second finds a warmer machine.
    if (index % 2 === 1) urls.reverse();
    const found = new Map<string, MainThread>();
    for (const url of urls) found.set(url, await noisyPage(app, bench, url, thread));
    const [withUs, without] = [found.get(MAILBOX_URL), found.get(PLAIN_MAILBOX_URL)];
    if (withUs && without) taken.push({ withUs, without });
  }
  return taken;
}

async function noisyPage(
  app: ExtensionBrowser,
  { rests }: Bench,
  url: string,
  { id }: BenchThread,
): Promise<MainThread> {
  const page = await app.newPage();
  await page.bringToFront();
  await rests.rest(1000);
  await page.goto(`${url}${NOISE}#inbox/${id}`);
  await pause(START_MS);
  const spent = await watchMainThread(page);
  await page.waitForSelector('html[data-noise=done]', { timeout: 30_000 });
  const time = await spent();
  await page.close();
  return time;
}
