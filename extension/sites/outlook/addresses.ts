import type { DraftFields } from '../draft.ts';

/** `outlook.live.com` counts the accounts in its path; the others have none there. */
function mailbox(pageUrl: URL): string {
  const number = /^\/mail\/(\d+)\//.exec(pageUrl.pathname)?.[1];
  return `${pageUrl.origin}/mail/${number === undefined ? '' : `${number}/`}`;
}

/** Without the folder, so that a thread is found wherever it is filed. */
export const threadAddress = (pageUrl: URL, threadId: string): string =>
  `${mailbox(pageUrl)}id/${encodeURIComponent(threadId)}`;

/**
 * Opens Outlook's own editor with a new draft. As one `mailto:` address, because a plus sign in a
 * plain `to=` becomes a space there.
 */
export function draftAddress(pageUrl: URL, { to, subject, body }: DraftFields): string {
  const people = to.map(encodeURIComponent).join(',');
  const draft = `mailto:${people}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  return `${mailbox(pageUrl)}deeplink/compose?mailtouri=${encodeURIComponent(draft)}`;
}
