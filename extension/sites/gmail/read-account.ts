import type { AccountRule } from './selectors.ts';

/** Direction marks, which stand in a title where the interface runs from right to left. */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export interface FoundAccount {
  readonly address: string | null;
  readonly via: string;
}

/** Whose mailbox the page shows. Never by its place among several accounts: that changes. */
export function readAccount(document: Document, rules: readonly AccountRule[]): FoundAccount {
  for (const { selector, attribute, pattern, name } of rules) {
    const element = document.querySelector(selector);
    const text = attribute === null ? element?.textContent : element?.getAttribute(attribute);
    const address = pattern.exec(text?.replace(DIRECTION_MARKS, '') ?? '')?.[1];
    if (address !== undefined) return { address: address.toLowerCase(), via: name };
  }
  return { address: null, via: 'none' };
}
