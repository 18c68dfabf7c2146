import { expect, onTestFinished, test } from 'vitest';
import { readPage, siteFor } from '../../../extension/sites/page/sites.ts';
import { watchPage, type Schedule } from '../../../extension/sites/page/watch-page.ts';
import type { PageState } from '../../../extension/sites/snapshot.ts';
import type { Frame } from './gmail-frame.ts';
import { openBody } from './site-frame.ts';

const NOA = 'noa@levi-sons.example';

interface Clock extends Schedule {
  /** Runs what is due within so much time, in order. */
  pass(ms: number): void;
  /** How many steps of a reading fit into one slice. */
  steps: number;
  slices: number;
}

/** A clock of the test's own: what is due is run when the test says so. */
function createClock(): Clock {
  let nowMs = 0;
  const due: { readonly atMs: number; readonly run: () => void }[] = [];
  const put = (run: () => void, ms: number): (() => void) => {
    const entry = { atMs: nowMs + ms, run };
    due.push(entry);
    return () => {
      const index = due.indexOf(entry);
      if (index >= 0) due.splice(index, 1);
    };
  };
  const clock: Clock = {
    steps: Infinity,
    slices: 0,
    later: put,
    idle(run) {
      put(() => {
        clock.slices += 1;
        let left = clock.steps;
        run(() => --left > 0);
      }, 1);
    },
    pass(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        due.sort((a, b) => a.atMs - b.atMs);
        const next = due[0];
        if (!next || next.atMs > untilMs) break;
        due.shift();
        nowMs = next.atMs;
        next.run();
      }
      nowMs = untilMs;
    },
  };
  return clock;
}

interface Watched extends Frame {
  readonly states: PageState[];
  readonly clock: Clock;
  readonly abort: AbortController;
  /** Goes to another address without a load. */
  go(address: string): void;
}

async function watch(body: string): Promise<Watched> {
  const frame = await openBody(body);
  let address = 'https://desk.example/agent/tickets/1';
  const [states, clock, abort]: [PageState[], Clock, AbortController] = [
    [],
    createClock(),
    new AbortController(),
  ];
  onTestFinished(() => abort.abort());
  watchPage({
    ...frame,
    signal: abort.signal,
    onState: (state) => states.push(state),
    schedule: clock,
    address: () => address,
  });
  return {
    ...frame,
    states,
    clock,
    abort,
    go(next) {
      address = next;
      frame.window.dispatchEvent(new PopStateEvent('popstate'));
    },
  };
}

const people = (states: readonly PageState[]): string[][] =>
  states.map((state) =>
    state.kind === 'thread' ? state.snapshot.people.map(({ address }) => address) : [],
  );

/** Mutation observers are told in a microtask. */
const told = (): Promise<void> => Promise.resolve();

function addLink(document: Document, address: string): void {
  const link = document.createElement('a');
  link.href = `mailto:${address}`;
  document.body.append(link);
}

test('a page is told of once, however often it is painted', async () => {
  const { document, states, clock } = await watch(`<a href="mailto:${NOA}">Noa</a>`);
  clock.pass(3000);
  for (let turn = 0; turn < 5; turn++) {
    document.body.append(document.createElement('p'));
    await told();
    clock.pass(10_000);
  }
  expect(people(states)).toEqual([[NOA]]);
});

test('who appears later is told of, and who goes too', async () => {
  const { document, states, clock } = await watch('<p>empty</p>');
  clock.pass(3000);
  addLink(document, NOA);
  await told();
  clock.pass(5000);
  document.querySelector('a')?.remove();
  await told();
  clock.pass(5000);
  expect(people(states)).toEqual([[], [NOA], []]);
});

test('an address that changes without a load is a page of its own', async () => {
  const { states, clock, go } = await watch(`<a href="mailto:${NOA}">Noa</a>`);
  clock.pass(3000);
  go('https://desk.example/agent/tickets/2');
  clock.pass(3000);
  const ids = states.map((state) => (state.kind === 'thread' ? state.snapshot.threadId : null));
  expect(ids).toEqual(['desk.example:1', 'desk.example:2']);
});

