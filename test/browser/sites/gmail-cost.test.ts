import { expect, onTestFinished, test } from 'vitest';
import { watchGmail } from '../../../extension/sites/gmail/watch-gmail.ts';
import type { Schedule } from '../../../extension/sites/watch-page.ts';
import { fixture, openPage, type Frame } from './gmail-frame.ts';

/** The rate of 5000 mutations in 10 s, for a part of that time. What they cost, the benchmark measures. */
const SECONDS = 3;
const MUTATIONS = 500 * SECONDS;
/** Some after the change of address, some until the first break, then a look or two after each. */
const MAX_RUNS = 60;

interface Counter {
  readonly schedule: Schedule;
  readonly runs: () => number;
}

/** Counts what the watcher schedules: each run may be a look at the whole page. */
function counter({ window }: Frame): Counter {
  let runs = 0;
  const counted = (run: () => void) => (): void => {
    runs += 1;
    run();
  };
  return {
    runs: () => runs,
    schedule: {
      frame: (run) => void window.requestAnimationFrame(counted(run)),
      idle: (run) => void window.requestIdleCallback(counted(run), { timeout: 500 }),
      later: (run, ms) => void window.setTimeout(counted(run), ms),
    },
  };
}

/** A page of Gmail's size: a long list, hidden, beside the thread. */
function fill({ document }: Frame): HTMLElement {
  const list = document.createElement('div');
  list.setAttribute('role', 'main');
  list.style.display = 'none';
  const row = document.querySelector('.gE');
  if (!row) throw new Error('the fixture has a message');
  for (let index = 0; index < 800; index += 1) list.append(row.cloneNode(true));
  document.body.append(list);
  const box = document.createElement('div');
  document.querySelector('.a98')?.append(box);
  return box;
}

function noiseRow(document: Document, className: string): HTMLElement {
  const row = document.createElement('div');
  for (let index = 0; index < 8; index += 1) row.append(document.createElement('span'));
  const address = document.createElement('span');
  address.className = className;
  address.setAttribute('email', 'noise@noise.example');
  row.append(address);
  return row;
}

async function runsBeside(className: string): Promise<number> {
  const frame = await openPage(fixture('thread-en'));
  const box = fill(frame);
  const { runs, schedule } = counter(frame);
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  watchGmail({ ...frame, schedule, signal: abort.signal, onState: () => undefined });
  const startedAt = performance.now();
  let done = 0;
  while (done < MUTATIONS) {
    await new Promise((resolve) => setTimeout(resolve, 8));
    const due = Math.min(MUTATIONS, ((performance.now() - startedAt) / 1000 / SECONDS) * MUTATIONS);
    for (; done < due; done += 1) {
      if (done % 3 === 0) box.append(noiseRow(frame.document, className));
      else if (done % 3 === 1) box.lastElementChild?.setAttribute('data-message-id', String(done));
      else if (box.childElementCount > 20) box.firstElementChild?.remove();
    }
  }
  return runs();
}

test.each([
  ['mutates without end', 'yP'],
  ['paints what looks like people without end', 'gD'],
])('a page that %s is looked at now and then, not at each mutation', async (_what, className) => {
  const runs = await runsBeside(className);
  console.log(`${runs} runs`);
  expect(runs).toBeLessThan(MAX_RUNS);
});
