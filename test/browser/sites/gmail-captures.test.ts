import { expect, test } from 'vitest';
import { readGmail } from '../../../extension/sites/gmail/read-gmail.ts';
import { capture } from './captures.ts';
import { fixture, openPage } from './gmail-frame.ts';

const URL_OF_THREAD = 'https://mail.google.com/mail/u/0/#inbox/thread-f:1234567890';

const withoutCaptures = 'the captures do not stand beside the project';

test('the captured thread of 2026 is read', async ({ skip }) => {
  const html = capture('gmail-thread-2026') ?? skip(withoutCaptures);
  const state = readGmail((await openPage(html)).document, URL_OF_THREAD);
  if (state.kind !== 'thread') throw new Error(state.kind);
  const { snapshot } = state;
  expect(snapshot).toMatchObject({
    account: 'jane@example.com',
    threadId: 'abc123',
    subject: 'Project kickoff — questions before we start',
    lastMessage: { id: 'msg-f:1000000000006', from: 'jane@example.com' },
  });
  expect(snapshot.messageIds).toHaveLength(6);
  expect(snapshot.people).toEqual([
    { address: 'alex@example.com', name: 'Alex Rivera', role: 'sender' },
    { address: 'jane@example.com', name: 'Jane Doe', role: 'sender' },
  ]);
});

test('the captured message of August 2025 is read inside a thread of ours', async ({ skip }) => {
  const html = capture('message-expanded-en-GB') ?? skip(withoutCaptures);
  const { document } = await openPage(fixture('thread-en'));
  const messages = document.querySelectorAll('.adn.ads');
  const captured = new DOMParser().parseFromString(html, 'text/html').body;
  messages[0]?.parentElement?.remove();
  messages[1]?.replaceChildren(...captured.childNodes);
  const state = readGmail(document, URL_OF_THREAD);
  if (state.kind !== 'thread') throw new Error(state.kind);
  expect(state.snapshot.people).toEqual([
    { address: 'sender.name@example.com', name: 'Sender Name', role: 'sender' },
    { address: 'team-2026@example.org', name: 'team2026', role: 'recipient' },
  ]);
  expect(state.snapshot.lastMessage).toMatchObject({
    from: 'sender.name@example.com',
    dateText: '20 Aug 2025, 13:19',
  });
});
