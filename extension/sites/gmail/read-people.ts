import { addressIn } from '../address.ts';
import { anyOf } from '../rules.ts';
import type { Person } from '../snapshot.ts';
import type { ThreadRules } from './selectors.ts';

type PeopleRules = Pick<ThreadRules, 'senders' | 'recipients' | 'details' | 'bodies' | 'messages'>;

/** The senders' elements in the order of the page, collapsed messages included. */
export function findSenders(root: Element, rules: PeopleRules): readonly Element[] {
  // Addresses in a message's body are its author's words, whatever they pretend to be.
  const elsewhere = anyOf([...rules.bodies, ...rules.recipients, ...rules.details]);
  return [...root.querySelectorAll(anyOf(rules.senders))].filter(
    (element) => element.closest(elsewhere) === null && addressOf(element) !== null,
  );
}

/** Each address once: senders, then recipients, then who got a copy. */
export function readPeople(
  root: Element,
  senderElements: readonly Element[],
  account: string | null,
  rules: PeopleRules,
): readonly Person[] {
  const people = new Map<string, Person>();
  const body = anyOf(rules.bodies);
  const add = (element: Element, role: Person['role']) => {
    const address = addressOf(element);
    if (address === null || people.has(address) || element.closest(body)) return;
    // Among the recipients one's own name is "me", in the language of the page.
    const name = role !== 'sender' && address === account ? '' : nameOf(element, address);
    people.set(address, { address, name, role });
  };
  for (const element of senderElements) add(element, 'sender');
  const named = readDetails(root, rules);
  for (const [element, role] of named) if (role === 'recipient') add(element, role);
  // Where the details are open, they know better than the header line who got a copy.
  const copied = new Set(
    named.map(([element, role]) => (role === 'cc' ? addressOf(element) : null)),
  );
  for (const element of root.querySelectorAll(anyOf(rules.recipients))) {
    if (!copied.has(addressOf(element))) add(element, 'recipient');
  }
  for (const [element, role] of named) add(element, role);
  return [...people.values()];
}

/**
 * The rows of "show details" by their order alone, since their labels are translated: after the
 * sender's the first row that names somebody of the header line is "to", what follows is "cc" and
 * "bcc", and a row between them is "reply-to".
 */
function readDetails(root: Element, rules: PeopleRules): [Element, Person['role']][] {
  const found: [Element, Person['role']][] = [];
  const tables = new Map<Element, Element[][]>();
  for (const row of root.querySelectorAll(anyOf(rules.details))) {
    const table = row.closest('table');
    const people = [...row.querySelectorAll('[email]')];
    if (table && people.length > 0) tables.set(table, [...(tables.get(table) ?? []), people]);
  }
  for (const [table, [, ...rows]] of tables) {
    const message = table.closest(anyOf(rules.messages)) ?? root;
    const header = new Set([...message.querySelectorAll(anyOf(rules.recipients))].map(addressOf));
    const first = rows.findIndex((people) => people.some((one) => header.has(addressOf(one))));
    rows.forEach((people, index) => {
      const role = index < first ? 'mentioned' : index === Math.max(0, first) ? 'recipient' : 'cc';
      for (const element of people) found.push([element, role]);
    });
  }
  return found;
}

export const addressOf = (element: Element): string | null =>
  addressIn(element.getAttribute('email') || element.getAttribute('data-hovercard-id'));

/** Where a sender gave no name, Gmail repeats the address: that is no name. */
export function nameOf(element: Element, address: string): string {
  const name = (element.getAttribute('name') ?? element.textContent).trim();
  return name.toLowerCase() === address ? '' : name;
}
