import type { DemoThread, Party } from '../types.ts';
import { h } from './dom.ts';
import { isUnread, shortDate, threadsIn, type MailboxState } from './mailbox-state.ts';

export interface ListHooks {
  readonly onOpen: (threadId: string) => void;
}

/** The list as Gmail builds it: `[gh=tl]`, one `tr.zA` a thread, the senders printed twice. */
export function listView(
  state: MailboxState,
  folder: string,
  query: string,
  hooks: ListHooks,
): HTMLElement {
  const threads = threadsIn(state, folder, query).slice(0, state.arrangement.rows);
  const body = h('tbody', {}, ...threads.map((thread) => row(state, thread, hooks)));
  const table = h('table', { class: 'F cf zt', role: 'grid' }, body);
  const empty = threads.length === 0 ? h('p', { class: 'empty' }, state.words.empty) : null;
  return h('div', { class: 'ae4 UI', gh: 'tl' }, table, empty);
}

function row(state: MailboxState, thread: DemoThread, hooks: ListHooks): HTMLElement {
  const last = thread.messages.at(-1);
  const element = h(
    'tr',
    { class: `zA ${isUnread(state, thread) ? 'zE' : 'yO'}`, role: 'row', tabindex: '-1' },
    h('td', { class: 'yX xY' }, hiddenSenders(state, thread), shownSenders(state, thread)),
    h('td', { class: 'xY a4W' }, subjectCell(thread)),
    h(
      'td',
      { class: 'xW xY', title: last ? shortDate(state, last.at) : '' },
      h('span', {}, last ? shortDate(state, last.at) : ''),
    ),
  );
  element.addEventListener('click', () => hooks.onOpen(thread.id));
  return element;
}

/** Read by screen readers in Gmail; a finder that does not deduplicate meets everybody twice. */
const hiddenSenders = (state: MailboxState, thread: DemoThread): HTMLElement =>
  h('div', { class: 'afn' }, ...joined(senders(thread).map((party) => sender(state, party))));

function shownSenders(state: MailboxState, thread: DemoThread): HTMLElement {
  const count = thread.messages.length;
  return h(
    'div',
    { class: 'yW' },
    h('span', { class: 'bA4' }, ...joined(senders(thread).map((party) => sender(state, party)))),
    count > 1 ? h('span', { class: 'bx0' }, String(count)) : null,
  );
}

function sender(state: MailboxState, party: Party): HTMLElement {
  const isMe = party.address === state.data.account;
  return h(
    'span',
    {
      class: 'yP',
      email: party.address,
      name: isMe ? state.words.me : party.name,
      'data-hovercard-id': party.address,
      translate: 'no',
    },
    h('bdi', {}, isMe ? state.words.me : party.name),
  );
}

function subjectCell(thread: DemoThread): HTMLElement {
  const last = thread.messages.at(-1);
  const subject = h(
    'span',
    {
      class: 'bqe',
      'data-thread-id': `#thread-f:${BigInt(`0x${thread.id}`)}`,
      'data-legacy-thread-id': thread.id,
      'data-legacy-last-message-id': last?.legacyId ?? '',
    },
    thread.subject,
  );
  return h(
    'div',
    { class: 'y6', dir: 'auto' },
    h('span', { class: 'bog' }, subject),
    h('span', { class: 'y2' }, ` – ${last?.paragraphs.join(' ') ?? ''}`),
  );
}

const senders = (thread: DemoThread): readonly Party[] => [
  ...new Map(thread.messages.map((message) => [message.from.address, message.from])).values(),
];

const joined = (items: readonly HTMLElement[]): (Node | string)[] =>
  items.flatMap((item, index) => (index === 0 ? [item] : [', ', item]));
