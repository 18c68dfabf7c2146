import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { launchBench, pickCorrespondents, type Bench } from '../bench-browser.ts';
import { single, timed, type Figure } from '../figures.ts';
import {
  benchMailbox,
  MAILBOX_URL,
  PLAIN_MAILBOX_URL,
  threadsOf,
  type BenchThread,
} from '../mailbox.ts';
import type { Correspondent } from '../page/book.ts';
import { medianOf, spreadOf } from '../statistics.ts';
import { figuresToTable } from '../table.ts';
import { traceOurs } from '../trace.ts';
import { measureCards, openMailbox, WARM_UP } from './card.ts';
import { watchMainThread } from './main-thread.ts';
import { measureMemory } from './memory.ts';
import { outlookFigure } from './outlook.ts';

const ROWS = 100;
const LONG_THREAD = 100;
/** As many as a user of Gmail can ask for. */
const LONG_LIST = `?rows=${ROWS}`;
/** A list without a row, to come from. */
const EMPTY = '#search/zzzzzz';
/** Our looks after a change of address have passed by then, but for the watchdog's. */
const WATCH_MS = 2300;
const MAX_MS = 30;
const ARRANGEMENTS = [
  ['pane at the right', '?pane=right'],
  ['pane below', '?pane=below'],
  ['conversations off', '?conversations=off'],
] as const;

/** What lists and long threads cost the page, beside the same page without us. */
export async function measureLayouts(bench: Bench): Promise<readonly Figure[]> {
  if (!['layouts', 'outlook', 'list', 'long', 'memory'].some(bench.wants)) return [];
  const now = Date.now();
  let threads: readonly BenchThread[] = [];
  const app = await launchBench(
    bench,
    benchMailbox(() => threads, now),
  );
  try {
    const people = await pickCorrespondents(app, bench, 220);
    const figures: Figure[] = [];
    // Said at once: a run that is cut short has told what it knew.
    const add = (...found: readonly Figure[]): void => {
      figures.push(...found);
      console.log(figuresToTable(found));
    };
    const rounds = bench.samples > 20 ? 10 : 4;
    if (bench.wants('layouts')) {
      for (const [name, query] of ARRANGEMENTS) {
        console.log(`Cards, ${name} …`);
        threads = threadsOf(people.slice(0, bench.samples + WARM_UP), now);
        const mailbox = await openMailbox(app, bench, MAILBOX_URL + query);
        const cards = await measureCards({ app, mailbox, threads, rests: bench.rests });
        await mailbox.close();
        add(
          timed(
            `sender in the DOM → card painted, ${name}`,
            spreadOf(cards.map(({ paintedMs }) => paintedMs)),
            { goals: [{ of: 'p95', limit: 33 }] },
          ),
        );
      }
    }
    if (bench.wants('layouts') || bench.wants('outlook')) {
      console.log('Cards, Outlook …');
      figures.push(await outlookFigure(app, bench, people.slice(0, bench.samples + WARM_UP)));
    }
    if (bench.wants('list')) {
      console.log('Lists of a hundred …');
      threads = threadsOf(people.slice(0, ROWS), now);
      add(...(await listFigures(app, bench, rounds, 'all marked')));
      // The number of rows that Gmail shows unless it is asked for others, and the most it shows.
      for (const [rows, goals] of [
        [50, [{ of: 'median', limit: 2 }]],
        [ROWS, []],
      ] as const) {
        threads = threadsOf(strangers(rows), now);
        add(await strangersFigure(app, rounds, rows, goals));
      }
    }
    if (bench.wants('long')) {
      console.log('Threads of a hundred messages …');
      threads = threadsOf(people.slice(0, 2 * rounds + 4), now, LONG_THREAD);
      add(...(await longFigures(app, bench, rounds, threads)));
    }
    if (bench.wants('memory')) {
      console.log('Two hundred changes of thread …');
      threads = threadsOf(people.slice(0, 200), now);
      add(...(await measureMemory(app, threads)));
    }
    for (const { where, text } of app.errors.all()) console.error(`error in ${where}: ${text}`);
    return figures;
  } finally {
    await app.close();
  }
}

async function listFigures(
  app: ExtensionBrowser,
  bench: Bench,
  rounds: number,
  what: string,
): Promise<readonly Figure[]> {
  const pages = await openPair(app, LONG_LIST);
  const marked = async (): Promise<void> => {
    await pages.withUs
      .waitForFunction(
        (count) => document.querySelectorAll('mainstay-mark').length === count,
        { timeout: 15_000 },
        ROWS,
      )
      .catch(async () => {
        const [rows, marks] = await pages.withUs.evaluate(() =>
          ['tr.zA', 'mainstay-mark'].map((each) => document.querySelectorAll(each).length),
        );
        throw new Error(`${marks} of ${rows} rows are marked`);
      });
  };
  await pages.withUs.bringToFront();
  await goTo(pages.withUs, '#inbox');
  await marked();
  const added = await pairs(bench, pages, rounds, async () => '#inbox');
  await pages.withUs.bringToFront();
  const work = await traced(pages.withUs, async () => '#inbox', 3);
  await closePair(pages);
  return [
    single(`main thread added by a list of ${ROWS}, ${what}`, 'ms', medianOf(added), {
      goals: [{ of: 'median', limit: MAX_MS }],
      note: `pairs ${added.map((each) => each.toFixed(1)).join(', ')} ms`,
    }),
    timed('  our script, by the browser’s trace', spreadOf(work.map(({ scriptMs }) => scriptMs))),
    longestFigure(work),
  ];
}

