/** By type, not by class: a node may come from another window than this script. */
export const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE;

/** A document without a window (parsed, never shown) knows only what is written in it. */
export function isShown(element: Element): boolean {
  if (element.ownerDocument.defaultView) return element.checkVisibility();
  return element.closest('[hidden], [style*="display: none"], [style*="display:none"]') === null;
}
