import { expect, onTestFinished, test, vi } from 'vitest';
import { readDrafts } from '../../../extension/sites/gmail/read-drafts.ts';
import { readGmail } from '../../../extension/sites/gmail/read-gmail.ts';
import { readRows } from '../../../extension/sites/gmail/read-list.ts';
import { drawMarks } from '../../../extension/sites/gmail/draw-marks.ts';
import { watchAround } from '../../../extension/sites/gmail/watch-around.ts';
import { watchGmail } from '../../../extension/sites/gmail/watch-gmail.ts';
import type { PageState } from '../../../extension/sites/snapshot.ts';
import { fixture, openPage, type Frame } from './gmail-frame.ts';

const URL_OF_THREAD = 'https://mail.google.com/mail/u/0/#inbox/FMfcgzQcqwRtBvKdLmNpQrStVwXzBcDf';

interface Watched extends Frame {
  readonly states: PageState[];
  readonly errors: unknown[];
}

/** Everything of ours that runs in a page, with whatever it throws. */
async function watchAll(html: string): Promise<Watched> {
  const frame = await openPage(html);
  const [states, errors]: [PageState[], unknown[]] = [[], []];
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const { signal } = abort;
  // Our code is the test's own, so what it throws is reported in the test's window.
  for (const window of [frame.window, globalThis]) {
    window.addEventListener('error', (event) => note(event, event.error), { signal });
    window.addEventListener('unhandledrejection', (event) => note(event, event.reason), { signal });
  }
  const note = (event: Event, error: unknown): void => {
    event.preventDefault();
    errors.push(error);
  };
  watchGmail({ ...frame, signal, onState: (state) => states.push(state) });
  watchAround({ ...frame, signal, onList: () => false, onDraft: () => undefined });
  return { ...frame, states, errors };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What our code asks of an element; a form with a field of that name answers with the field. */
const ASKED = [
  'matches',
  'closest',
  'querySelector',
  'querySelectorAll',
  'getAttribute',
  'getAttributeNames',
  'hasAttribute',
  'getBoundingClientRect',
  'children',
  'childNodes',
  'firstElementChild',
  'parentNode',
  'nodeType',
  'localName',
  'checkVisibility',
  'contains',
  'isConnected',
  'ownerDocument',
  'textContent',
  'className',
  'remove',
  'prepend',
];

function clobbered(document: Document, className: string, names: readonly string[]): Element {
  const form = document.createElement('form');
  form.setAttribute('class', className);
  form.setAttribute('email', 'forged@stranger.example');
  for (const name of names) {
    const field = document.createElement('input');
    field.name = name;
    HTMLElement.prototype.append.call(form, field);
  }
  const box = document.createElement('div');
  box.append(form);
  return Math.random() < 0.5 ? box : form;
}

test.each(['', 'gD', 'adn ads', 'a98 iY', 'M9', 'hP', 'ha', 'a3s', 'kv'])(
  'forms whose fields stand in for their methods, of class "%s", make us throw nothing',
  async (className) => {
    const { document, states, errors } = await watchAll(fixture('thread-en'));
    await vi.waitFor(() => expect(states.length).toBeGreaterThan(0));
    const forms = [...ASKED.map((name) => [name]), ASKED].map((names) =>
      clobbered(document, className, names),
    );
    for (const [index, form] of forms.entries()) {
      const place = document.querySelector(index % 2 === 0 ? '[role=main]' : '.aHU');
      if (place) HTMLElement.prototype.prepend.call(place, form);
      if (index % 4 === 0) await pause(30);
    }
    await pause(900);
    expect(errors).toEqual([]);
    for (const form of forms) Element.prototype.remove.call(form);
    document.title = 'Drawings for the gate - other@lantern-works.example - Gmail';
    await vi.waitFor(
      () => {
        const last = states.at(-1);
        expect(last?.kind === 'thread' && last.snapshot.account).toBe(
          'other@lantern-works.example',
        );
      },
      { timeout: 5000 },
    );
  },
  15_000,
);

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '{{constructor.constructor("alert(1)")()}}',
  '\u202e\u2066 evil \u0000',
  '💥'.repeat(3000),
];

test.each(NAMES)('a sender called %j is a name and nothing else', async (name) => {
  const { document } = await openPage(fixture('thread-en'));
  const violations: Event[] = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event));
  document.querySelector('.gD')?.setAttribute('name', name);
  document.querySelector('.hP')?.replaceChildren(name);
  const state = readGmail(document, URL_OF_THREAD);
  expect(state.kind === 'thread' && state.snapshot.people[0]?.name).toBe(name.trim());
  expect(document.querySelectorAll('img[onerror], script')).toHaveLength(0);
  expect(violations).toEqual([]);
});

test.each(['<b>@x.example', 'a b@x.example', '@', 'javascript:alert(1)', '', 'undefined'])(
  'an address %j is nobody’s, or harmless text',
  async (address) => {
    const { document } = await openPage(fixture('list-marks'));
    for (const person of document.querySelectorAll('[email]'))
      person.setAttribute('email', address);
    for (const { addresses } of readRows(document).rows) {
      for (const each of addresses) expect(each).toMatch(/^[^\s@]+@[^\s@]+$/);
    }
  },
);

test('words of a client’s name in a mark are words, under Trusted Types too', async () => {
  const { document } = await openPage(fixture('list-marks'));
  const violations: Event[] = [];
  document.addEventListener('securitypolicyviolation', (event) => violations.push(event));
  const label = '<img src=x onerror=alert(1)>"\'&';
  drawMarks(readRows(document).rows, () => ({
    path: 'M0 0h1z',
    colour: '#000',
    dot: '#111',
    label,
  }));
  expect(document.querySelector('mainstay-mark')?.getAttribute('aria-label')).toBe(label);
  expect(document.querySelectorAll('img[onerror]')).toHaveLength(0);
  expect(violations).toEqual([]);
});

test('a page of fifty thousand elements with Gmail’s attributes everywhere is read and not hung', async () => {
  const { document, errors } = await watchAll(fixture('list'));
  const box = document.createElement('div');
  for (let index = 0; index < 5000; index += 1) {
    const row = document.createElement('div');
    row.className = 'adn ads gD hP zA M9 a98';
    row.setAttribute('email', `x${index}@x.example`);
    for (let depth = 0; depth < 9; depth += 1) row.append(document.createElement('span'));
    box.append(row);
  }
  document.querySelector('[role=main]')?.append(box);
  await pause(1500);
  expect(errors).toEqual([]);
  expect(readGmail(document, URL_OF_THREAD).kind).not.toBe('thread');
  expect(readDrafts(document).length).toBe(5000);
}, 20_000);

test('an element nested a thousand deep is read like any other', async () => {
  const { document } = await openPage(fixture('thread-en'));
  let place = document.querySelector('.hP');
  for (let depth = 0; depth < 1000; depth += 1) {
    const inner = document.createElement('span');
    inner.textContent = depth === 999 ? 'deep' : '';
    place?.append(inner);
    place = inner;
  }
  const state = readGmail(document, URL_OF_THREAD);
  expect(state.kind === 'thread' && state.snapshot.subject).toContain('deep');
});
