import type { ExtensionBrowser } from '../../support/extension.ts';
import { openBook, type Bench } from '../bench-browser.ts';
import { single, timed, type Figure } from '../figures.ts';
import type { Correspondent } from '../page/book.ts';
import { spreadOf } from '../statistics.ts';

const WARM_UP = 5;
const REST_MS = 100;
/** As typed, letter by letter, in three scripts. */
const TYPED = ['a', 'ai', 'ain', 'aino', 'ald', 'north st', 'נועה', '林', 'مریم', 'zzz'];
const BATCH_ROWS = 500;
const BATCHES = 4;

/** What does not depend on a page: the book's own work, in a page of the extension. */
export async function measureRates(
  app: ExtensionBrowser,
  bench: Bench,
  people: readonly Correspondent[],
): Promise<readonly Figure[]> {
  const page = await openBook(app, bench);
  const ids = people.map(({ clientId }) => clientId);
  const times = {
    bare: [],
    card: [],
    roster: [],
    read: [],
    work: [],
    search: [],
    write: [],
    rawWrite: [],
    relaxed: [],
  } as Record<Part, number[]>;
  for (let index = 0; index < WARM_UP + bench.samples; index++) {
    const text = TYPED[index % TYPED.length] ?? '';
    const id = ids[index % ids.length] ?? '';
    const address = people[(2 * index) % people.length]?.address ?? '';
    const other = people[(2 * index + 1) % people.length]?.address ?? '';
    await bench.rests.rest(REST_MS);
    times.bare.push(await page.evaluate((one) => window.book.rawCard(one), address));
    times.card.push(await page.evaluate((one) => window.book.card(one), other));
    times.roster.push(await page.evaluate(() => window.book.rawRoster()));
    const { readMs, workMs } = await page.evaluate(() => window.book.today());
    times.read.push(readMs);
    times.work.push(workMs);
    times.search.push(await page.evaluate((typed) => window.book.search(typed), text));
    times.rawWrite.push(await page.evaluate((one) => window.book.rawWrite(one, 'strict'), id));
    times.relaxed.push(await page.evaluate((one) => window.book.rawWrite(one, 'relaxed'), id));
    times.write.push(await page.evaluate((clientId) => window.book.write([clientId]), id));
  }
  let batchMs = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const rows = Array.from(
      { length: BATCH_ROWS },
      (_, row) => ids[(batch + row) % ids.length] ?? '',
    );
    batchMs += await page.evaluate((clientIds) => window.book.write(clientIds), rows);
  }
  await page.close();
  const spread = (part: Part) => spreadOf(times[part].slice(WARM_UP));
  return [
    timed('card: the answer, in the extension', spread('card'), { floor: spread('bare').median }),
    timed('Today: the book read', spread('read'), { floor: spread('roster').median }),
    timed('Today: worked out from the book', spread('work')),
    timed('search, one keystroke', spread('search')),
    timed('writer: one log, saved', spread('write'), { floor: spread('rawWrite').median }),
    timed('  floor: the same rows, bare, durable', spread('rawWrite')),
    timed('  the same, not waiting for the disk', spread('relaxed')),
    single('writer: in batches', 'edits/s', (BATCHES * BATCH_ROWS * 1000) / batchMs),
  ];
}

type Part =
  | 'bare'
  | 'card'
  | 'roster'
  | 'read'
  | 'work'
  | 'search'
  | 'write'
  | 'rawWrite'
  | 'relaxed';
