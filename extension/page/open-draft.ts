import { browser } from 'wxt/browser';
import type { DraftFields } from '../sites/draft.ts';
import { draftAddress } from '../sites/draft-address.ts';
import type { OpenThread } from '../sites/snapshot.ts';
import { lastMailbox } from './last-mailbox.ts';

/** In the mailbox of the thread beside which it is asked for, else in the one that was opened last. */
export async function openDraft(thread: OpenThread | null, draft: DraftFields): Promise<void> {
  const beside = thread?.threadUrl;
  const mailbox = beside ? new URL(beside) : await lastMailbox(browser.storage.local);
  await browser.tabs.create({ url: draftAddress(mailbox, thread?.account ?? null, draft) });
}
