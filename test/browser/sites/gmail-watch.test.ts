import { expect, onTestFinished, test, vi } from 'vitest';
import { watchGmail } from '../../../extension/sites/gmail/watch-gmail.ts';
import type { Schedule } from '../../../extension/sites/watch-page.ts';
import type { DriftReport, PageState } from '../../../extension/sites/snapshot.ts';
import { fixture, openPage, type Frame } from './gmail-frame.ts';

const THREAD_ID = '19890c0000000001';
/** Pauses are a tenth of the true ones, so that three seconds of patience take 300 ms. */
const HASTE = 10;
/** How seldom it comes by. */
const WATCHDOG_MS = 3000;
const EMPTY_PAGE = '<!doctype html><meta charset="utf-8"><title>Gmail</title>';

interface Watched extends Frame {
  readonly states: readonly PageState[];
  readonly drift: readonly DriftReport[];
  readonly abort: AbortController;
  /** The last state in few words: `19890c0000000001`, `thread without id`, `none`. */
  readonly last: () => string;
}

const watch = (name: string, hash?: string): Promise<Watched> => watchPage(fixture(name), hash);

/** What is seen here was seen by the observer. */
const watchWithoutWatchdog = (name: string): Promise<Watched> =>
  watchPage(fixture(name), '', WATCHDOG_MS);

async function watchPage(html: string, hash = '', latestMs = Infinity): Promise<Watched> {
  const frame = await openPage(html);
  frame.window.location.hash = hash;
  const states: PageState[] = [];
  const drift: DriftReport[] = [];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  watchGmail({
    ...frame,
    signal: abort.signal,
    onState: (state) => states.push(state),
    onDrift: (report) => drift.push(report),
    schedule: hastySchedule(frame.window, latestMs),
  });
  return { ...frame, states, drift, abort, last: () => describe(states.at(-1)) };
}

/** What is due at `latestMs` or after never is. */
const hastySchedule = (window: Window, latestMs: number): Schedule => ({
  frame: (run) => void window.requestAnimationFrame(run),
  idle: (run) => void window.requestIdleCallback(run, { timeout: 500 / HASTE }),
  later: (run, ms) => void (ms < latestMs && window.setTimeout(run, ms / HASTE)),
});

function describe(state: PageState | undefined): string {
  if (state?.kind !== 'thread') return state?.kind ?? 'nothing';
  return state.snapshot.threadId ?? 'thread without id';
}

/** Two frames: what was asked in the first has run when the second is drawn. */
const nextFrame = (window: Window): Promise<void> =>
  new Promise((resolve) => {
    window.requestAnimationFrame(() => window.requestAnimationFrame(() => resolve()));
  });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** After this, the back-off has ended and nothing but the watchdog looks any more. */
const settled = (): Promise<void> => pause(450);

