import type { PageState, Snapshot } from '../snapshot.ts';
import { isHidden, listenTo } from './safe-dom.ts';
import { siteFor } from './sites.ts';
import type { Reading } from './site.ts';

/** After a change of address without a load: what was painted for the one before may stay a while. */
const SETTLE_MS = 750;
const SELECTION_PAUSE_MS = 300;
/** One slice of a reading: a page that scrolls or is typed into does not feel it. */
const SLICE_MS = 3;
/** A page that paints without end, and tells nothing new, is looked at ever more seldom. */
const MAX_PATIENCE = 8;

export interface Schedule {
  /** `hasTime` is asked between steps. */
  readonly idle: (run: (hasTime: () => boolean) => void) => void;
  /** Returns what calls it off. */
  readonly later: (run: () => void, ms: number) => () => void;
}

export interface WatchPage {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** Aborting ends everything; what is still due does nothing. */
  readonly signal: AbortSignal;
  /** Called once for each state that differs from the one before, beginning with the first. */
  readonly onState: (state: PageState) => void;
  readonly schedule?: Schedule;
  /** The page's address now. */
  readonly address?: () => string;
}

/**
 * Follows whom a page is about. A mutation costs setting a flag; everything is read in idle time and
 * in slices, and nothing at all while the page cannot be seen.
 */
export function watchPage(options: WatchPage): void {
  const { document, window, signal, onState } = options;
  const schedule = options.schedule ?? scheduleOf(window);
  const address = options.address ?? (() => window.location.href);
  if (signal.aborted) return;

  let shownKey: string | null = null;
  let round = 0;
  let patience = 1;
  let dueInMs = Infinity;
  let callOff: () => void = () => undefined;
  let isReading = false;
  let isStale = false;

  const observer = new window.MutationObserver(() => dueInMs === Infinity && ask(pauseMs()));
  observer.observe(document, { childList: true, subtree: true });
  const listen = { signal };
  window.addEventListener('hashchange', onAddress, listen);
  window.addEventListener('popstate', onAddress, listen);
  listenTo(document, 'selectionchange', () => ask(SELECTION_PAUSE_MS), signal);
  listenTo(document, 'visibilitychange', () => ask(0), signal);
  if ('navigation' in window) {
    window.navigation.addEventListener('currententrychange', onAddress, listen);
  }
  signal.addEventListener('abort', () => {
    observer.disconnect();
    callOff();
  });
  ask(0);

  function onAddress(): void {
    round += 1;
    patience = 1;
    ask(0);
    const ofRound = round;
    schedule.later(() => ofRound === round && ask(0), SETTLE_MS);
  }

  function pauseMs(): number {
    return (siteFor(new URL(address()))?.pauseMs ?? 1000) * patience;
  }

  /** The earlier of what is due already and this. */
  function ask(ms: number): void {
    if (signal.aborted || isHidden(document)) return;
    if (isReading) {
      isStale = true;
      return;
    }
    if (ms >= dueInMs) return;
    callOff();
    dueInMs = ms;
    callOff = schedule.later(() => {
      dueInMs = Infinity;
      schedule.idle(look);
    }, ms);
  }

  function look(hasTime: () => boolean): void {
    if (signal.aborted || isReading) return;
    const url = new URL(address());
    const site = siteFor(url);
    if (!site) return finish(null);
    isReading = true;
    isStale = false;
    proceed(site.read({ document, url }), hasTime);
  }

  function proceed(reading: Reading<Snapshot | null>, hasTime: () => boolean): void {
    if (signal.aborted) return;
    try {
      do {
        const { done, value } = reading.next();
        if (done) return finish(value);
      } while (hasTime());
    } catch {
      // Nothing that a page does may become an error of ours in it.
      return finish(null);
    }
    schedule.idle((again) => proceed(reading, again));
  }

  function finish(snapshot: Snapshot | null): void {
    isReading = false;
    const key = keyOf(snapshot);
    const hasChanged = key !== shownKey;
    patience = hasChanged ? 1 : Math.min(MAX_PATIENCE, patience * 2);
    if (hasChanged) {
      shownKey = key;
      onState(snapshot ? { kind: 'thread', snapshot } : { kind: 'none' });
    }
    if (isStale) ask(pauseMs());
  }
}

/** Equal for states that a reader could not tell apart; by which rule it was read does not count. */
const keyOf = (snapshot: Snapshot | null): string =>
  snapshot === null ? '' : JSON.stringify({ ...snapshot, via: null });

const scheduleOf = (window: Window): Schedule => ({
  idle: (run) =>
    void window.requestIdleCallback(
      () => {
        const endsAt = performance.now() + SLICE_MS;
        run(() => performance.now() < endsAt);
      },
      { timeout: 1000 },
    ),
  later(run, ms) {
    const timer = window.setTimeout(run, ms);
    return () => window.clearTimeout(timer);
  },
});
