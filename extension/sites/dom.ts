/** By type, not by class: a node may come from another window than this script. */
export const isElement = (target: EventTarget | null): target is Element =>
  target !== null && 'nodeType' in target && target.nodeType === ELEMENT_NODE;

const ELEMENT_NODE = 1;

/**
 * Whether it holds one of these. Asked one by one, since a browser looks a single class up and walks
 * the whole tree for a list; so none of them may have a comma of its own.
 */
export const holds = (root: ParentNode, selectors: string): boolean =>
  selectors.split(', ').some((each) => root.querySelector(each) !== null);

/** `held` for what is in it, where that is not the same. */
export const isOrHolds = (node: Node, selector: string, held = selector): boolean =>
  isElement(node) &&
  (node.matches(selector) || (node.firstElementChild !== null && holds(node, held)));

/** A document without a window (parsed, never shown) knows only what is written in it. */
export function isShown(element: Element): boolean {
  if (element.ownerDocument.defaultView) return element.checkVisibility();
  return element.closest('[hidden], [style*="display: none"], [style*="display:none"]') === null;
}

/** Which way the page runs, whatever its language: `ltr` or `rtl`. */
export const directionOf = (document: Document): 'ltr' | 'rtl' =>
  getComputedStyle(document.body).direction as 'ltr' | 'rtl';
