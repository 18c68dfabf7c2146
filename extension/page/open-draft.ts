import { browser } from 'wxt/browser';
import { draftAddress, type DraftFields } from '../sites/gmail/addresses.ts';
import type { OpenThread } from '../sites/snapshot.ts';
import { GMAIL_URL } from './open.ts';

/** In the mailbox of the thread beside which it is asked for, else in the browser's first one. */
export async function openDraft(thread: OpenThread | null, draft: DraftFields): Promise<void> {
  const beside = new URL(thread?.threadUrl ?? GMAIL_URL);
  await browser.tabs.create({ url: draftAddress(beside, thread?.account ?? null, draft) });
}
