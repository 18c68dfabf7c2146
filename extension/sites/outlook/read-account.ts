import { nameKey, plainText } from './read-persona.ts';
import { OWNER_IN_TITLE, SELECTED_FOLDER, type ThreadRules } from './selectors.ts';

export interface FoundAccount {
  readonly address: string | null;
  /** The owner's name for comparing, which the page prints in place of the address; or empty. */
  readonly ownKey: string;
  readonly via: string;
}

type AccountRules = Pick<ThreadRules, 'mailboxes' | 'accounts'>;

/** Whose mailbox the page shows. Among several the one whose folder is open. */
export function readAccount(document: Document, rules: AccountRules): FoundAccount {
  const owner = plainText(OWNER_IN_TITLE.exec(plainText(document.title))?.[1] ?? '');
  const ownKey = owner.includes('@') ? '' : nameKey(owner);
  for (const { selector, attribute, name } of rules.mailboxes) {
    const mailbox = shownAmong(document, [...document.querySelectorAll(selector)]);
    const address = plainText(mailbox?.getAttribute(attribute) ?? '');
    if (isAddress(address)) return { address: address.toLowerCase(), ownKey, via: name };
  }
  for (const { selector, name } of rules.accounts) {
    const address = plainText(document.querySelector(selector)?.textContent ?? '');
    if (isAddress(address)) return { address: address.toLowerCase(), ownKey, via: name };
  }
  if (isAddress(owner)) return { address: owner.toLowerCase(), ownKey, via: '~title' };
  return { address: null, ownKey, via: 'none' };
}

/** Each mailbox stands before its folders. Without a folder that is open several say nothing. */
function shownAmong(document: Document, mailboxes: readonly Element[]): Element | null {
  if (mailboxes.length <= 1) return mailboxes[0] ?? null;
  const folder = document.querySelector(SELECTED_FOLDER);
  if (!folder) return null;
  const isBefore = (mailbox: Element): boolean =>
    mailbox === folder ||
    (mailbox.compareDocumentPosition(folder) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return mailboxes.findLast(isBefore) ?? null;
}

const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);