function find(document: Document, selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

/** The shown view of another fixture, made for this document. */
function viewOf(name: string, document: Document): Node {
  const parsed = new DOMParser().parseFromString(fixture(name), 'text/html');
  return document.importNode(find(parsed, '[role=main]'), true);
}

test('a thread that is open at the start is told once', async () => {
  const { last, states } = await watch('thread-en');
  await settled();
  expect(last()).toBe(THREAD_ID);
  expect(states).toHaveLength(1);
});

test('a thread that is opened is told in the next frame', async () => {
  const { document, window, last } = await watch('list');
  await settled();
  expect(last()).toBe('none');
  find(document, '[role=main]').replaceWith(viewOf('thread-en', document));
  await nextFrame(window);
  expect(last()).toBe(THREAD_ID);
});

test('a thread that is shown again by its style alone is told in the next frame', async () => {
  const { document, window, states } = await watch('several-views');
  await settled();
  const [, hidden, shown] = document.querySelectorAll<HTMLElement>('[role=main]');
  if (!hidden || !shown) throw new Error('the fixture has three views');
  shown.style.display = 'none';
  hidden.style.display = '';
  await nextFrame(window);
  expect(states.map(describe)).toEqual([THREAD_ID, '19890c00000000bb']);
});

test('a thread that is left is none', async () => {
  const { document, window, last } = await watch('thread-en');
  await settled();
  find(document, '[role=main]').remove();
  await nextFrame(window);
  expect(last()).toBe('none');
});

test('a change of address alone makes it look, whatever the observer saw', async () => {
  const { document, window, states } = await watch('thread-en');
  await settled();
  for (const date of document.querySelectorAll('.g3')) date.setAttribute('title', 'today');
  window.location.hash = '#inbox/FMfcgzQcqwRtBvKdLmNpQrStVwXzBcDf';
  await vi.waitFor(() => expect(states).toHaveLength(2), { timeout: 100 });
});

test('ids that are painted late are told when they are there', async () => {
  const { document, states } = await watch('ids-late', `#inbox/${THREAD_ID}`);
  await vi.waitFor(() => expect(states).toHaveLength(1));
  expect(states.map(describe)).toEqual(['thread without id']);
  find(document, 'h2').setAttribute('data-legacy-thread-id', '19890c00000000cc');
  await vi.waitFor(() => expect(states).toHaveLength(2));
  await settled();
  expect(states.map(describe)).toEqual(['thread without id', '19890c00000000cc']);
});

test('ids that are never painted give way to the fallback once three seconds are over', async () => {
  const { states } = await watch('ids-late', `#inbox/${THREAD_ID}`);
  await pause(200);
  expect(states.map(describe)).toEqual(['thread without id']);
  await settled();
  expect(states.map(describe)).toEqual(['thread without id', THREAD_ID]);
});

test('a thread that opens without a change of address gets the same patience for its ids', async () => {
  const { document, window, states } = await watch('list');
  await settled();
  find(document, '[role=main]').replaceWith(viewOf('reading-pane-ids-late', document));
  await nextFrame(window);
  expect(describe(states.at(-1))).toBe('thread without id');
  await settled();
  expect(states.map(describe)).toEqual(['none', 'thread without id', THREAD_ID]);
});

test('a page that cannot be read says so after three seconds, not before, and reports once', async () => {
  const { states, drift } = await watch('unknown-layout', `#inbox/${THREAD_ID}`);
  await pause(200);
  expect(states).toEqual([]);
  await settled();
  expect(states.map(describe)).toEqual(['unreadable']);
  await settled();
  expect(states).toHaveLength(1);
  expect(drift.map(({ missing }) => missing)).toEqual([['thread']]);
});

test('while Gmail has not started nothing is unreadable, however long it takes', async () => {
  const { document, states } = await watchPage(EMPTY_PAGE, `#inbox/${THREAD_ID}`);
  await pause(800);
  expect(states.map(describe)).toEqual(['none']);
  document.body.className = 'aAU';
  await vi.waitFor(() => expect(states.map(describe)).toEqual(['none', 'unreadable']), {
    timeout: 2000,
  });
});

test('a page that becomes readable after all is read', async () => {
  const { document, window, last } = await watch('unknown-layout', `#inbox/${THREAD_ID}`);
  await settled();
  find(document, '[role=main]').replaceWith(viewOf('thread-en', document));
  await nextFrame(window);
  expect(last()).toBe(THREAD_ID);
});

test('a thread that is gone before the next one is painted is not shown on and on', async () => {
  const { document, window, states } = await watch('thread-en', `#inbox/${THREAD_ID}`);
  await settled();
  window.location.hash = '#inbox/19890c00000000dd';
  await nextFrame(window);
  find(document, '.a98').remove();
  await vi.waitFor(() => expect(states.map(describe)).toEqual([THREAD_ID, 'none']));
  await vi.waitFor(() => expect(states.map(describe)).toEqual([THREAD_ID, 'none', 'unreadable']));
});

test('a list after a page that cannot be read is a list, without the watchdog', async () => {
  const hash = `#inbox/${THREAD_ID}`;
  const { document, window, states } = await watchPage(
    fixture('unknown-layout'),
    hash,
    WATCHDOG_MS,
  );
  await vi.waitFor(() => expect(states.map(describe)).toEqual(['unreadable']));
  find(document, '[role=main]').replaceWith(viewOf('list', document));
  window.location.hash = '#inbox';
  await vi.waitFor(() => expect(states.map(describe)).toEqual(['unreadable', 'none']));
});

test('from a list to a list nothing is looked at', async () => {
  const { document, window, last } = await watchPage(fixture('list'), '#inbox', WATCHDOG_MS);
  await settled();
  expect(last()).toBe('none');
  const query = vi.spyOn(document, 'querySelectorAll');
  window.location.hash = '#sent';
  await settled();
  expect(query).not.toHaveBeenCalled();
  window.location.hash = `#inbox/${THREAD_ID}`;
  await vi.waitFor(() => expect(query).toHaveBeenCalled());
});

test('what the observer cannot see, the watchdog finds', async () => {
  const { document, states } = await watch('thread-en');
  await settled();
  for (const date of document.querySelectorAll('.g3')) date.setAttribute('title', 'tomorrow');
  await vi.waitFor(() => expect(states).toHaveLength(2), { timeout: 1000 });
});

test('the account is told when the title names it, without the watchdog', async () => {
  const { document, states } = await watchWithoutWatchdog('thread-en');
  await settled();
  document.title = 'Drawings for the gate - other@lantern-works.example - Gmail';
  await vi.waitFor(() => expect(states).toHaveLength(2));
  const state = states.at(-1);
  expect(state?.kind === 'thread' && state.snapshot.account).toBe('other@lantern-works.example');
});

test('an element that is given to another person is read again, without the watchdog', async () => {
  const { document, states } = await watchWithoutWatchdog('thread-de');
  await settled();
  find(document, '.gD').setAttribute('email', 'lea@brandt-metall.example');
  await vi.waitFor(() => expect(states).toHaveLength(2));
  const state = states.at(-1);
  expect(state?.kind === 'thread' && state.snapshot.people[0]?.address).toBe(
    'lea@brandt-metall.example',
  );
});

test('after the abort nothing is told any more', async () => {
  const { document, window, states, abort } = await watch('list');
  await settled();
  abort.abort();
  find(document, '[role=main]').replaceWith(viewOf('thread-en', document));
  window.location.hash = `#inbox/${THREAD_ID}`;
  await settled();
  expect(states.map(describe)).toEqual(['none']);
});

test('under Trusted Types the watcher breaks no rule', async () => {
  const { document, last } = await watch('thread-en');
  const violations: Event[] = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event));
  await settled();
  expect(last()).toBe(THREAD_ID);
  expect(violations).toEqual([]);
});
