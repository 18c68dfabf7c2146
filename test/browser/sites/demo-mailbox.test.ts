import { expect, test } from 'vitest';
import { readGmail } from '../../../extension/sites/gmail/read-gmail.ts';
import { DEMO_ACCOUNT, demoThreads } from '../../support/mailbox/mailbox.ts';
import type { MailboxState } from '../../support/mailbox/page/mailbox-state.ts';
import { threadView } from '../../support/mailbox/page/thread-view.ts';
import { wordsFor } from '../../support/mailbox/page/words.ts';
import { fixture, openPage } from './gmail-frame.ts';

const NOW = Date.UTC(2026, 10, 20, 12);
const threads = demoThreads(NOW, DEMO_ACCOUNT);
const noHooks = { onBack: () => {}, onArchive: () => {}, onReply: () => {} };

const stateIn = (language: string): MailboxState => ({
  data: { account: DEMO_ACCOUNT, now: NOW, threads },
  language,
  words: wordsFor(language),
  lateMs: 0,
  arrangement: {
    pane: null,
    hasConversations: true,
    isExpanded: false,
    popOutId: null,
    rows: 50,
  },
  archived: new Set(),
  read: new Set(),
});

test.each(threads.flatMap((thread) => ['en', 'he'].map((language) => ({ thread, language }))))(
  'the adapter reads the demo thread $thread.key as it was written, in $language',
  async ({ thread, language }) => {
    const { document } = await openPage(fixture('list'));
    document.title = `${thread.subject} - ${DEMO_ACCOUNT} - Gmail`;
    const view = threadView(stateIn(language), thread, noHooks);
    document.querySelector('[role=main]')?.replaceChildren(view);
    const state = readGmail(document, `http://localhost:8917/mail/u/0/#inbox/${thread.id}`);
    if (state.kind !== 'thread') throw new Error(state.kind);
    const { snapshot } = state;
    const last = thread.messages.at(-1);
    expect(snapshot).toMatchObject({
      account: DEMO_ACCOUNT,
      threadId: thread.id,
      threadUrl: `http://localhost:8917/mail/?authuser=${encodeURIComponent(DEMO_ACCOUNT)}#all/${thread.id}`,
      subject: thread.subject,
      lastMessage: { id: last?.id, from: last?.from.address },
      confidence: 'high',
    });
    const written = thread.messages.map(({ from }) => from);
    const senders = snapshot.people.filter(({ role }) => role === 'sender');
    expect(senders.map(({ address, name }) => ({ address, name }))).toEqual([
      ...new Map(written.map(({ address, name }) => [address, { address, name }])).values(),
    ]);
    const addresses = snapshot.people.map(({ address }) => address);
    for (const { address } of [...(last?.to ?? []), ...(last?.cc ?? [])]) {
      expect(addresses).toContain(address);
    }
  },
);
