/**
 * A page can name its forms, their fields and its images so that they stand in for a document's or
 * a form's own methods (`<img name="title">`). Asked of the prototypes, which in our world are ours
 * alone, the browser answers as it should.
 */
export const findAll = (root: Document | Element, selector: string): readonly Element[] => [
  ...(isDocument(root)
    ? Document.prototype.querySelectorAll.call(root, selector)
    : Element.prototype.querySelectorAll.call(root, selector)),
];

export const findFirst = (root: Document | Element, selector: string): Element | null =>
  isDocument(root)
    ? Document.prototype.querySelector.call(root, selector)
    : Element.prototype.querySelector.call(root, selector);

export const closestOf = (element: Element, selector: string): Element | null =>
  Element.prototype.closest.call(element, selector);

export const attributeOf = (element: Element, name: string): string | null =>
  Element.prototype.getAttribute.call(element, name);

export const isVisible = (element: Element): boolean =>
  Element.prototype.checkVisibility.call(element);

export const textOf = (element: Element): string =>
  asText(own(Node.prototype, 'textContent', element));

export const titleOf = (document: Document): string =>
  asText(own(Document.prototype, 'title', document));

export const isHidden = (document: Document): boolean =>
  own(Document.prototype, 'hidden', document) === true;

export const listenTo = (
  document: Document,
  event: string,
  listener: () => void,
  signal: AbortSignal,
): void => EventTarget.prototype.addEventListener.call(document, event, listener, { signal });

/** Of text that the user has selected, no more than anybody would select to show an address. */
export const selectionOf = (document: Document, maxLetters: number): string => {
  const selection = Document.prototype.getSelection.call(document);
  return selection && !selection.isCollapsed ? selection.toString().slice(0, maxLetters) : '';
};

const isDocument = (root: Document | Element): root is Document =>
  own(Node.prototype, 'nodeType', root) === Node.DOCUMENT_NODE;

/** The value of a node's property, from the getter of the prototype that has it. */
const own = (prototype: object, name: string, node: Node): unknown =>
  Object.getOwnPropertyDescriptor(prototype, name)?.get?.call(node);

const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : '').replaceAll(/\s+/g, ' ').trim();
