import { LANES } from '../../shared/protocol/ids.ts';
import { succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { fetchPage } from './pull.ts';
import { correctedNow, timed, type Session, type StepProblem } from './session.ts';
import type { Reconcile } from './store-keys.ts';
import { joinOpened, keepRows, openRows, settleAll, type OpenedRows } from './take-in.ts';
import type { PullFrom } from './worker-api.ts';

/**
 * Starts over with a storage that this device does not know. Merging: everything here is queued and
 * everything there is fetched; what is equal on both sides is answered "same" and not written.
 * Replacing, behind the horizon: the worker no longer knows what was deleted, so what is only here
 * and does not wait to be sent is put aside at the end. The epoch is stored last: a background that
 * ends before begins again.
 */
export async function beginReconcile(
  session: Session,
  mode: Reconcile['mode'],
): Promise<Outcome<void, StepProblem>> {
  const { deps, memory, api } = session;
  const { store } = deps;
  const status = await timed(session, api.status);
  if (!status.ok) return status;
  const { epoch, usage } = status.value;
  await settleAll(session);
  await memory.forget('sync-set-aside');
  await (mode === 'merge' ? store.queueEverything() : store.forgetSeqs());
  const place = { epoch, mode, lane: 0, since: 0, floor: null, done: 0, total: usage.rows };
  const set = { 'sync-reconcile': place, 'sync-epoch': epoch };
  await store.applyRemote([], 0, await correctedNow(session), { set });
  memory.note('sync-cursor', 0);
  memory.noteAll(set);
  return succeed(undefined);
}

/** Rows that are kept in one transaction: a larger one costs less for each row. */
const ROWS_AT_ONCE = 20_000;
/** But nobody should wait for the first of them. */
const MS_AT_ONCE = 1000;

/**
 * Lane by lane, so that clients are there before their history. Where it stands is stored with the
 * rows, so that ending anywhere costs one portion at most.
 */
export async function continueReconcile(
  session: Session,
  onProgress: () => void,
): Promise<Outcome<void, StepProblem>> {
  const { memory, deps } = session;
  let ahead: Outcome<Portion, StepProblem> | null = null;
  for (;;) {
    const place = await memory.read('sync-reconcile');
    if (!place) return succeed(undefined);
    if (place.lane === LANES.length) {
      await settleAll(session, onProgress);
      if (place.mode === 'replace') await dropUnknown(session);
      // What was written meanwhile has a number above the floor: the ordinary pull fetches it.
      await deps.store.applyRemote([], place.floor ?? 0, await correctedNow(session));
      memory.note('sync-cursor', place.floor ?? 0);
      await memory.forget('sync-reconcile');
      onProgress();
      return succeed(undefined);
    }
    const portion: Outcome<Portion, StepProblem> = ahead ?? (await fetchPortion(session, place));
    if (!portion.ok) return portion;
    const { opened, next }: Portion = portion.value;
    const set = { 'sync-reconcile': next };
    // To write is the storage's work, to open the next is ours; but no history before the first screen.
    [ahead] = await Promise.all([
      next.lane === place.lane ? fetchPortion(session, next) : null,
      keepRows(session, opened, { cursor: null, inBulk: true, set }),
    ]);
    onProgress();
  }
}

interface Portion {
  readonly opened: OpenedRows;
  readonly next: Reconcile;
}

/** Pages of one lane, each opened while the one after it is on its way. */
async function fetchPortion(
  session: Session,
  place: Reconcile,
): Promise<Outcome<Portion, StepProblem>> {
  const lane = LANES[place.lane] ?? 0;
  const from = (since: number): PullFrom => ({ since, epoch: place.epoch, lane });
  const startedAt = session.deps.now();
  const pages: OpenedRows[] = [];
  let next = place;
  let coming = fetchPage(session, from(place.since));
  for (;;) {
    const page = await coming;
    if (!page.ok) return page;
    const { header, rows } = page.value;
    const done = next.done + rows.length;
    next = {
      ...next,
      since: header.next,
      ...(header.isComplete && { lane: place.lane + 1, since: 0 }),
      floor: next.floor ?? header.head,
      done,
    };
    const isFull =
      done - place.done >= ROWS_AT_ONCE || session.deps.now() - startedAt >= MS_AT_ONCE;
    const isLast = header.isComplete || isFull;
    if (!isLast) coming = fetchPage(session, from(header.next));
    pages.push(await openRows(session, rows, true));
    if (isLast) return succeed({ opened: joinOpened(pages), next });
  }
}

/** What others deleted so long ago that nobody remembers; but not what is merely unreadable here. */
async function dropUnknown(session: Session): Promise<void> {
  const { deps, memory, member } = session;
  const noted = new Set(Object.keys((await memory.read('sync-set-aside')) ?? {}));
  await deps.store.dropUnknown(await correctedNow(session), async (rows) => {
    const names = await Promise.all(rows.map(({ table, id }) => member.keys.rowKey(table, id)));
    return rows.filter((_, index) => noted.has(names[index] ?? ''));
  });
}
