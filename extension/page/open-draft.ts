import { browser } from 'wxt/browser';
import type { DraftFields } from '../sites/draft.ts';
import { draftAddress } from '../sites/draft-address.ts';
import type { OpenThread } from '../sites/snapshot.ts';
import { lastMailbox } from './last-mailbox.ts';

/** In the mailbox of the thread beside which it is asked for, else in the one that was opened last. */
export async function openDraft(thread: OpenThread | null, draft: DraftFields): Promise<void> {
  // A page of another site has an address as well, and no editor.
  const email = thread?.host === 'gmail' || thread?.host === 'outlook' ? thread : null;
  const mailbox = email?.threadUrl
    ? new URL(email.threadUrl)
    : await lastMailbox(browser.storage.local);
  await browser.tabs.create({ url: draftAddress(mailbox, email?.account ?? null, draft) });
}
