import { isElement, isOrHolds } from './dom.ts';
import type { Draft } from './draft.ts';
import { PANEL } from './own-elements.ts';

/** What is painted together is looked at together; nobody waits for a mark as for a card. */
const PAUSE_MS = 60;
/** A page that paints without end, and nothing of ours, is looked at no more often than this. */
const NOISY_PAUSE_MS = 700;
const FRUITLESS_LOOKS = 4;

/** A host's page, as far as what stands around the thread is concerned. */
export interface AroundPage {
  /** A node that was added is looked at when it is one of `painted`, or holds one of `held`. */
  readonly painted: string;
  readonly held: string;
  /** A node that was taken away is looked at when it is one of these. */
  readonly taken: string;
  /** What is shown and hidden by its style: the list stands in one of these. */
  readonly turning: string;
  /** Attributes that are painted into nodes that stand already. */
  readonly late: readonly string[];
  /** Every change of the page, whether it is looked at or not: cheap, please. */
  readonly onChange?: (record: MutationRecord) => void;
  /** Every draft that can be seen. */
  readonly drafts: (document: Document) => readonly Draft[];
}

export interface WatchAround {
  readonly page: AroundPage;
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** Aborting ends everything. */
  readonly signal: AbortSignal;
  /** Every look; the answer is whether it found anything to do. */
  readonly onLook: () => boolean;
  /** The draft that is being written, or null; once for each change. */
  readonly onDraft: (draft: Draft | null) => void;
}

export interface AroundWatch {
  /** The list is looked at again: more is known of who is in it. */
  readonly look: () => void;
}

/**
 * Follows the list of threads and the drafts, both beside the open thread and in idle time: a
 * mutation costs one test of the added nodes. Whatever goes wrong in a look stays in it.
 */
export function watchAround(options: WatchAround): AroundWatch {
  const { page, document, window, signal, onLook, onDraft } = options;
  let isAsked = false;
  let fruitless = 0;
  let draftKey = '';
  let draftRoot: Element | null = null;

  const observer = new window.MutationObserver((records) => {
    for (const record of records) if (isOurs(record)) ask();
  });
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: [...page.late],
  });
  const listen = { signal };
  window.addEventListener('hashchange', settle, listen);
  // The draft that has the focus is the one whose people are shown.
  document.addEventListener('focusin', ask, listen);
  document.addEventListener('focusout', ask, listen);
  signal.addEventListener('abort', () => observer.disconnect());
  settle();
  return { look: ask };

  function isOurs(record: MutationRecord): boolean {
    try {
      page.onChange?.(record);
      if (isAsked) return false;
      const { type, addedNodes, removedNodes } = record;
      if (type === 'attributes') return true;
      for (const node of addedNodes) if (isOrHolds(node, page.painted, page.held)) return true;
      // The host has drawn a row anew, or a recipient was taken out of a draft.
      for (const node of removedNodes) if (isElement(node) && node.matches(page.taken)) return true;
      return false;
    } catch {
      // A form's fields can stand in for its own methods. Such a node is looked at with the rest.
      return true;
    }
  }

  function settle(): void {
    fruitless = 0;
    ask();
  }

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    const isNoisy = fruitless > FRUITLESS_LOOKS;
    window.setTimeout(
      () => {
        window.requestIdleCallback(
          () => {
            isAsked = false;
            fruitless = look() ? 0 : fruitless + 1;
          },
          { timeout: 300 },
        );
      },
      isNoisy ? NOISY_PAUSE_MS : PAUSE_MS,
    );
  }

  function look(): boolean {
    if (signal.aborted) return false;
    try {
      for (const view of document.querySelectorAll(page.turning)) {
        observer.observe(view, { attributeFilter: ['style', 'class'] });
      }
      const hasMarked = onLook();
      const draft = activeDraft();
      const key = draft ? JSON.stringify([draft.subject, draft.people]) : '';
      if (key === draftKey) return hasMarked;
      draftKey = key;
      onDraft(draft);
      return true;
    } catch {
      // Nothing that a page does may become an error of ours in it.
      return false;
    }
  }

  function activeDraft(): Draft | null {
    const drafts = page.drafts(document);
    const { activeElement } = document;
    // Who goes from the draft into our panel has not left the draft.
    const isInPanel = activeElement?.localName === PANEL && draftRoot !== null;
    const draft = drafts.find(({ root }) =>
      isInPanel ? root === draftRoot : root.contains(activeElement),
    );
    draftRoot = draft?.root ?? null;
    return draft ?? null;
  }
}