test('a page that paints without end is looked at ever more seldom', async () => {
  const { document, clock } = await watch(`<a href="mailto:${NOA}">Noa</a>`);
  clock.pass(3000);
  const before = clock.slices;
  for (let tick = 0; tick < 600; tick++) {
    document.body.append(document.createElement('p'));
    await told();
    clock.pass(100);
  }
  // A minute of painting: at the site's own pause that would be 120 looks.
  expect(clock.slices - before).toBeLessThan(24);
});

test('a page of tens of thousands of links is read in slices, up to a limit', async () => {
  // Not laid out: a line of so many would take the browser longer than the reading.
  const links = `<a href="mailto:${NOA}">Noa</a>`.repeat(25_000);
  const { states, clock } = await watch(`<div hidden>${links}</div>`);
  clock.steps = 4;
  clock.pass(200);
  // 20 000 links, 250 to a step, 4 steps to a slice.
  expect(clock.slices).toBeGreaterThanOrEqual(20);
  expect(clock.slices).toBeLessThanOrEqual(22);
  expect(people(states)).toEqual([[NOA]]);
});

test('what changes while a page is read is read afterwards', async () => {
  const many = '<a href="mailto:ari@cohen.example">Ari</a>'.repeat(5000);
  const { document, states, clock } = await watch(many);
  clock.steps = 1;
  clock.pass(5);
  addLink(document, NOA);
  await told();
  clock.steps = Infinity;
  clock.pass(5000);
  expect(people(states).at(-1)).toEqual(['ari@cohen.example', NOA]);
});

test('after the end nothing is read any more', async () => {
  const { document, states, clock, abort } = await watch('');
  abort.abort();
  addLink(document, NOA);
  await told();
  clock.pass(10_000);
  expect(states).toEqual([]);
});

/** Names that forms and images of a page can take from its document. */
const NAMES = [
  'querySelector',
  'querySelectorAll',
  'getElementsByTagName',
  'getElementById',
  'getSelection',
  'addEventListener',
  'title',
  'hidden',
  'body',
  'links',
  'nodeType',
  'defaultView',
  'location',
];

test('names that a page takes from its document change nothing', async () => {
  const names = NAMES.map((name) => `<form name="${name}"></form><img name="${name}">`).join('');
  const { document, states, clock } = await watch(`${names}<a href="mailto:${NOA}">Noa</a>`);
  clock.pass(3000);
  expect(people(states)).toEqual([[NOA]]);
  expect(readPage({ document, url: new URL('https://x.example/agent/tickets/1') })?.people).toEqual(
    [{ address: NOA, name: '', role: 'mentioned' }],
  );
});

test('a bubble that is a form with fields of its own comes to no harm', async () => {
  const fields = ['getAttribute', 'querySelectorAll', 'querySelector', 'closest', 'nodeType']
    .map((name) => `<input name="${name}">`)
    .join('');
  const { document } = await openBody(
    `<form id="xDetDlg" data-eventid="e1">${fields}<div id="xDetDlgAtt">
     <div role="treeitem" data-email="${NOA}" aria-label="Noa"></div></div></form>`,
  );
  const url = new URL('https://calendar.google.com/calendar/u/0/r');
  expect(readPage({ document, url })?.people).toEqual([
    { address: NOA, name: 'Noa', role: 'mentioned' },
  ]);
});

test('links in the form of addresses of every kind make no address with markup', async () => {
  const links = [
    'mailto:%3Cscript%3Ealert(1)%3C%2Fscript%3E@evil.example',
    'mailto:a@evil.example%22%3E%3Cimg%20src=x%3E',
    'mailto:javascript:alert(1)@evil.example',
    'mailto:a@b@evil.example',
    'mailto:%00a@evil.example',
    `mailto:${'x'.repeat(400)}@evil.example`,
    'mailto:%',
    'tel:%',
    'tel:javascript:alert(1)',
  ]
    .map((href) => `<a href="${href}">x</a>`)
    .join('');
  const { document } = await openBody(links);
  const snapshot = readPage({ document, url: new URL('https://evil.example/') });
  for (const { address } of snapshot?.people ?? [])
    expect(address).toMatch(/^[^<>"'\s]+@[^<>"'\s@]+$/);
  expect(snapshot?.clues?.phones).toEqual([]);
});

test.each(['chrome://settings', 'about:blank', 'file:///etc/passwd', 'data:text/html,x'])(
  '%s is no page of ours',
  (url) => {
    expect(siteFor(new URL(url))).toBeNull();
  },
);
