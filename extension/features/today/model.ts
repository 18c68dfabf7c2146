import { computed, signal, type ReadonlySignal } from '../../ui/signal.ts';
import { dayFromNumber, dayNumber, DAYS_IN_WEEK } from '../../../shared/rules/days.ts';
import { isSample } from '../../../shared/model/ids.ts';
import type { BookSource } from '../../db/book-source.ts';
import { foldNames, type Found } from '../../db/search-query.ts';
import type { Today } from '../../db/today-keeper.ts';
import { todayOf, type Book } from '../../db/today-query.ts';
import { storageErrorCode } from '../../db/open.ts';
import type { Answer, Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { Glance } from './glance.ts';
import type { TodayMessages } from './messages.ts';

export interface TodayView extends Today {
  /** At a glance there may be more lines than are listed. */
  readonly total: number;
}

export interface TodayModel {
  /** Null until there is something to show: the glance, or the book itself. */
  readonly view: ReadonlySignal<TodayView | null>;
  readonly problem: ReadonlySignal<Failure | null>;
  readonly found: ReadonlySignal<readonly Found[] | null>;
  load(): Promise<void>;
  search(text: string): Promise<void>;
  /** The same for another field, without changing `found`. */
  readonly find: (text: string) => Promise<readonly Found[]>;
  /** The undo token, or null when it could not be done. */
  snooze(clientId: string, until: string): Promise<string | null>;
  skip(clientId: string): Promise<string | null>;
  stop(): void;
}

export interface TodayModelDeps {
  /** What was known before the popup opened. */
  readonly glance: Glance | null;
  readonly source: () => Promise<BookSource>;
  readonly send: Send<TodayMessages>;
  readonly now: () => number;
}

export function createTodayModel({ glance, source, send, now }: TodayModelDeps): TodayModel {
  const book = signal<Book | null>(null);
  const problem = signal<Failure | null>(null);
  const found = signal<readonly Found[] | null>(null);
  const view = computed((): TodayView | null => {
    if (book.value) return viewOf(book.value, now());
    return glance && { ...glance.today, total: glance.total };
  });
  /** Worked out at the first letter of a search, not for every list. */
  const names = computed(() => (book.value ? foldNames(book.value) : []));
  let searched = '';
  let asked = 0;
  let answered = 0;
  let firstRead: Promise<void> | null = null;
  let unwatch: (() => void) | null = null;
  let isStopped = false;

  const fail = (error: unknown): void => {
    problem.value = { code: storageErrorCode(error) ?? 'storage-failed' };
  };

  async function read(from: BookSource): Promise<void> {
    try {
      book.value = await from.read();
      problem.value = null;
      // Not awaited: a search waits for the first of these readings.
      if (searched !== '') search(searched).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  async function search(text: string): Promise<void> {
    searched = text;
    if (text.trim() === '' || !book.value) {
      // What is typed before the book is there is looked for as soon as it is.
      found.value = null;
      return;
    }
    asked += 1;
    const turn = asked;
    const results = await find(text);
    // The same may have been looked for again meanwhile, in a newer book, and be there already.
    if (searched !== text || turn < answered) return;
    answered = turn;
    found.value = results;
  }

  async function find(text: string): Promise<readonly Found[]> {
    const from = await source();
    // What is typed before the book is there is looked for in it all the same.
    await firstRead;
    return book.value ? from.search(book.value, text, names.value) : [];
  }

  function tokenOf(answer: Answer<{ readonly undoToken: string }>): string | null {
    if (answer.ok) return answer.value.undoToken;
    problem.value = answer.error;
    return null;
  }

  return {
    view,
    problem,
    found,
    async load() {
      const from = await source();
      if (!isStopped) unwatch ??= from.watch(() => void read(from));
      firstRead = read(from);
      await firstRead;
    },
    search,
    find,
    snooze: async (clientId, until) => tokenOf(await send('today.snooze', { clientId, until })),
    skip: async (clientId) => tokenOf(await send('today.skip', { clientId })),
    stop() {
      isStopped = true;
      unwatch?.();
    },
  };
}

function viewOf(book: Book, nowMs: number): TodayView {
  const lines = todayOf(book, nowMs);
  return {
    day: dayNumber(nowMs),
    lines,
    total: lines.length,
    isEmpty: book.entries.length === 0,
    hasSample: book.entries.some(({ clientId }) => isSample(clientId)),
    isHistoryArriving: book.isHistoryArriving,
  };
}

/** The days that "later" offers: tomorrow, and the next Monday. */
export function snoozeDays(nowMs: number): {
  readonly tomorrow: string;
  readonly nextWeek: string;
} {
  const today = dayNumber(nowMs);
  const untilMonday = (DAYS_IN_WEEK + 1 - new Date(nowMs).getDay()) % DAYS_IN_WEEK || DAYS_IN_WEEK;
  return { tomorrow: dayFromNumber(today + 1), nextWeek: dayFromNumber(today + untilMonday) };
}
