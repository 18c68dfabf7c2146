import type { Person, Snapshot } from '../snapshot.ts';
import { threadAddress } from './addresses.ts';
import { isShown } from './find-thread.ts';
import { addressIn, nameOf } from './read-people.ts';
import { aroundRules, anyOf, type AroundRules } from './selectors.ts';
import { textWithEmoji } from './text-with-emoji.ts';

/** A line of the inbox, of a search, of any list of threads. */
export interface ListRow {
  readonly element: Element;
  /** The cell that names the people: a mark goes before them. */
  readonly cell: Element;
  /** Each once, in the order of the page. Includes the account's own. */
  readonly addresses: readonly string[];
}

export interface ReadList {
  readonly rows: readonly ListRow[];
  readonly via: string;
}

/** The rows that can be seen, advertisements left out. Changes nothing. */
export function readRows(document: Document, rules = aroundRules): ReadList {
  const advertisement = anyOf(rules.advertisements);
  for (const { selector, name } of rules.rows) {
    const rows: ListRow[] = [];
    for (const view of document.querySelectorAll(anyOf(rules.views))) {
      if (!isShown(view)) continue;
      for (const element of view.querySelectorAll(selector)) {
        const row = element.querySelector(advertisement) ? null : readRow(element, rules);
        if (row) rows.push(row);
      }
    }
    if (rows.length > 0) return { rows, via: name };
  }
  return { rows: [], via: 'none' };
}

function readRow(element: Element, rules: AroundRules): ListRow | null {
  for (const { selector, attribute } of rules.rowPeople) {
    const addresses = new Set<string>();
    let cell: Element | null = null;
    for (const person of element.querySelectorAll(selector)) {
      const address = addressIn(person.getAttribute(attribute));
      if (address === null) continue;
      cell ??= person.closest('td');
      addresses.add(address);
    }
    if (cell) return { element, cell, addresses: [...addresses] };
  }
  return null;
}

/** What one row says of its thread, for the card beside it. */
export function snapshotOfRow(
  { element }: ListRow,
  url: string,
  account: string | null,
  rules = aroundRules,
): Snapshot {
  const people = new Map<string, Person>();
  for (const { selector, attribute } of rules.rowPeople) {
    for (const person of element.querySelectorAll(selector)) {
      const address = addressIn(person.getAttribute(attribute));
      if (address === null || people.has(address)) continue;
      // One's own name is "me" here, in the language of the page.
      const name = address === account ? '' : nameOf(person, address);
      people.set(address, { address, name, role: 'sender' });
    }
    if (people.size > 0) break;
  }
  const thread = rules.rowThreads.flatMap(({ selector, attribute, name }) => {
    const found = element.querySelector(selector);
    const id = found?.getAttribute(attribute)?.toLowerCase() ?? '';
    return found && /^[\da-f]+$/.test(id) ? [{ found, id, name }] : [];
  })[0];
  return {
    host: 'gmail',
    account,
    layout: 'list',
    threadId: thread?.id ?? null,
    threadUrl: thread ? threadAddress(new URL(url), account, thread.id) : null,
    subject: thread ? textWithEmoji(thread.found, rules.emoji) : '',
    lastMessage: null,
    people: [...people.values()],
    confidence: account === null ? 'low' : 'high',
    via: { threadId: thread?.name ?? 'none' },
  };
}
