import { isShown } from '../dom.ts';
import { anyOf } from '../rules.ts';
import type { LayoutRule, ThreadRules } from './selectors.ts';

export interface FoundThread {
  readonly root: Element;
  readonly layout: LayoutRule;
}

type PaneRules = Pick<ThreadRules, 'panes' | 'layouts' | 'bodies' | 'composers'>;

/** The pane that mail is read in; the first rule that finds one that is shown. */
export function findPane(document: Document, { panes }: PaneRules): Element | null {
  for (const { selector } of panes) {
    for (const pane of document.querySelectorAll(selector)) if (isShown(pane)) return pane;
  }
  return null;
}

/** A window of its own may do without the pane. */
export function findThread(
  scope: Element,
  mayGuess: boolean,
  { layouts, bodies, composers }: PaneRules,
): FoundThread | null {
  const elsewhere = anyOf([...bodies, ...composers]);
  for (const layout of layouts) {
    if (layout.isGuess && !mayGuess) continue;
    if (layout.selector.startsWith(':scope')) {
      if (scope.matches(layout.selector)) return { root: scope, layout };
      continue;
    }
    for (const root of scope.querySelectorAll(layout.selector)) {
      if (isShown(root) && root.closest(elsewhere) === null) return { root, layout };
    }
  }
  return null;
}
