import { anyOf } from '../rules.ts';
import { aroundRules, PICKED, threadRules } from './selectors.ts';

/** Words that the user has picked out, or is writing. */
export interface PickedWords {
  readonly text: string;
  /** Who wrote them; null where the page does not say. */
  readonly author: 'us' | 'them' | null;
}

const COMPOSER = anyOf(aroundRules.composers);
/** More than anyone selects. */
const MAX_LENGTH = 20_000;

/**
 * The selected text, else what stands in the open composer. Read only when the user asks for it. In
 * a composer's own text, what it quotes of earlier messages is left out.
 */
export function readWords(document: Document, account: string | null): PickedWords | null {
  const selection = document.getSelection();
  const selected = selection?.toString().trim() ?? '';
  if (selected !== '') {
    const author = authorOf(elementOf(selection?.anchorNode ?? null), account);
    return { text: selected.slice(0, MAX_LENGTH), author };
  }
  const composers = [...document.querySelectorAll(COMPOSER)];
  const editors = composers.flatMap((each) => [...each.querySelectorAll(PICKED.editor)]);
  const editor = editors.find((each) => each.contains(document.activeElement)) ?? editors.at(-1);
  const text = editor ? ownText(editor).trim() : '';
  return text === '' ? null : { text: text.slice(0, MAX_LENGTH), author: 'us' };
}

function authorOf(element: Element | null, account: string | null): PickedWords['author'] {
  if (element?.closest(COMPOSER)) return 'us';
  const message = element?.closest(anyOf(threadRules.messages));
  const senders = [...(message?.querySelectorAll(anyOf(threadRules.senders)) ?? [])];
  // An address in a body is its writer's word, whatever it pretends to be.
  const sender = senders.find((each) => each.closest(anyOf(threadRules.bodies)) === null);
  const address = sender?.getAttribute('email') || sender?.getAttribute('data-hovercard-id');
  if (!address || account === null) return null;
  return address.trim().toLowerCase() === account.toLowerCase() ? 'us' : 'them';
}

/** A text node has no `closest`. By type, not by class: the node comes from another world's window. */
const elementOf = (node: Node | null): Element | null =>
  node && isElement(node) ? node : (node?.parentElement ?? null);

const isElement = (node: Node): node is Element => node.nodeType === node.ELEMENT_NODE;

/** As it is read, but for the quotations: blocks and breaks are new lines. */
function ownText(editor: Element): string {
  let text = '';
  for (const node of editor.childNodes) {
    if (node.nodeType === node.TEXT_NODE) text += node.nodeValue ?? '';
    else if (isElement(node) && !node.matches(PICKED.quotation)) {
      text += `${node.matches('br, div, p, li') ? '\n' : ''}${ownText(node)}`;
    }
  }
  return text;
}
