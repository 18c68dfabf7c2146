import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { contentWorldOf, openBook, type Bench } from '../bench-browser.ts';
import type { Correspondent } from '../page/book.ts';
import { medianOf, spreadOf, type Spread } from '../statistics.ts';

/** What no card could be faster than, taken with the same pauses as the card's own samples. */
export interface Floor {
  readonly message: Spread;
  readonly reads: Spread;
  readonly frameMs: number;
}

export const floorMedian = ({ message, reads, frameMs }: Floor): number =>
  message.median + reads.median + frameMs;

const REST_MS = 250;
const WARM_UP = 5;

export async function measureFloor(
  app: ExtensionBrowser,
  mailbox: Page,
  bench: Bench,
  people: readonly Correspondent[],
): Promise<Floor> {
  await mailbox.bringToFront();
  const world = await contentWorldOf(mailbox, bench);
  const frameMs = medianOf(await mailbox.evaluate(() => window.stopwatch.frames(60)));
  const messages = await sampled(bench, () => world.run<number>('messenger.emptyRoundTrip()'));
  const book = await openBook(app, bench);
  const reads = await sampled(bench, async (index) => {
    const person = people[index % people.length];
    if (!person) throw new Error('the book is empty');
    return book.evaluate((address) => window.book.rawCard(address), person.address);
  });
  await book.close();
  await mailbox.bringToFront();
  return { message: spreadOf(messages), reads: spreadOf(reads), frameMs };
}

async function sampled(
  { samples, rests }: Bench,
  sample: (index: number) => Promise<number>,
): Promise<readonly number[]> {
  const values: number[] = [];
  for (let index = 0; index < WARM_UP + samples; index++) {
    await rests.rest(REST_MS);
    values.push(await sample(index));
  }
  return values.slice(WARM_UP);
}
