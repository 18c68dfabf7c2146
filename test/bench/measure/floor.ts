import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { contentWorldOf, openBook, type Bench } from '../bench-browser.ts';
import type { Correspondent } from '../page/book.ts';
import { medianOf, spreadOf, type Spread } from '../statistics.ts';

/** What nothing could be faster than, taken with the same pauses as the samples it is compared with. */
export interface Floor {
  readonly message: Spread;
  /** What the database takes without us. */
  readonly reads: Spread;
  readonly frameMs: number;
}

export const floorMedian = ({ message, reads, frameMs }: Floor): number =>
  message.median + reads.median + frameMs;

const REST_MS = 250;
const WARM_UP = 5;

export const measureFloor = (
  app: ExtensionBrowser,
  mailbox: Page,
  bench: Bench,
  people: readonly Correspondent[],
): Promise<Floor> =>
  measure(app, mailbox, bench, people, (book, { address }) =>
    book.evaluate((asked) => window.book.rawCard(asked), address),
  );

/** What no log could be faster than: the rows of one, written bare and without waiting for the disk. */
export const measureLogFloor = (
  app: ExtensionBrowser,
  mailbox: Page,
  bench: Bench,
  people: readonly Correspondent[],
): Promise<Floor> =>
  measure(app, mailbox, bench, people, (book, { clientId }) =>
    book.evaluate((id) => window.book.rawWrite(id, 'relaxed'), clientId),
  );

async function measure(
  app: ExtensionBrowser,
  mailbox: Page,
  bench: Bench,
  people: readonly Correspondent[],
  access: (book: Page, person: Correspondent) => Promise<number>,
): Promise<Floor> {
  await mailbox.bringToFront();
  const world = await contentWorldOf(mailbox, bench);
  const frameMs = medianOf(await mailbox.evaluate(() => window.stopwatch.frames(60)));
  const messages = await sampled(bench, () => world.run<number>('messenger.emptyRoundTrip()'));
  const book = await openBook(app, bench);
  const accesses = await sampled(bench, async (index) => {
    const person = people[index % people.length];
    if (!person) throw new Error('the book is empty');
    return access(book, person);
  });
  await book.close();
  await mailbox.bringToFront();
  return { message: spreadOf(messages), reads: spreadOf(accesses), frameMs };
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