async function longFigures(
  app: ExtensionBrowser,
  bench: Bench,
  rounds: number,
  threads: readonly BenchThread[],
): Promise<readonly Figure[]> {
  const pages = await openPair(app, '?expanded');
  let next = 0;
  // Each round another thread: one that was shown before comes back as it was.
  const pick = async (): Promise<string> => `#inbox/${threads[next++ % threads.length]?.id ?? ''}`;
  const added = await pairs(bench, pages, rounds, pick);
  await pages.withUs.bringToFront();
  const work = await traced(pages.withUs, pick, 3);
  await closePair(pages);
  return [
    single(`main thread added by a thread of ${LONG_THREAD} messages`, 'ms', medianOf(added), {
      goals: [{ of: 'median', limit: MAX_MS }],
      note: `pairs ${added.map((each) => each.toFixed(1)).join(', ')} ms`,
    }),
    timed('  our script, by the browser’s trace', spreadOf(work.map(({ scriptMs }) => scriptMs))),
    longestFigure(work),
  ];
}

async function strangersFigure(
  app: ExtensionBrowser,
  rounds: number,
  rows: number,
  goals: Figure['goals'],
): Promise<Figure> {
  const page = await app.open(`${MAILBOX_URL}?rows=${rows}${EMPTY}`);
  await page.bringToFront();
  await goTo(page, '#inbox');
  await rest();
  const work = await traced(page, async () => '#inbox', rounds);
  const isEmpty = await page.evaluate(
    () => document.querySelector('mainstay-mark, mainstay-panel') === null,
  );
  await page.close();
  if (!isEmpty) throw new Error('something of ours stands in a list of strangers');
  return timed(
    `our script in a list of ${rows} strangers, nothing mounted`,
    spreadOf(work.map(({ scriptMs }) => scriptMs)),
    { goals },
  );
}

interface Pages {
  readonly withUs: Page;
  readonly without: Page;
}

async function openPair(app: ExtensionBrowser, query: string): Promise<Pages> {
  const open = (url: string): Promise<Page> => app.open(`${url}${query}${EMPTY}`);
  return { withUs: await open(MAILBOX_URL), without: await open(PLAIN_MAILBOX_URL) };
}

async function closePair({ withUs, without }: Pages): Promise<void> {
  await withUs.close();
  await without.close();
}

/** The difference of the main thread's time, round by round, in turns. */
async function pairs(
  { rests }: Bench,
  { withUs, without }: Pages,
  rounds: number,
  hash: () => Promise<string>,
): Promise<readonly number[]> {
  const added: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const where = await hash();
    const order = round % 2 === 0 ? [withUs, without] : [without, withUs];
    const spent = new Map<Page, number>();
    for (const page of order) {
      await page.bringToFront();
      await rests.rest(200);
      spent.set(page, await taskMs(page, where));
      await goTo(page, EMPTY);
      await rest();
    }
    // The first of each is warm-up.
    if (round > 0) added.push((spent.get(withUs) ?? 0) - (spent.get(without) ?? 0));
  }
  return added;
}

async function taskMs(page: Page, hash: string): Promise<number> {
  const spent = await watchMainThread(page);
  await goTo(page, hash);
  await rest();
  return (await spent()).taskMs;
}

async function traced(page: Page, hash: () => Promise<string>, rounds: number) {
  const work: Awaited<ReturnType<typeof traceOurs>>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await goTo(page, EMPTY);
    await rest();
    const where = await hash();
    work.push(
      await traceOurs(page, async () => {
        await goTo(page, where);
        await rest();
      }),
    );
  }
  return work;
}

function longestFigure(work: Awaited<ReturnType<typeof traced>>): Figure {
  const worst = work.toSorted((a, b) => b.longestTaskMs - a.longestTaskMs)[0];
  return single('  most of ours in one task', 'ms', worst?.longestTaskMs ?? 0, {
    goals: [{ of: 'median', limit: 16 }],
    note: `of it ${worst?.styleMs.toFixed(1) ?? 0} ms are the page’s own style, asked for before its frame`,
  });
}

const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((where) => {
    location.hash = where;
  }, hash);

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, WATCH_MS));

const strangers = (count: number): readonly Correspondent[] =>
  Array.from({ length: count }, (_, index) => ({
    address: `stranger${index}@nobody${index % 7}.example`,
    name: `Stranger ${index}`,
    clientId: '',
    clientName: '',
  }));
