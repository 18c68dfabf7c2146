import { holds, isShown } from '../dom.ts';
import { anyOf } from '../rules.ts';
import { THREAD_PARTS, type LayoutRule, type ThreadRules } from './selectors.ts';

export interface FoundThread {
  readonly root: Element;
  readonly layout: LayoutRule;
}

export const findViews = (document: Document, { views }: Pick<ThreadRules, 'views'>): Element[] => [
  ...document.querySelectorAll(anyOf(views)),
];

/** Gmail keeps the views that were left in the document, hidden: the shown one counts. */
export function findView(
  document: Document,
  views: readonly Element[],
  { layouts }: Pick<ThreadRules, 'layouts'>,
): Element | null {
  for (const view of views) if (isShown(view)) return view;
  // A pop-out may do without the landmark.
  const isPopOut = layouts.some(({ body }) => body !== undefined && document.body?.matches(body));
  return isPopOut ? document.body : null;
}

export function findThread(
  document: Document,
  view: Element,
  { layouts }: Pick<ThreadRules, 'layouts'>,
): FoundThread | null {
  if (!holds(view, THREAD_PARTS)) return null;
  for (const layout of layouts) {
    if (layout.body !== undefined && !document.body.matches(layout.body)) continue;
    if (layout.selector.startsWith(':scope')) {
      if (view.matches(layout.selector)) return { root: view, layout };
      continue;
    }
    for (const root of view.querySelectorAll(layout.selector)) {
      if (isShown(root)) return { root, layout };
    }
  }
  return null;
}
