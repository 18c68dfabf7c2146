import { findSenders } from './read-people.ts';
import { COMPOSER, EDITOR, messages, QUOTED, senders } from './selectors.ts';

/** Words that the user has picked out, or is writing. */
export interface PickedWords {
  readonly text: string;
  /** Who wrote them; null where the page does not say. */
  readonly author: 'us' | 'them' | null;
}

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
  const editors = [...document.querySelectorAll(EDITOR)];
  const editor = editors.find((each) => each.contains(document.activeElement)) ?? editors.at(-1);
  const text = editor ? ownText(editor).trim() : '';
  return text === '' ? null : { text: text.slice(0, MAX_LENGTH), author: 'us' };
}

function authorOf(element: Element | null, account: string | null): PickedWords['author'] {
  if (element?.closest(`${EDITOR}, ${COMPOSER}`)) return 'us';
  const message = element?.closest(messages.map(({ selector }) => selector).join(', '));
  const sender = message ? findSenders(message)[0] : undefined;
  const address = sender?.getAttribute('email') ?? sender?.getAttribute('data-hovercard-id');
  if (!address || account === null || senders.length === 0) return null;
  return address.toLowerCase() === account.toLowerCase() ? 'us' : 'them';
}

/** A text node has no `closest`. */
const elementOf = (node: Node | null): Element | null =>
  node?.nodeType === Node.ELEMENT_NODE ? (node as Element) : (node?.parentElement ?? null);

/** As `innerText` gives it, but for the quotations: blocks and breaks are new lines. */
function ownText(editor: Element): string {
  let text = '';
  for (const node of editor.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.nodeValue ?? '';
    else if (node instanceof Element && !node.matches(QUOTED)) {
      const isBreak = node.matches('br, div, p, li');
      text += `${isBreak ? '\n' : ''}${ownText(node)}`;
    }
  }
  return text;
}
