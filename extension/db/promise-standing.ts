import { isOpen, type ClientPromise } from '../../shared/model/promise.ts';
import { toDay } from '../../shared/rules/days.ts';
import type { MainstayDatabase } from './database.ts';

export type OpenPromise = Pick<
  ClientPromise,
  'id' | 'direction' | 'what' | 'dueOn' | 'snoozedUntil' | 'threadUrl'
>;

/** A client's open promises, in both directions: how many, and the first of them in full. */
export interface OpenPromises {
  readonly count: number;
  /** The one to see to first comes first. */
  readonly next: readonly OpenPromise[];
}

/** More than a card has room for; the rest comes up as these are settled. */
export const NEXT_PROMISES = 8;
/** After every day of the calendar: no day was named. */
const NEVER = '9999-99-99';

/** Null when there are none, so that the rows of most clients stay as they were. */
export function openPromisesOf(promises: readonly ClientPromise[]): OpenPromises | null {
  const open = promises.filter(isOpen).toSorted(soonestFirst);
  if (open.length === 0) return null;
  return { count: open.length, next: open.slice(0, NEXT_PROMISES).map(toOpen) };
}

export const readOpenPromises = async (
  db: MainstayDatabase,
  clientId: string,
): Promise<OpenPromises | null> =>
  openPromisesOf(await db.promises.where('openFor').equals(clientId).toArray());

/** The one to name where there is room for one: the first that is not put off. */
export function promiseToMention(
  promises: OpenPromises | null | undefined,
  nowMs: number,
): OpenPromise | null {
  const today = toDay(nowMs);
  return promises?.next.find(({ snoozedUntil }) => !snoozedUntil || snoozedUntil <= today) ?? null;
}

/** The day on which it wants to be seen: when it is due, or when it comes back. */
const wantedOn = ({ dueOn, snoozedUntil }: ClientPromise): string => {
  const due = dueOn ?? NEVER;
  return snoozedUntil && (snoozedUntil > due || due === NEVER) ? snoozedUntil : due;
};

function soonestFirst(a: ClientPromise, b: ClientPromise): number {
  const [first, second] = [wantedOn(a), wantedOn(b)];
  if (first !== second) return first < second ? -1 : 1;
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}

function toOpen(promise: ClientPromise): OpenPromise {
  const { id, direction, what, dueOn, snoozedUntil, threadUrl } = promise;
  return {
    id,
    direction,
    what,
    dueOn: dueOn ?? null,
    snoozedUntil: snoozedUntil ?? null,
    threadUrl: threadUrl ?? null,
  };
}
