import { expect, onTestFinished, test, vi } from 'vitest';
import type { Draft } from '../../../extension/sites/draft.ts';
import { watchDrafts, watchOutlook } from '../../../extension/sites/outlook/watch-outlook.ts';
import type { DriftReport, PageState } from '../../../extension/sites/snapshot.ts';
import type { Schedule } from '../../../extension/sites/watch-page.ts';
import { fixture, openPage, type Frame } from './outlook-frame.ts';

/** Pauses are a tenth of the true ones, so that three seconds of patience take 300 ms. */
const HASTE = 10;

interface Watched extends Frame {
  readonly states: PageState[];
  readonly drafts: (Draft | null)[];
  readonly drift: DriftReport[];
  readonly errors: unknown[];
  /** The last state in few words: the first sender, or the kind of state. */
  readonly last: () => string;
}

/** Everything of ours that runs in Outlook, with whatever it throws. */
async function watch(name: string): Promise<Watched> {
  const frame = await openPage(fixture(name));
  const [states, drafts, drift]: [PageState[], (Draft | null)[], DriftReport[]] = [[], [], []];
  const errors: unknown[] = [];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const { signal } = abort;
  const note = (event: Event, error: unknown): void => {
    event.preventDefault();
    errors.push(error);
  };
  // Our code is the test's own, so what it throws is reported in the test's window.
  for (const window of [frame.window, globalThis]) {
    window.addEventListener('error', (event) => note(event, event.error), { signal });
    window.addEventListener('unhandledrejection', (event) => note(event, event.reason), { signal });
  }
  watchOutlook({
    ...frame,
    signal,
    onState: (state) => states.push(state),
    onDrift: (report) => drift.push(report),
    schedule: hastySchedule(frame.window),
  });
  watchDrafts({ ...frame, signal, onDraft: (draft) => drafts.push(draft) });
  return { ...frame, states, drafts, drift, errors, last: () => describe(states.at(-1)) };
}

const hastySchedule = (window: Window): Schedule => ({
  frame: (run) => void window.requestAnimationFrame(run),
  idle: (run) => void window.requestIdleCallback(run, { timeout: 500 / HASTE }),
  later: (run, ms) => void window.setTimeout(run, ms / HASTE),
});

function describe(state: PageState | undefined): string {
  if (state?.kind !== 'thread') return state?.kind ?? 'nothing';
  return state.snapshot.people[0]?.address ?? state.snapshot.named?.[0]?.name ?? 'nobody';
}

function find(document: Document, selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

/** Puts what another fixture has there into the page, as Outlook draws another conversation. */
function draw(document: Document, name: string, selector: string): void {
  const parsed = new DOMParser().parseFromString(fixture(name), 'text/html');
  const next = document.importNode(find(parsed, selector), true);
  find(document, selector).replaceWith(next);
}

/** Two frames: what was asked in the first has run when the second is drawn. */
const nextFrame = (window: Window): Promise<void> =>
  new Promise((resolve) => {
    window.requestAnimationFrame(() => window.requestAnimationFrame(() => resolve()));
  });

const CONVERSATION = '#ConversationReadingPaneContainer';
const quietly = { timeout: 4000 };

test('a conversation that is open is told at once', async () => {
  const { last } = await watch('thread-en');
  await vi.waitFor(() => expect(last()).toBe('dana@shaham.example'), quietly);
});

test('another conversation is told before the frame after next', async () => {
  const { document, window, last } = await watch('thread-en');
  await vi.waitFor(() => expect(last()).toBe('dana@shaham.example'), quietly);
  draw(document, 'conversation-bare', '[data-app-section=MailReadCompose]');
  await nextFrame(window);
  expect(last()).toBe('otto@brandt-metall.example');
});

test('a conversation that is drawn into the elements of the one before is told', async () => {
  const { document, last } = await watch('thread-en');
  await vi.waitFor(() => expect(last()).toBe('dana@shaham.example'), quietly);
  const from = find(document, '[id$=_FROM]');
  const text = from.querySelector('span span');
  if (text) text.textContent = 'Otto Brandt<otto@brandt-metall.example>';
  from.id = 'MSG_9_FROM';
  await vi.waitFor(() => expect(last()).toBe('otto@brandt-metall.example'), quietly);
});

test('a conversation that is closed is told as none', async () => {
  const { document, last } = await watch('thread-en');
  await vi.waitFor(() => expect(last()).toBe('dana@shaham.example'), quietly);
  find(document, CONVERSATION).remove();
  await vi.waitFor(() => expect(last()).toBe('none'), quietly);
});

test('an address that is painted late takes the place of the name', async () => {
  const { document, last } = await watch('name-only');
  await vi.waitFor(() => expect(last()).toBe('mira@lantern-works.example'), quietly);
  find(document, '[id$=_FROM]').title = 'anna@acme.example';
  await vi.waitFor(() => expect(last()).toBe('anna@acme.example'), quietly);
});

test('the draft that has the focus is told with its people, and when it has it no more', async () => {
  const { document, drafts } = await watch('compose');
  find(document, 'input').focus();
  await vi.waitFor(() => expect(drafts).toHaveLength(1), quietly);
  expect(drafts[0]?.people.map(({ address, role }) => `${role} ${address}`)).toEqual([
    'recipient otto@brandt-metall.example',
    'recipient ida@brandt-metall.example',
    'cc lea@brandt-metall.example',
    'cc paul@brandt-metall.example',
  ]);
  find(document, '[id$=_TO] [class*=ENTITY]').remove();
  await vi.waitFor(() => expect(drafts).toHaveLength(2), quietly);
  expect(drafts[1]?.people).toHaveLength(3);
  find(document, 'input').blur();
  await vi.waitFor(() => expect(drafts.at(-1)).toBeNull(), quietly);
});

test('a report of a page that cannot be read has names of elements and no text', async () => {
  const { drift } = await watch('no-sender');
  await vi.waitFor(() => expect(drift).not.toEqual([]), quietly);
  expect(drift[0]).toMatchObject({ host: 'outlook', missing: ['sender'] });
  expect(JSON.stringify(drift)).not.toMatch(/Dear|Mira|Drawings|stranger|@/);
});

/** A form with a field of that name answers with the field when our code asks it. */
const ASKED = [
  'matches',
  'closest',
  'querySelector',
  'querySelectorAll',
  'getAttribute',
  'children',
];

test.each(ASKED)('a form with a field called %s cannot make us throw', async (name) => {
  const { document, window, errors, last } = await watch('thread-en');
  await vi.waitFor(() => expect(last()).toBe('dana@shaham.example'), quietly);
  const form = document.createElement('form');
  const field = document.createElement('input');
  field.name = name;
  const sender = document.createElement('span');
  sender.id = 'MSG_8_FROM';
  form.append(field, sender);
  find(document, '[data-app-section=ConversationContainer]').append(form);
  await nextFrame(window);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(errors).toEqual([]);
});

test('nothing of the page is changed by reading it', async () => {
  const { document, last } = await watch('compose-reply');
  const before = document.documentElement.cloneNode(true);
  find(document, 'input').focus();
  await vi.waitFor(() => expect(last()).toBe('otto@brandt-metall.example'), quietly);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(document.documentElement.isEqualNode(before)).toBe(true);
});
