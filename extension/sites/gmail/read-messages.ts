import { anyOf } from '../rules.ts';
import type { Snapshot } from '../snapshot.ts';
import { addressOf } from './read-people.ts';
import type { ThreadRules } from './selectors.ts';

export interface ReadMessages {
  readonly ids: readonly string[];
  readonly last: Snapshot['lastMessage'];
  readonly via: string;
}

/** The messages shown in full, and of the last of them what one click would log. */
export function readLastMessage(
  root: Element,
  senderElements: readonly Element[],
  rules: ThreadRules,
): ReadMessages {
  const passedOver = anyOf([...rules.collapsed, ...rules.bodies]);
  for (const { selector, name } of rules.messages) {
    const shown = [...root.querySelectorAll(selector)].filter((e) => !e.closest(passedOver));
    const last = shown.at(-1);
    if (!last) continue;
    const ids = shown.map((element) => messageId(element, rules)).filter((id) => id !== null);
    const sender = senderElements.find((element) => last.contains(element));
    return { ids, last: describe(last, sender, messageId(last, rules), rules), via: name };
  }
  return { ids: [], last: describe(root, senderElements.at(-1), null, rules), via: 'none' };
}

function describe(
  scope: Element,
  sender: Element | undefined,
  id: string | null,
  { dates, bodies }: ThreadRules,
): Snapshot['lastMessage'] {
  const found = dates.flatMap(({ selector, attribute }) =>
    [...scope.querySelectorAll(selector)]
      .filter((element) => !element.closest(anyOf(bodies)))
      .map((element) => element.getAttribute(attribute)),
  );
  return { id, from: sender ? addressOf(sender) : null, dateText: found.at(-1) ?? null };
}

/** Ids that begin with `#` are valid ones. */
function messageId(element: Element, { messageIds }: ThreadRules): string | null {
  for (const { attribute } of messageIds) {
    const id = element.getAttribute(attribute)?.replace(/^#/, '') ?? '';
    if (id !== '' && id !== 'undefined') return id;
  }
  return null;
}
