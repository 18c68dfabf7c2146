import { observe } from './observe.ts';
import { holds, isElement, isOrHolds } from './dom.ts';
import type { DriftReport, PageState } from './snapshot.ts';

/** After a change of address: the first look, each pause twice the one before; then guesses are taken. */
const FIRST_PAUSE_MS = 50;
const SETTLED_MS = 3000;
/** A thread that is gone and not followed by another by then is no longer shown as open. */
const STALE_MS = 350;
const WATCHDOG_MS = 3000;
const IDLE_PAUSE_MS = 150;

/** What one look at a page tells. */
export interface Inspection {
  readonly state: PageState;
  /** The element that holds the open thread, for the watcher to see it go. */
  readonly root: Element | null;
  /** All views, shown and hidden: one query over the whole document serves for both questions. */
  readonly views: readonly Element[];
  /** Before the host has started nothing can be missing yet. */
  readonly hasStarted: boolean;
}

/** A host's page, as far as watching it is concerned. */
export interface WatchedPage {
  /** Changes nothing and never throws; `mayGuess` once the page has had its time to paint. */
  readonly inspect: (document: Document, url: string, mayGuess: boolean) => Inspection;
  /** A node that was added and is, or holds, one of these can be a change of thread. */
  readonly painted: string;
  /** Attributes that are painted into nodes that stand already. */
  readonly lateAttributes: string[];
  /** One of these whose attributes change can be a change of thread. */
  readonly turning: string;
  /** An address that names a thread. */
  readonly threadAddress: RegExp;
}

export interface Schedule {
  readonly frame: (run: () => void) => void;
  readonly idle: (run: () => void) => void;
  readonly later: (run: () => void, ms: number) => void;
}

export interface WatchOptions {
  readonly page: WatchedPage;
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** Aborting ends everything; a timer that is still due does nothing. */
  readonly signal: AbortSignal;
  /** Called once for each state that differs from the one before. */
  readonly onState: (state: PageState) => void;
  /** A page that cannot be read. */
  readonly onDrift?: (report: DriftReport) => void;
  readonly schedule?: Schedule;
}

/**
 * Follows what a host shows. A mutation costs a test of the added nodes only; a change of thread is
 * read at once, what follows it in the next frame, everything else in idle time.
 */
