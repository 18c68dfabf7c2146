import { isElement, isOrHolds } from './dom.ts';
import type { Draft } from './draft.ts';
import { observe } from './observe.ts';
import { PANEL } from './own-elements.ts';

/** What is painted together is looked at together; nobody waits for a mark as for a card. */
const PAUSE_MS = 60;

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
  readonly late: string[];
  /** Every change of the page, whether it is looked at or not: cheap, please. */
  readonly onChange?: (record: MutationRecord) => void;
  /** Anything may have changed. */
  readonly onMissed?: (() => void) | undefined;
  /** Every draft that can be seen. */
  readonly drafts: (document: Document) => readonly Draft[];
}

export interface WatchAround {
  readonly page: AroundPage;
  readonly document: Document;
  readonly window: Window & typeof globalThis;
  /** Aborting ends everything. */
  readonly signal: AbortSignal;
  /** Every look; all `turning`. */
  readonly onLook: (views: Iterable<Element>) => void;
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
  let draftKey = '';
  let draftRoot: Element | null = null;

  const alsoStyleOf = observe(options, {
    attributeFilter: page.late,
    matters,
    onMatter: ask,
    onMissed: page.onMissed,
  });
  const listen = { signal };
  window.addEventListener('popstate', ask, listen);
  // The draft that has the focus is the one whose people are shown.
  document.addEventListener('focusin', ask, listen);
  document.addEventListener('focusout', ask, listen);
  ask();
  return { look: ask };

  function matters(record: MutationRecord): boolean {
    page.onChange?.(record);
    if (isAsked) return false;
    const { type, addedNodes, removedNodes } = record;
    if (type === 'attributes') return true;
    for (const node of addedNodes) if (isOrHolds(node, page.painted, page.held)) return true;
    // The host has drawn a row anew, or a recipient was taken out of a draft.
    for (const node of removedNodes) if (isElement(node) && node.matches(page.taken)) return true;
    return false;
  }

  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    window.setTimeout(() => window.requestIdleCallback(look, { timeout: 300 }), PAUSE_MS);
  }

  function look(): void {
    isAsked = false;
    if (signal.aborted) return;
    try {
      const views = document.querySelectorAll(page.turning);
      alsoStyleOf(views);
      onLook(views);
      const draft = activeDraft();
      const key = draft ? JSON.stringify([draft.subject, draft.people]) : '';
      if (key === draftKey) return;
      draftKey = key;
      onDraft(draft);
    } catch {
      // Nothing that a page does may become an error of ours in it.
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
