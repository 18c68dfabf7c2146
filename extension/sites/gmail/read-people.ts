import type { Person } from '../snapshot.ts';
import { BODY, RECIPIENTS, senders } from './selectors.ts';

const ANY_SENDER = senders.map(({ selector }) => selector).join(', ');

/** Addresses in a message's body are its author's words, whatever they pretend to be. */
const isOutsideBody = (element: Element): boolean => element.closest(BODY) === null;

/** The senders' elements in the order of the page, collapsed messages included. */
export const findSenders = (root: Element): readonly Element[] =>
  [...root.querySelectorAll(ANY_SENDER)].filter(
    (element) =>
      isOutsideBody(element) && element.closest(RECIPIENTS) === null && addressOf(element) !== null,
  );

/** Each address once, senders first. */
export function readPeople(
  root: Element,
  senderElements: readonly Element[],
  account: string | null,
): readonly Person[] {
  const people = new Map<string, Person>();
  const add = (element: Element, role: Person['role']) => {
    const address = addressOf(element);
    if (address === null || people.has(address)) return;
    // Among the recipients one's own name is "me", in the language of the page.
    const name = role === 'recipient' && address === account ? '' : nameOf(element, address);
    people.set(address, { address, name, role });
  };
  for (const element of senderElements) add(element, 'sender');
  for (const element of root.querySelectorAll(RECIPIENTS)) {
    if (isOutsideBody(element)) add(element, 'recipient');
  }
  return [...people.values()];
}

export function addressOf(element: Element): string | null {
  const address = element.getAttribute('email') || element.getAttribute('data-hovercard-id');
  const trimmed = address?.trim().toLowerCase() ?? '';
  return /^[^\s@]+@[^\s@]+$/.test(trimmed) ? trimmed : null;
}

/** Where a sender gave no name, Gmail repeats the address: that is no name. */
function nameOf(element: Element, address: string): string {
  const name = (element.getAttribute('name') ?? element.textContent).trim();
  return name.toLowerCase() === address ? '' : name;
}
