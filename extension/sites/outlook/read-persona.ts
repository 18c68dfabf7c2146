import type { WrittenRule } from './selectors.ts';

export interface Persona {
  /** As the page prints it; empty where it prints the address only. */
  readonly name: string;
  /** Lower case; null where the page gives the name alone. */
  readonly address: string | null;
  /** Which rule gave the address. */
  readonly via: string;
}

/** Marks that turn the direction of a line, which stand around names where two directions meet. */
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
/** The address that ends a label, after whatever the language of the page puts before it. */
const NAME_AND_ADDRESS = /^(.*?)\s*<([^\s<>@]+@[^\s<>@]+)>$/;
const LAST_ADDRESS = /(?:^|[\s:：(<])([^\s<>@():：;]+@[^\s<>@():：;]+)[>)]*$/;

/** One line without marks of direction, and without the semicolon between two people. */
export const plainText = (text: string | null): string =>
  (text ?? '').replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim().replace(/\s*;$/, '');

/** For comparing: the same name is often written in another case. */
export const nameKey = (name: string): string => plainText(name).normalize('NFC').toLowerCase();

/**
 * Who an element names: `Otto Brandt<otto@brandt.example>`, the name alone with the address in a
 * title or a label, or the name and nothing else.
 */
export function readPersona(element: Element, written: readonly WrittenRule[]): Persona {
  const printed = NAME_AND_ADDRESS.exec(plainText(element.textContent));
  const name = printed?.[1] ?? plainText(element.textContent);
  for (const { selector, attribute, name: via } of written) {
    const holder = element.matches(selector) ? element : element.querySelector(selector);
    if (!holder) continue;
    const text = attribute === null ? holder.textContent : holder.getAttribute(attribute);
    const address = LAST_ADDRESS.exec(plainText(text))?.[1]?.toLowerCase();
    if (address === undefined) continue;
    return { name: isAddressOnly(name, address) ? '' : name, address, via };
  }
  return { name, address: null, via: 'name-only' };
}

const isAddressOnly = (name: string, address: string): boolean => nameKey(name).endsWith(address);
