import type { DemoThread, MailboxData } from '../types.ts';
import { wordsFor, type Words } from './words.ts';

/** What every part of the page needs: the data, the language, and what the user has done so far. */
export interface MailboxState {
  readonly data: MailboxData;
  readonly language: string;
  readonly words: Words;
  /** How long ids stay unpainted, in milliseconds: Gmail's own lateness. */
  readonly lateMs: number;
  readonly arrangement: Arrangement;
  readonly archived: Set<string>;
  readonly read: Set<string>;
}

/** What a user of Gmail can set: `?pane=right&conversations=off`. */
export interface Arrangement {
  readonly pane: 'right' | 'below' | null;
  readonly hasConversations: boolean;
  /** Every message of a thread is shown in full; else only the last. */
  readonly isExpanded: boolean;
  /** A thread in a window of its own. */
  readonly popOutId: string | null;
  /** Threads on a page of a list: 50, or up to 100. */
  readonly rows: number;
}

function readArrangement(query: URLSearchParams): Arrangement {
  const pane = query.get('pane');
  return {
    pane: pane === 'right' || pane === 'below' ? pane : null,
    hasConversations: query.get('conversations') !== 'off',
    isExpanded: query.has('expanded'),
    popOutId: query.get('popout'),
    rows: Number(query.get('rows') ?? 50),
  };
}

export function readState(): MailboxState {
  const block = document.querySelector('#mailbox-data');
  const data: MailboxData = JSON.parse(block?.textContent ?? '{}');
  const query = new URLSearchParams(location.search);
  const language = document.documentElement.lang;
  return {
    data,
    language,
    words: wordsFor(language),
    lateMs: Number(query.get('late') ?? 0),
    arrangement: readArrangement(query),
    archived: new Set(),
    read: new Set(),
  };
}

export const isUnread = (state: MailboxState, thread: DemoThread): boolean =>
  thread.unread && !state.read.has(thread.id);

export function threadsIn(state: MailboxState, folder: string, query: string): DemoThread[] {
  const { data, archived } = state;
  return data.threads.filter((thread) => {
    if (folder === 'search') return matches(thread, query);
    if (folder === 'sent') return thread.messages.some((m) => m.from.address === data.account);
    return folder === 'all' || !archived.has(thread.id);
  });
}

function matches(thread: DemoThread, query: string): boolean {
  const people = thread.messages.map((m) => `${m.from.name} ${m.from.address}`);
  return [thread.subject, ...people].join(' ').toLowerCase().includes(query.toLowerCase());
}

/** Today by the clock, this year by day and month, else in full; all in the page's language. */
export function shortDate(state: MailboxState, at: number): string {
  const isToday = state.data.now - at < 20 * 3_600_000;
  return new Intl.DateTimeFormat(
    state.language,
    isToday ? { timeStyle: 'short' } : { day: 'numeric', month: 'short' },
  ).format(at);
}

/** As Gmail's tooltip: localised, and without a zone. */
export const fullDate = (state: MailboxState, at: number): string =>
  new Intl.DateTimeFormat(state.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
