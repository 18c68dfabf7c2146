import { MARK, PANEL } from '../own-elements.ts';
import { isElement } from '../dom.ts';

/** A mark that is merely crossed on the way shows nothing. */
const SHOW_AFTER_MS = 130;
/** Time to get from the mark into its card. */
const HIDE_AFTER_MS = 280;

export interface WatchMarks {
  readonly document: Document;
  readonly window: Window;
  readonly signal: AbortSignal;
  /** The mark that is pointed at, or whose row has the keyboard's focus; null when no more. */
  readonly onPick: (mark: Element | null) => void;
}

/** Which mark is asked about. It only listens: every event goes on to the page as it came. */
export function watchMarks({ document, window, signal, onPick }: WatchMarks): void {
  let shown: Element | null = null;
  let timer = 0;
  const listen = { signal, capture: true, passive: true };
  document.addEventListener('pointerover', ({ target }) => point(target, pointedMark), listen);
  document.addEventListener('focusin', ({ target }) => point(target, focusedMark), listen);
  document.addEventListener('click', ({ target }) => !isPanel(target) && hide(), listen);
  document.addEventListener('scroll', hide, listen);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide(), listen);
  window.addEventListener('popstate', hide, listen);
  window.addEventListener('blur', () => window.clearTimeout(timer), { signal });

  function point(target: EventTarget | null, markAt: (element: Element) => Element | null): void {
    if (!isElement(target)) return;
    const mark = markAt(target);
    window.clearTimeout(timer);
    if (mark === shown || isPanel(target)) return;
    timer = window.setTimeout(() => pick(mark), mark ? SHOW_AFTER_MS : HIDE_AFTER_MS);
  }

  function hide(): void {
    window.clearTimeout(timer);
    pick(null);
  }

  function pick(mark: Element | null): void {
    const next = mark?.isConnected ? mark : null;
    if (signal.aborted || next === shown) return;
    shown = next;
    onPick(next);
  }

  function pointedMark(element: Element): Element | null {
    if (element.localName === MARK) return element;
    return isTypedInto(document.activeElement) ? shown : null;
  }
}

/** What is typed into the card keeps it open, wherever the pointer has gone; a button that was clicked does not. */
const isTypedInto = (panel: Element | null): boolean =>
  isPanel(panel) && Boolean(panel?.shadowRoot?.querySelector(':focus-visible'));

/** By keyboard only: a click on a row opens its thread. */
const focusedMark = (element: Element): Element | null =>
  element.matches(':focus-visible') ? (element.closest('tr')?.querySelector(MARK) ?? null) : null;

const isPanel = (target: EventTarget | null): boolean =>
  isElement(target) && target.localName === PANEL;
