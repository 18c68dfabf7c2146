import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import type { Bench } from '../bench-browser.ts';
import type { BenchThread } from '../mailbox.ts';
import type { Rests } from '../rest.ts';
import type { CardTime } from '../page/stopwatch.ts';

export const WARM_UP = 10;
/** The panel has come to rest by then. */
const REST_MS = 250;

export interface CardRun {
  readonly app: ExtensionBrowser;
  readonly mailbox: Page;
  readonly threads: readonly BenchThread[];
  readonly rests: Rests;
  /** Called before each sample. */
  readonly before?: () => Promise<void>;
}

/** Opens one thread after the other, each of another client. The first samples are warm-up. */
export async function measureCards(run: CardRun, warmUp = WARM_UP): Promise<readonly CardTime[]> {
  const times: CardTime[] = [];
  await run.mailbox.bringToFront();
  for (const { id, person } of run.threads) {
    await run.rests.rest(REST_MS);
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

/** As long as a finger stays on a button. */
export const PRESS_MS = 80;

/** The same, each thread opened by a press on its row of the list, as a person does it. */
export async function measurePressedCards(run: CardRun): Promise<readonly CardTime[]> {
  const { mailbox, threads, rests } = run;
  const times: CardTime[] = [];
  await mailbox.bringToFront();
  for (const { id, person } of threads) {
    const { x, y } = await mailbox.evaluate(
      (threadId, name) => window.stopwatch.showRow(threadId, name),
      id,
      person.clientName,
    );
    await rests.rest(REST_MS);
    await run.before?.();
    await mailbox.evaluate((name) => window.stopwatch.watchThread(name), person.clientName);
    await mailbox.mouse.click(x, y, { delay: PRESS_MS });
    times.push(await mailbox.evaluate(() => window.stopwatch.openedThread()));
  }
  return times.slice(WARM_UP);
}

/** After this the process of a background that sleeps has ended, unless a page of ours keeps it. */
const PROCESS_END_MS = 1500;

/** The panel asks how sync stands a moment after a card, and wakes it again. */
const MAX_STOPS = 5;

/** Puts the background to sleep before a sample. */
export const asleep =
  (app: ExtensionBrowser, isProcessGone: boolean) => async (): Promise<void> => {
    for (let left = MAX_STOPS; left > 0; left--) {
      await app.stopBackground();
      await pause(isProcessGone ? PROCESS_END_MS : 20);
      if (!(await app.isBackgroundRunning())) return;
    }
    throw new Error('the background does not stay asleep');
  };

export const openMailbox = async (
  app: ExtensionBrowser,
  { scripts }: Bench,
  url: string,
): Promise<Page> => {
  const page = await app.newPage();
  await page.evaluateOnNewDocument(scripts.stopwatch);
  await page.goto(url);
  await page.waitForSelector('[gh=tl] tr.zA', { visible: true });
  return page;
};
