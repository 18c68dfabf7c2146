/** By type, not by class: a node may come from another window than this script. */
export const isElement = (target: EventTarget | null): target is Element =>
  target !== null && 'nodeType' in target && target.nodeType === ELEMENT_NODE;

const ELEMENT_NODE = 1;

/** `held` for what is in it, where that is not the same. */
export const isOrHolds = (node: Node, selector: string, held = selector): boolean =>
  isElement(node) &&
  (node.matches(selector) ||
    (node.firstElementChild !== null && node.querySelector(held) !== null));

/** A document without a window (parsed, never shown) knows only what is written in it. */
export function isShown(element: Element): boolean {
  if (element.ownerDocument.defaultView) return element.checkVisibility();
  return element.closest('[hidden], [style*="display: none"], [style*="display:none"]') === null;
}
