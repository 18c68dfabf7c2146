import { addressIn } from '../address.ts';
import { holds, isShown } from '../dom.ts';
import { anyOf } from '../rules.ts';
import type { Person, Snapshot } from '../snapshot.ts';
import { threadAddress } from './addresses.ts';
import { findId } from './find-id.ts';
import { nameOf } from './read-people.ts';
import { aroundRules, type AroundRules } from './selectors.ts';
import { textWithEmoji } from './text-with-emoji.ts';

/** A line of the inbox, of a search, of any list of threads. */
export interface ListRow {
  readonly element: HTMLElement;
  /** The cell that names the people: a mark goes before them. */
  readonly cell: Element;
  /** Each once, in the order of the page. Includes the account's own. */
  readonly addresses: readonly string[];
  /** Which rule found the people. */
  readonly rule: string;
}

export interface ReadList {
  readonly rows: readonly ListRow[];
  /** Which rules answered, by question; empty where there is no list. */
  readonly via: Readonly<Record<string, string>>;
}

/**
 * The rows that can be seen, advertisements left out. Changes nothing in the page.
 *
 * @param known rows as they were read, each until something in it has changed
 * @param views where they were found already
 */
export function readRows(
  document: Document,
  rules = aroundRules,
  known?: WeakMap<Element, ListRow>,
  views: Iterable<Element> = document.querySelectorAll(anyOf(rules.views)),
): ReadList {
  const rows: ListRow[] = [];
  for (const view of views) {
    if (!isShown(view)) continue;
    const hasAdvertisements = holds(view, anyOf(rules.advertisements));
    for (const element of view.querySelectorAll<HTMLElement>(anyOf(rules.rows))) {
      const row = known?.get(element) ?? readRow(element, rules, hasAdvertisements);
      if (!row) continue;
      known?.set(element, row);
      rows.push(row);
    }
  }
  const last = rows.at(-1);
  return { rows, via: last ? { people: last.rule } : {} };
}

function readRow(element: HTMLElement, rules: AroundRules, mayAdvertise: boolean): ListRow | null {
  if (mayAdvertise && holds(element, anyOf(rules.advertisements))) return null;
  const { people, rule } = peopleOf(element, rules);
  const [first] = people.values();
  const cell = first?.closest('td');
  return cell ? { element, cell, addresses: [...people.keys()], rule } : null;
}

/** The first element of each address in a row. */
export function peopleOf(
  element: Element,
  rules = aroundRules,
): { readonly people: ReadonlyMap<string, Element>; readonly rule: string } {
  const people = new Map<string, Element>();
  for (const { selector, attribute, name } of rules.rowPeople) {
    for (const person of element.querySelectorAll(selector)) {
      const printed = person.getAttribute(attribute) ?? '';
      if (people.has(printed)) continue;
      const address = addressIn(printed);
      if (address !== null && !people.has(address)) people.set(address, person);
    }
    if (people.size > 0) return { people, rule: name };
  }
  return { people, rule: 'none' };
}

/** What one row says of its thread, for the card beside it. */
export function snapshotOfRow(
  element: Element,
  url: string,
  account: string | null,
  rules = aroundRules,
): Snapshot {
  const thread = findId(element, rules.rowThreads);
  return {
    host: 'gmail',
    account,
    layout: 'list',
    threadId: thread?.id ?? null,
    threadUrl: thread ? threadAddress(new URL(url), account, thread.id) : null,
    subject: thread ? textWithEmoji(thread.element, rules.emoji) : '',
    lastMessage: null,
    people: [...peopleOf(element, rules).people].map(([address, person]): Person => ({
      address,
      // One's own name is "me" here, in the language of the page.
      name: address === account ? '' : nameOf(person, address),
      role: 'sender',
    })),
    confidence: account === null ? 'low' : 'high',
    via: { threadId: thread?.rule.name ?? 'none' },
  };
}
