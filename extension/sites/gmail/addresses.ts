import type { DraftFields } from '../draft.ts';

/**
 * Links into Gmail by the address of the account. `/mail/u/<n>/` counts the accounts in the order in
 * which one browser signed in to them: on another device, or tomorrow, it is another's mailbox.
 */
function mailbox(pageUrl: URL, fields: Readonly<Record<string, string | null>>): string {
  // The demo's mailbox is served on loopback.
  const isLoopback = pageUrl.hostname === 'localhost' || pageUrl.hostname === '127.0.0.1';
  // By hand: a space has to be `%20`, which `URLSearchParams` writes as a plus sign.
  const query = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const question = query.length > 0 ? `?${query.join('&')}` : '';
  return `${isLoopback ? pageUrl.origin : 'https://mail.google.com'}/mail/${question}`;
}

/** `#all` holds a thread wherever it is filed. */
export const threadAddress = (pageUrl: URL, account: string | null, threadId: string): string =>
  `${mailbox(pageUrl, { authuser: account })}#all/${threadId}`;

/** Opens Gmail's own editor with a new draft: nothing is ever typed into an editor that is open. */
export const draftAddress = (
  pageUrl: URL,
  account: string | null,
  { to, subject, body }: DraftFields,
): string =>
  mailbox(pageUrl, { authuser: account, view: 'cm', fs: '1', to: to.join(','), su: subject, body });
