import type { Snapshot } from '../snapshot.ts';
import { addressOf } from './read-people.ts';
import { BODY, COLLAPSED, DATE, MESSAGE_ID_ATTRIBUTES, messages } from './selectors.ts';

export interface ReadMessages {
  readonly ids: readonly string[];
  readonly last: Snapshot['lastMessage'];
  readonly via: string;
}

/** The messages shown in full, and of the last of them what one click would log. */
export function readLastMessage(root: Element, senderElements: readonly Element[]): ReadMessages {
  for (const { selector, name } of messages) {
    const shown = [...root.querySelectorAll(selector)].filter(
      (element) => !element.closest(COLLAPSED) && !element.closest(BODY),
    );
    const last = shown.at(-1);
    if (!last) continue;
    const ids = shown.map(messageId).filter((id) => id !== null);
    const sender = senderElements.find((element) => last.contains(element));
    return { ids, last: describe(last, sender, messageId(last)), via: name };
  }
  return { ids: [], last: describe(root, senderElements.at(-1), null), via: 'none' };
}

function describe(
  scope: Element,
  sender: Element | undefined,
  id: string | null,
): Snapshot['lastMessage'] {
  const dates = [...scope.querySelectorAll(DATE.selector)].filter((e) => !e.closest(BODY));
  return {
    id,
    from: sender ? addressOf(sender) : null,
    dateText: dates.at(-1)?.getAttribute(DATE.attribute) ?? null,
  };
}

function messageId(element: Element): string | null {
  for (const attribute of MESSAGE_ID_ATTRIBUTES) {
    const id = element.getAttribute(attribute)?.replace(/^#/, '') ?? '';
    if (id !== '' && id !== 'undefined') return id;
  }
  return null;
}
