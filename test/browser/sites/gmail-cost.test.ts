import { expect, onTestFinished, test } from 'vitest';
import { watchGmail } from '../../../extension/sites/gmail/watch-gmail.ts';
import type { Schedule } from '../../../extension/sites/watch-page.ts';
import { fixture, openPage, type Frame } from './gmail-frame.ts';

/** The rate of 5000 mutations in 10 s, for a part of that time. */
const SECONDS = 3;
const MUTATIONS = 500 * SECONDS;
const MAX_SHARE = 0.02;

interface Meter {
  readonly schedule: Schedule;
  readonly spentMs: () => number;
}

/** Counts the time of all that the watcher runs: the observer's callback, and what it schedules. */
function meter({ window }: Frame): Meter {
  let spentMs = 0;
  const timed = <Args extends unknown[]>(run: (...args: Args) => void) => {
    return (...args: Args): void => {
      const startedAt = performance.now();
      run(...args);
      spentMs += performance.now() - startedAt;
    };
  };
  const { MutationObserver } = window;
  window.MutationObserver = class extends MutationObserver {
    constructor(callback: MutationCallback) {
      super(timed(callback));
    }
  };
  return {
    spentMs: () => spentMs,
    schedule: {
      frame: (run) => void window.requestAnimationFrame(timed(run)),
      idle: (run) => void window.requestIdleCallback(timed(run), { timeout: 500 }),
      later: (run, ms) => void window.setTimeout(timed(run), ms),
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

async function shareOf(className: string): Promise<number> {
  const frame = await openPage(fixture('thread-en'));
  const box = fill(frame);
  const { spentMs, schedule } = meter(frame);
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
  return spentMs() / (performance.now() - startedAt);
}

test('a page that mutates 500 times a second loses at most two hundredths of its time', async () => {
  const share = await shareOf('yP');
  console.log(`the watcher took ${(share * 100).toFixed(2)} %`);
  expect(share).toBeLessThan(MAX_SHARE);
});

test('a page that paints what looks like people without end loses no more', async () => {
  const share = await shareOf('gD');
  console.log(`the watcher took ${(share * 100).toFixed(2)} %`);
  expect(share).toBeLessThan(MAX_SHARE);
});
