import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import type { Bench } from '../bench-browser.ts';
import type { BenchThread } from '../mailbox.ts';
import type { CardTime } from '../page/stopwatch.ts';

export const WARM_UP = 10;
/** After the panel has come to rest, and at another point of the frame each time. */
const pauseMs = (): number => 250 + Math.random() * 20;

export interface CardRun {
  readonly app: ExtensionBrowser;
  readonly mailbox: Page;
  readonly threads: readonly BenchThread[];
  /** Called before each sample. */
  readonly before?: () => Promise<void>;
}

/** Opens one thread after the other, each of another client. The first samples are warm-up. */
export async function measureCards(run: CardRun, warmUp = WARM_UP): Promise<readonly CardTime[]> {
  const times: CardTime[] = [];
  await run.mailbox.bringToFront();
  for (const { id, person } of run.threads) {
    await pause(pauseMs());
    await run.before?.();
    times.push(
      await run.mailbox.evaluate(
        (threadId, name) => window.stopwatch.openThread(threadId, name),
        id,
        person.clientName,
      ),
    );
  }
  return times.slice(warmUp);
}

/** Puts the background to sleep, and gives its process the time to end, as it has in earnest. */
export const asleep = (app: ExtensionBrowser) => async (): Promise<void> => {
  await app.stopServiceWorker();
  await pause(500);
  if (app.isServiceWorkerRunning()) throw new Error('the background woke up by itself');
};

export const openMailbox = async (
  app: ExtensionBrowser,
  { scripts }: Bench,
  url: string,
): Promise<Page> => {
  const page = await app.open(url);
  await page.waitForSelector('[gh=tl] tr.zA', { visible: true });
  await page.evaluate(scripts.stopwatch);
  return page;
};
