import { outlookCard } from './outlook-card.ts';
import { painted, seen } from './paint.ts';

/** Milliseconds of the page's clock, counted from the moment the sender's element was inserted. */
export interface CardTime {
  /** The panel's shadow root names the client. */
  readonly shownMs: number;
  readonly paintedMs: number;
  /** The content script asked the background, where its messages are marked. */
  readonly askedMs: number | null;
  readonly answeredMs: number | null;
}

export interface Stopwatch {
  openThread(threadId: string, clientName: string): Promise<CardTime>;
  outlookCard: typeof outlookCard;
  /** Looks the thread up as a search does: where its row is, for a press on it. */
  showRow(
    threadId: string,
    clientName: string,
  ): Promise<{ readonly x: number; readonly y: number }>;
  /** To be called before the driver presses the row. */
  watchThread(clientName: string): void;
  openedThread(): Promise<CardTime>;
  /** To be called before the driver clicks: its click can overtake a question to the page. */
  watchLog(): void;
  /** From the click's own time stamp until the toast is painted. */
  logged(): Promise<number>;
  /** Clears the toast, so that the next one is a new one. */
  dismissToast(): Promise<void>;
  /** Where the middle of a button of the panel is, in CSS pixels. */
  placeOf(action: string): { readonly x: number; readonly y: number };
  /** The lengths of the next `count` frames. */
  frames(count: number): Promise<readonly number[]>;
}

declare global {
  interface Window {
    stopwatch: Stopwatch;
  }
}

const SENDER = '.gD[email]';
const panel = (): ShadowRoot | null => document.querySelector('mainstay-panel')?.shadowRoot ?? null;

/** By the inline style, as the mailbox hides them: asking for layout here would cost the page time. */
const shownView = (): Element | undefined =>
  [...document.querySelectorAll<HTMLElement>('[role=main]')].find(
    ({ style }) => style.display !== 'none',
  );

const cardName = (): string =>
  panel()?.querySelector('[data-view=known] .card-name')?.textContent ?? '';

/** As long as a mailbox takes to fetch a thread: the address has changed by then, and that is over. */
const FETCH_MS = 150;

/** Keeps the real event from the mailbox, which would draw at once; it gets one when it may draw. */
window.addEventListener(
  'hashchange',
  (event) => {
    if (event.isTrusted) event.stopImmediatePropagation();
  },
  { capture: true },
);

let opened: Promise<CardTime> = Promise.reject(new Error('no thread is watched'));
opened.catch(() => undefined);

/** From the moment the sender is in the page, which the mailbox fetches for a while. */
async function timeCard(clientName: string): Promise<CardTime> {
  await new Promise((resolve) => setTimeout(resolve, FETCH_MS));
  // By the sender itself: beside a list, one view holds every thread in turn.
  const before = shownView()?.querySelector(SENDER);
  const inserted = seen(
    document,
    () => {
      const sender = shownView()?.querySelector(SENDER);
      return sender && sender !== before ? performance.now() : null;
    },
    'the sender',
  );
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  const startedAt = await inserted;
  const look = (): number | null => (cardName().includes(clientName) ? performance.now() : null);
  // Mutations inside a shadow root are seen from inside only.
  const root = panel() ?? (await seen(document, panel, 'the panel'));
  const shownAt = await seen(root, look, `the card of ${clientName}`);
  const paintedAt = await painted();
  return {
    shownMs: shownAt - startedAt,
    paintedMs: paintedAt - startedAt,
    askedMs: markedAt('bench-asked', startedAt),
    answeredMs: markedAt('bench-answered', startedAt),
  };
}

let logged: Promise<number> = Promise.reject(new Error('no log is watched'));
logged.catch(() => undefined);

window.stopwatch = {
  outlookCard,
  async openThread(threadId, clientName) {
    performance.clearMarks();
    location.hash = `#inbox/${threadId}`;
    return timeCard(clientName);
  },
  async showRow(threadId, clientName) {
    location.hash = `#search/${encodeURIComponent(clientName)}`;
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    const row = [...document.querySelectorAll('[gh=tl] tr.zA')].find((each) =>
      each.querySelector(`[data-legacy-thread-id="${threadId}"]`),
    );
    if (!row) throw new Error(`no row of ${threadId}`);
    row.scrollIntoView({ block: 'center' });
    await painted();
    const { x, y, height } = row.getBoundingClientRect();
    return { x: x + 200, y: y + height / 2 };
  },
  watchThread(clientName) {
    performance.clearMarks();
    const changed = new Promise((resolve) => {
      window.navigation.addEventListener('currententrychange', resolve, { once: true });
    });
    opened = changed.then(() => timeCard(clientName));
    opened.catch(() => undefined);
  },
  openedThread: () => opened,
  watchLog() {
    const root = panel();
    if (!root) throw new Error('there is no panel');
    const clickedAt = new Promise<number>((resolve) => {
      const options = { capture: true, once: true };
      window.addEventListener('click', ({ timeStamp }) => resolve(timeStamp), options);
    });
    const toast = (): Element | null => root.querySelector('.toast.logged');
    const paintedAt = seen(root, toast, 'the toast').then(painted);
    logged = Promise.all([clickedAt, paintedAt]).then(([from, to]) => to - from);
  },
  logged: () => logged,
  async dismissToast() {
    const button = panel()?.querySelector('[data-part=toast] [data-action=dismiss]');
    if (button instanceof HTMLElement) button.click();
    await painted();
  },
  placeOf(action) {
    const box = panel()?.querySelector(`[data-action="${action}"]`)?.getBoundingClientRect();
    if (!box) throw new Error(`the panel has no ${action}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  },
  async frames(count) {
    const instants: number[] = [];
    for (let left = count + 1; left > 0; left--) {
      instants.push(await new Promise<number>((resolve) => requestAnimationFrame(resolve)));
    }
    return instants.slice(1).map((at, index) => at - (instants[index] ?? at));
  },
};

function markedAt(name: string, startedAt: number): number | null {
  const mark = performance.getEntriesByName(name, 'mark').at(0);
  return mark ? mark.startTime - startedAt : null;
}
