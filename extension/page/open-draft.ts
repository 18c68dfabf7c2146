import { browser } from 'wxt/browser';
import type { DraftFields } from '../sites/draft.ts';
import * as gmail from '../sites/gmail/addresses.ts';
import * as outlook from '../sites/outlook/addresses.ts';
import type { OpenThread } from '../sites/snapshot.ts';
import { GMAIL_URL } from './open.ts';

/** In the mailbox of the thread beside which it is asked for, else in the browser's first one. */
export async function openDraft(thread: OpenThread | null, draft: DraftFields): Promise<void> {
  const beside = new URL(thread?.threadUrl ?? GMAIL_URL);
  const url =
    thread?.host === 'outlook'
      ? outlook.draftAddress(beside, draft)
      : gmail.draftAddress(beside, thread?.account ?? null, draft);
  await browser.tabs.create({ url });
}
