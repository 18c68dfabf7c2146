import { expect, test } from 'vitest';
import { readGmail } from '../../../extension/sites/gmail/read-gmail.ts';
import type { PageState, Snapshot } from '../../../extension/sites/snapshot.ts';
import { fixture, openPage } from './gmail-frame.ts';

const INBOX = 'https://mail.google.com/mail/u/0/#inbox';
const THREAD = `${INBOX}/FMfcgzQcqwRtBvKdLmNpQrStVwXzBcDf`;
const THREAD_ID = '19890c0000000001';

const read = async (name: string, url = THREAD): Promise<PageState> =>
  readGmail((await openPage(fixture(name))).document, url);

async function readThread(name: string, url = THREAD): Promise<Snapshot> {
  const state = await read(name, url);
  if (state.kind !== 'thread') throw new Error(`${name} was read as ${state.kind}`);
  return state.snapshot;
}

const senders = (snapshot: Snapshot) =>
  snapshot.people.filter(({ role }) => role === 'sender').map(({ address }) => address);

test('an open thread is read with its people, ids, subject and account', async () => {
  expect(await readThread('thread-en')).toEqual({
    host: 'gmail',
    account: 'mira@lantern-works.example',
    layout: 'thread',
    threadId: THREAD_ID,
    threadUrl: `https://mail.google.com/mail/?authuser=mira%40lantern-works.example#all/${THREAD_ID}`,
    subject: 'Drawings for the gate',
    messageIds: ['msg-f:1840000000000000001', 'msg-f:1840000000000000002'],
    lastMessage: {
      id: 'msg-f:1840000000000000002',
      from: 'mira@lantern-works.example',
      dateText: 'Nov 4, 2026, 5:40 PM',
    },
    people: [
      { address: 'otto@brandt-metall.example', name: 'Otto Brandt', role: 'sender' },
      { address: 'mira@lantern-works.example', name: 'Mira Holt', role: 'sender' },
      { address: 'ida@brandt-metall.example', name: 'Ida Brandt', role: 'recipient' },
    ],
    confidence: 'high',
    via: {
      thread: 'thread-2023',
      threadId: 'h2-legacy',
      subject: 'hP',
      sender: 'gD',
      message: 'adn-ads',
      account: 'title',
    },
  });
});

test('people in the body of a message or in a reply being written are not people of the thread', async () => {
  const addresses = (await readThread('thread-en')).people.map(({ address }) => address);
  expect(addresses.filter((address) => address.endsWith('@stranger.example'))).toEqual([]);
});

test('a German thread is read, its date stays in the words of the page', async () => {
  const snapshot = await readThread('thread-de');
  expect(snapshot.account).toBe('mira@lantern-works.example');
  expect(snapshot.subject).toBe('Zeichnungen für das Tor');
  expect(snapshot.lastMessage?.dateText).toBe('3. Nov. 2026, 09:15');
  expect(snapshot.confidence).toBe('high');
});

test("one's own name among the recipients is not taken from the page's word for 'me'", async () => {
  const own = (await readThread('thread-de')).people.find(({ address }) =>
    address.startsWith('mira@'),
  );
  expect(own).toEqual({ address: 'mira@lantern-works.example', name: '', role: 'recipient' });
});

test('a Hebrew thread in a right-to-left page is read, account and all', async () => {
  const snapshot = await readThread('thread-he');
  expect(snapshot.account).toBe('mira@lantern-works.example');
  expect(snapshot.subject).toBe('תוכניות לשער');
  expect(snapshot.people[0]).toEqual({
    address: 'dana@shaham.example',
    name: 'דנה שחם',
    role: 'sender',
  });
  expect(snapshot.confidence).toBe('high');
});

test('a link to a thread names the account by its address, not by its place among several', async () => {
  const first = await readThread('thread-en');
  const third = await readThread('thread-en', THREAD.replace('/u/0/', '/u/2/'));
  expect(third.threadUrl).toBe(first.threadUrl);
  expect(third.threadUrl).not.toContain('/u/');
});

test('a link to a thread of an account that the page does not name goes without one', async () => {
  const snapshot = await readThread('pop-out-no-account');
  expect(snapshot.threadUrl).toBe(`https://mail.google.com/mail/#all/${THREAD_ID}`);
});

test('a link to a thread of the demo stays on loopback', async () => {
  const snapshot = await readThread('thread-en', 'http://localhost:8917/mail/u/0/#inbox/1');
  expect(snapshot.threadUrl).toBe(
    `http://localhost:8917/mail/?authuser=mira%40lantern-works.example#all/${THREAD_ID}`,
  );
});

test('while ids are not painted the people are read, and the thread has no id', async () => {
  const snapshot = await readThread('ids-late');
  expect(snapshot.threadId).toBeNull();
  expect(snapshot.threadUrl).toBeNull();
  expect(snapshot.messageIds).toEqual([]);
  expect(snapshot.lastMessage?.id).toBeNull();
  expect(senders(snapshot)).toHaveLength(2);
  expect(snapshot.confidence).toBe('low');
});

test('without painted ids, a legacy id in the address is the last resort', async () => {
  const snapshot = await readThread('ids-late', `${INBOX}/${THREAD_ID}`);
  expect(snapshot.threadId).toBe(THREAD_ID);
  expect(snapshot.via['threadId']).toBe('hash');
  expect(snapshot.confidence).toBe('low');
});

test('the word "undefined" is no id: another element of the thread has it', async () => {
  const snapshot = await readThread('perm-id-undefined');
  expect(snapshot.threadId).toBe(THREAD_ID);
  expect(snapshot.via['threadId']).toBe('~any-legacy');
});