export function watchPage(options: WatchOptions): void {
  const { page, document, window, signal, onState, onDrift } = options;
  const schedule = options.schedule ?? scheduleOf(window);
  if (signal.aborted) return;

  let shownKey: string | null = null;
  let root: Element | null = null;
  let round = 0;
  let hasStarted = false;
  /** Since the address has changed. */
  let waitedMs = SETTLED_MS;
  let isFrameAsked = false;
  let hasLookedInFrame = false;
  let isIdleAsked = false;
  /** The last look saw all there is, and nothing has been painted since. */
  let isUnchanged = false;

  const alsoStyleOf = observe(options, {
    attributeFilter: page.lateAttributes,
    matters,
    onMatter: lookAtOnce,
  });
  const listen = { signal };
  window.addEventListener('popstate', onAddress, listen);
  document.addEventListener('visibilitychange', askFrame, listen);
  window.navigation?.addEventListener('currententrychange', onAddress, listen);
  settle();
  askFrame();
  schedule.later(guard, WATCHDOG_MS);

  /** True where the record can be a change of thread. */
  function matters({ type, target, addedNodes }: MutationRecord): boolean {
    isUnchanged = false;
    // A look that is due in the next frame sees whatever these records tell.
    if (isFrameAsked && hasLookedInFrame) return false;
    if (type === 'attributes') {
      if (isElement(target) && target.matches(page.turning)) {
        return root !== null || holds(target, page.painted);
      }
      if (root?.contains(target)) askIdle();
      return false;
    }
    for (const node of addedNodes) if (isOrHolds(node, page.painted)) return true;
    if (root?.isConnected === false) askFrame();
    // The title tells whose mailbox it is.
    if (root && target.nodeName === 'TITLE') askIdle();
    return false;
  }

  function onAddress(): void {
    isUnchanged = false;
    if (shownKey !== 'none') askFrame();
    // From a list to a list nobody looks: a thread that comes after all is painted or turned to.
    else if (!page.threadAddress.test(window.location.href)) return;
    settle();
  }

  /**
   * What the eye waits for is read before the page draws it: the question leaves up to a frame
   * earlier, and the answer is under way while the page draws. What follows in the same frame is
   * read together in the next.
   */
  function lookAtOnce(): void {
    isUnchanged = false;
    if (hasLookedInFrame) return askFrame();
    if (mayWait()) return askIdle();
    hasLookedInFrame = true;
    schedule.frame(() => {
      hasLookedInFrame = false;
    });
    look();
  }

  function askFrame(): void {
    if (mayWait()) return askIdle();
    if (isFrameAsked) return;
    isFrameAsked = true;
    schedule.frame(() => {
      isFrameAsked = false;
      look();
    });
  }

  function askIdle(): void {
    if (isIdleAsked) return;
    isIdleAsked = true;
    schedule.later(() => {
      schedule.idle(() => {
        isIdleAsked = false;
        if (!isUnchanged) look();
      });
    }, IDLE_PAUSE_MS);
  }

  /** Where no thread stands, shown or hidden, nobody waits: to ask what is shown has its price. */
  function mayWait(): boolean {
    return !root && !holds(document, page.painted);
  }

  /** The page has had its time to paint. */
  function isSettled(): boolean {
    return waitedMs >= SETTLED_MS;
  }

  /** No thread stands, and nothing is being painted. */
  function isAtRest(): boolean {
    return isUnchanged && !root;
  }

  /** Looks again and again while the page paints; a new round ends the one before. */
  function settle(): void {
    round += 1;
    waitedMs = 0;
    settleStep(FIRST_PAUSE_MS, round);
  }

  function settleStep(pauseMs: number, ofRound: number): void {
    schedule.later(() => {
      if (signal.aborted || ofRound !== round) return;
      waitedMs += pauseMs;
      // Behind the page's own frame, which works out the style that a look asks for.
      if (!isUnchanged) schedule.idle(() => look());
      const leftMs = SETTLED_MS - waitedMs;
      if (leftMs > 0) settleStep(isAtRest() ? leftMs : Math.min(2 * pauseMs, leftMs), ofRound);
    }, pauseMs);
  }

  /** Looks whatever the observer says. */
  function guard(): void {
    if (signal.aborted) return;
    look();
    schedule.later(guard, isAtRest() ? 3 * WATCHDOG_MS : WATCHDOG_MS);
  }

  function look(): void {
    if (signal.aborted) return;
    const inspection = page.inspect(document, window.location.href, isSettled());
    const { state } = inspection;
    const isNewRoot = inspection.root !== null && inspection.root !== root;
    root = inspection.root;
    isUnchanged = isComplete(state);
    // Views are shown and hidden by their style: each is watched for that, and nothing else is.
    alsoStyleOf(inspection.views);
    const isStart = inspection.hasStarted && !hasStarted;
    hasStarted ||= isStart;
    if ((isStart || (isNewRoot && !isComplete(state))) && isSettled()) {
      // The host started late, or a thread opened without a change of address: the same time to paint.
      settle();
      return look();
    }
    show(state);
  }

  function show(state: PageState): void {
    if (state.kind === 'unreadable' && !isSettled()) {
      if (shownKey?.startsWith('{') && waitedMs >= STALE_MS) show({ kind: 'none' });
      return;
    }
    const key = keyOf(state);
    if (key === shownKey) return;
    shownKey = key;
    onState(state);
    if (state.kind === 'unreadable') onDrift?.(state.report);
  }
}

const isComplete = (state: PageState): boolean =>
  state.kind === 'none' || (state.kind === 'thread' && state.snapshot.confidence === 'high');

/** Equal for states that a reader could not tell apart; by which rule it was read does not count. */
const keyOf = (state: PageState): string =>
  state.kind === 'thread' ? JSON.stringify({ ...state.snapshot, via: null }) : state.kind;

const scheduleOf = (window: Window): Schedule => ({
  frame: (run) => void window.requestAnimationFrame(run),
  idle: (run) => void window.requestIdleCallback(run, { timeout: 500 }),
  later: (run, ms) => void window.setTimeout(run, ms),
});
