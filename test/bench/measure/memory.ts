import type { CDPSession, Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';
import { single, type Figure } from '../figures.ts';
import { MAILBOX_URL, PLAIN_MAILBOX_URL, type BenchThread } from '../mailbox.ts';

/** Caches and compiled code are there by then; what comes after is what stays of each thread. */
const WARM_UP = 20;
const PAUSE_MS = 120;
const MB = 1_000_000;

interface Heap {
  readonly warm: number;
  readonly half: number;
  readonly end: number;
}

/** The page's heap after a collection, before, in the middle and after many changes of thread. */
export async function measureMemory(
  app: ExtensionBrowser,
  threads: readonly BenchThread[],
): Promise<readonly Figure[]> {
  const [withUs, without] = [
    await heapOf(app, MAILBOX_URL, threads),
    await heapOf(app, PLAIN_MAILBOX_URL, threads),
  ];
  const grown = (from: keyof Heap, to: keyof Heap): number =>
    (withUs[to] - withUs[from] - (without[to] - without[from])) / MB;
  return [
    single(
      `memory added to the page after ${threads.length} changes of thread`,
      'MB',
      (withUs.end - without.end) / MB,
      {
        goals: [{ of: 'median', limit: 3 }],
        note: `with us ${words(withUs)}; without ${words(without)}`,
      },
    ),
    single('  grown in the first half of them', 'MB', grown('warm', 'half')),
    single('  grown in the second half', 'MB', grown('half', 'end'), {
      goals: [{ of: 'median', limit: 0.3 }],
    }),
  ];
}

async function heapOf(
  app: ExtensionBrowser,
  url: string,
  threads: readonly BenchThread[],
): Promise<Heap> {
  const page = await app.open(`${url}#inbox`);
  await page.bringToFront();
  const session = await page.createCDPSession();
  const half = Math.round((threads.length + WARM_UP) / 2);
  await change(page, threads.slice(0, WARM_UP));
  const warm = await usedBytes(session, page);
  await change(page, threads.slice(WARM_UP, half));
  const middle = await usedBytes(session, page);
  await change(page, threads.slice(half));
  const end = await usedBytes(session, page);
  await page.close();
  return { warm, half: middle, end };
}

async function change(page: Page, threads: readonly BenchThread[]): Promise<void> {
  for (const { id } of threads) {
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#inbox/${id}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  // Timers of the last looks have run.
  await new Promise((resolve) => setTimeout(resolve, 3500));
}

async function usedBytes(session: CDPSession, page: Page): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return (await page.metrics()).JSHeapUsedSize ?? 0;
}

const words = ({ warm, half, end }: Heap): string =>
  [warm, half, end].map((bytes) => (bytes / MB).toFixed(2)).join(' → ');