test('a reply just sent is known by the id it has, an older message by its legacy id', async () => {
  const snapshot = await readThread('reply-just-sent');
  expect(snapshot.messageIds).toEqual([THREAD_ID, 'msg-a:r-7700112233']);
  expect(snapshot.lastMessage?.id).toBe('msg-a:r-7700112233');
});

test('collapsed messages give their senders; the last open message is the one to log', async () => {
  const snapshot = await readThread('collapsed');
  expect(senders(snapshot)).toEqual([
    'otto@brandt-metall.example',
    'ida@brandt-metall.example',
    'mira@lantern-works.example',
  ]);
  expect(snapshot.messageIds).toEqual(['msg-f:1840000000000000003']);
  expect(snapshot.lastMessage).toEqual({
    id: 'msg-f:1840000000000000003',
    from: 'otto@brandt-metall.example',
    dateText: 'Nov 3, 2026, 9:15 AM',
  });
});

test('where every message is collapsed, the last one is described without an id', async () => {
  const snapshot = await readThread('all-collapsed');
  expect(snapshot.lastMessage).toEqual({
    id: null,
    from: 'ida@brandt-metall.example',
    dateText: 'Nov 2, 2026, 8:00 AM',
  });
});

test('of several views only the visible one is read', async () => {
  const snapshot = await readThread('several-views');
  expect(snapshot.threadId).toBe(THREAD_ID);
  expect(snapshot.subject).toBe('Drawings for the gate');
});

test('of several views the visible one is found in a page that is parsed but never shown', () => {
  const parsed = new DOMParser().parseFromString(fixture('several-views'), 'text/html');
  const state = readGmail(parsed, THREAD);
  expect(state.kind === 'thread' && state.snapshot.threadId).toBe(THREAD_ID);
});

test('emoji in a subject are read from their pictures', async () => {
  expect((await readThread('emoji-subject')).subject).toBe('Drawings 🎉 for the gate 🚪');
});

test('the layout before November 2023 is read by its table', async () => {
  const snapshot = await readThread('table-layout');
  expect(snapshot.via['thread']).toBe('~thread-table');
  expect(snapshot.layout).toBe('thread');
  expect(snapshot.threadId).toBe(THREAD_ID);
  expect(snapshot.confidence).toBe('high');
});

test('with conversation view off a view is one message', async () => {
  const snapshot = await readThread('single-message');
  expect(snapshot.layout).toBe('single-message');
  expect(snapshot.threadId).toBe(THREAD_ID);
});

test('a thread in the reading pane is read, not the list beside it', async () => {
  const snapshot = await readThread('reading-pane', INBOX);
  expect(snapshot.layout).toBe('reading-pane');
  expect(snapshot.via['threadId']).toBe('h2-legacy');
  expect(senders(snapshot)).toEqual(['otto@brandt-metall.example', 'mira@lantern-works.example']);
});

test('a reading pane without an id has the id of the selected row', async () => {
  const snapshot = await readThread('reading-pane-ids-late', INBOX);
  expect(snapshot.threadId).toBe(THREAD_ID);
  expect(snapshot.via['threadId']).toBe('~selected-row');
  expect(snapshot.confidence).toBe('low');
});

test('a thread in a window of its own is read without a landmark', async () => {
  const snapshot = await readThread('pop-out');
  expect(snapshot.layout).toBe('pop-out');
  expect(snapshot.threadId).toBe(THREAD_ID);
});

test('recipients named in the opened details are read', async () => {
  const addresses = (await readThread('details-open')).people.map(({ address }) => address);
  expect(addresses).toContain('lea@brandt-metall.example');
});

test.each([
  ['sender-by-hovercard', 'sender', '~hovercard'],
  ['sender-by-cell', 'sender', '~gF'],
  ['message-by-attribute', 'message', '~message-id'],
  ['subject-by-header', 'subject', '~ha-h2'],
  ['bare-view', 'thread', '~bare-view'],
])('in %s the first choice for the %s fails and the fallback %s serves', async (name, key, via) => {
  const snapshot = await readThread(name);
  expect(snapshot.via[key]).toBe(via);
  expect(senders(snapshot)).toContain('otto@brandt-metall.example');
  expect(snapshot.subject).toBe('Drawings for the gate');
  expect(snapshot.lastMessage?.id).toMatch(/^msg-f:/);
});

test('what is read before Gmail has started is not sure', async () => {
  expect((await readThread('not-started')).confidence).toBe('low');
});

test('an inbox without an open thread is none, not unreadable', async () => {
  expect(await read('list', INBOX)).toEqual({ kind: 'none' });
  expect(
    await read('list', `${INBOX.replace('#inbox', '#search')}/averylongwordthatissearchedfor`),
  ).toEqual({
    kind: 'none',
  });
});

test('a thread whose sender cannot be found is unreadable, and the report says what is missing', async () => {
  const state = await read('no-sender');
  expect(state.kind === 'unreadable' && state.report.missing).toEqual(['sender']);
});

test('a layout nobody knows is unreadable, and the report holds structure but no word of the page', async () => {
  const state = await read('unknown-layout');
  if (state.kind !== 'unreadable') throw new Error(state.kind);
  expect(state.report.missing).toEqual(['thread']);
  expect(state.report.structure).toContain('2 header[class data-new-id] ×1');
  const report = JSON.stringify(state.report);
  expect(report).not.toMatch(/secret|otto|q1|19890c/i);
});

test('a document without a body is none', () => {
  const empty = document.implementation.createDocument(null, 'html');
  expect(readGmail(empty, INBOX).kind).not.toBe('thread');
});
