import { computed, signal, type ReadonlySignal } from '../../ui/signal.ts';
import { dayFromNumber, dayNumber } from '../../../shared/rules/days.ts';
import { foldNames, searchClients, type Found } from '../../db/search-query.ts';
import { readBook, todayOf, type Book, type TodayLine } from '../../db/today-query.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { storageErrorCode } from '../../db/open.ts';
import { watchRoster } from '../../db/watch.ts';
import type { Answer, Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { TodayMessages } from './messages.ts';

export interface TodayModel {
  /** Null until the first read. */
  readonly book: ReadonlySignal<Book | null>;
  readonly lines: ReadonlySignal<readonly TodayLine[]>;
  readonly problem: ReadonlySignal<Failure | null>;
  readonly found: ReadonlySignal<readonly Found[] | null>;
  load(): Promise<void>;
  search(text: string): Promise<void>;
  /** The undo token, or null when it could not be done. */
  snooze(clientId: string, until: string): Promise<string | null>;
  skip(clientId: string): Promise<string | null>;
  stop(): void;
}

export interface TodayModelDeps {
  readonly db: MainstayDatabase;
  readonly send: Send<TodayMessages>;
  readonly now: () => number;
}

export function createTodayModel({ db, send, now }: TodayModelDeps): TodayModel {
  const book = signal<Book | null>(null);
  const problem = signal<Failure | null>(null);
  const found = signal<readonly Found[] | null>(null);
  const lines = computed(() => (book.value ? todayOf(book.value, now()) : []));
  /** Worked out at the first letter of a search, not for every list. */
  const names = computed(() => (book.value ? foldNames(book.value) : []));
  let searched = '';

  async function load(): Promise<void> {
    try {
      book.value = await readBook(db);
      problem.value = null;
    } catch (error) {
      problem.value = { code: storageErrorCode(error) ?? 'storage-failed' };
    }
  }

  function tokenOf(answer: Answer<{ readonly undoToken: string }>): string | null {
    if (answer.ok) return answer.value.undoToken;
    problem.value = answer.error;
    return null;
  }

  const stop = watchRoster(db, () => void load());
  return {
    book,
    lines,
    problem,
    found,
    load,
    async search(text) {
      searched = text;
      if (text.trim() === '' || !book.value) {
        found.value = null;
        return;
      }
      const results = await searchClients(db, book.value, text, names.value);
      if (searched === text) found.value = results;
    },
    snooze: async (clientId, until) => tokenOf(await send('today.snooze', { clientId, until })),
    skip: async (clientId) => tokenOf(await send('today.skip', { clientId })),
    stop,
  };
}

const DAYS_IN_WEEK = 7;

/** The days that "later" offers: tomorrow, and the next Monday. */
export function snoozeDays(nowMs: number): {
  readonly tomorrow: string;
  readonly nextWeek: string;
} {
  const today = dayNumber(nowMs);
  const untilMonday = (DAYS_IN_WEEK + 1 - new Date(nowMs).getDay()) % DAYS_IN_WEEK || DAYS_IN_WEEK;
  return { tomorrow: dayFromNumber(today + 1), nextWeek: dayFromNumber(today + untilMonday) };
}
