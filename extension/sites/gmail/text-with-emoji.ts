import { isElement } from '../dom.ts';
import type { AttributeRule } from '../rules.ts';

/** Gmail draws an emoji in a subject as a picture, with the letter in an attribute. */
export const textWithEmoji = (element: Element, emoji: readonly AttributeRule[]): string =>
  collect(element, emoji).replace(/\s+/g, ' ').trim();

function collect(element: Element, emoji: readonly AttributeRule[]): string {
  let text = '';
  for (const node of element.childNodes) {
    if (!isElement(node)) {
      text += node.nodeType === node.TEXT_NODE ? (node.nodeValue ?? '') : '';
      continue;
    }
    const picture = emoji.find(({ selector }) => node.matches(selector));
    text += picture ? (node.getAttribute(picture.attribute) ?? '') : collect(node, emoji);
  }
  return text;
}
