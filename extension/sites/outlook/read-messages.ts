import { anyOf } from '../rules.ts';
import type { Snapshot } from '../snapshot.ts';
import { plainText } from './read-persona.ts';
import type { ThreadRules } from './selectors.ts';

export interface ReadMessages {
  readonly ids: readonly string[];
  readonly last: NonNullable<Snapshot['lastMessage']>;
  readonly via: string;
}

/** What tells the messages of one thread apart. */
export interface ThreadOfMessages {
  readonly root: Element;
  readonly senders: readonly Element[];
  readonly addressOf: (sender: Element) => string | null;
  readonly threadId: string | null;
  /** The one message's own id, where a page shows one message only. */
  readonly itemId: string | null;
}

/**
 * The messages shown in full, and of the last of them what one click would log. The ids that Outlook
 * prints are new each time; what stays is the thread and the moment at which a message was sent.
 */
export function readMessages(
  thread: ThreadOfMessages,
  rules: Pick<ThreadRules, 'dates' | 'bodies' | 'composers'>,
): ReadMessages {
  const { root, senders, addressOf } = thread;
  const messages = senders.map((sender) => ({ sender, scope: scopeOf(sender, senders, root) }));
  const shown = messages.filter(({ scope }) => holdsBody(scope, rules));
  const last = shown.at(-1) ?? messages.at(-1);
  const dateOf = (scope: Element): string | null => readDate(scope, rules)?.text ?? null;
  const dateText = last ? dateOf(last.scope) : null;
  return {
    ids: shown.flatMap(({ scope }) => idOf(thread, dateOf(scope)) ?? []),
    last: {
      id: shown.length > 0 ? idOf(thread, dateText) : null,
      from: last ? addressOf(last.sender) : null,
      dateText,
    },
    via: (last && readDate(last.scope, rules)?.via) ?? 'none',
  };
}

function idOf({ threadId, itemId }: ThreadOfMessages, dateText: string | null): string | null {
  if (itemId !== null) return itemId;
  return threadId === null || dateText === null ? null : `${threadId} ${dateText}`;
}

/** All around a sender that is no other sender's. */
function scopeOf(sender: Element, senders: readonly Element[], root: Element): Element {
  let scope = sender;
  while (scope !== root) {
    const around = scope.parentElement;
    if (!around || senders.some((other) => other !== sender && around.contains(other))) break;
    scope = around;
  }
  return scope;
}

const holdsBody = (
  scope: Element,
  { bodies, composers }: Pick<ThreadRules, 'bodies' | 'composers'>,
): boolean =>
  [...scope.querySelectorAll(anyOf(bodies))].some((body) => !body.closest(anyOf(composers)));

function readDate(
  scope: Element,
  { dates, bodies }: Pick<ThreadRules, 'dates' | 'bodies'>,
): { readonly text: string; readonly via: string } | null {
  for (const { selector, name } of dates) {
    for (const element of scope.querySelectorAll(selector)) {
      const text = plainText(element.textContent);
      if (text !== '' && element.closest(anyOf(bodies)) === null) return { text, via: name };
    }
  }
  return null;
}
