import { isEqualText } from '../../shared/protocol/bytes.ts';
import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import type { PullResult } from '../../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { timed, type Session, type StepProblem } from './session.ts';
import { read, write } from './store-keys.ts';
import { takeIn, type Received } from './take-in.ts';
import type { PullFrom } from './worker-api.ts';

export interface Page {
  readonly header: PullResult;
  readonly rows: readonly Received[];
}

export async function fetchPage(
  { deps, api, member }: Session,
  query: PullFrom,
): Promise<Outcome<Page, StepProblem>> {
  const answer = await timed(deps, () => api.pull(query));
  if (!answer.ok) return answer;
  const { header, blobs } = answer.value;
  // Before anything is opened: with another key every row would look damaged.
  if (!isEqualText(header.keyCheck, member.keys.keyCheck)) return fail({ code: 'wrong-key' });
  const isGoingForward = header.next > query.since || header.isComplete;
  if (!isGoingForward || header.next < query.since) return fail({ code: 'bad-answer' });
  return succeed({
    header,
    rows: header.rows.flatMap(({ rkey, seq }, index) => {
      const sealed = blobs[index];
      return sealed ? [{ rkey, seq, sealed }] : [];
    }),
  });
}

/** Everything written after the cursor, page by page. */
export async function pullAll(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<void, StepProblem>> {
  for (;;) {
    const since = (await read(session.deps.store, 'sync-cursor')) ?? 0;
    const page = await fetchPage(session, { since, epoch });
    if (!page.ok) return page;
    const { header, rows } = page.value;
    if (rows.length > 0 || header.next !== since) await takeIn(session, rows, header.next);
    if (header.isComplete) return succeed(undefined);
  }
}

/** Stamps become believable with time, and an update learns to read more. */
const RETRY_EVERY_MS = 60 * 60 * 1000;
const RETRIED_ROWS = 50;

/** Fetches again what was set aside: the cursor has long passed it. */
export async function retrySetAside(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<void, StepProblem>> {
  const { store, now } = session.deps;
  const noted = Object.values((await read(store, 'sync-set-aside')) ?? {});
  const triedAt = (await read(store, 'sync-set-aside-tried-at')) ?? 0;
  if (noted.length === 0 || Math.abs(now() - triedAt) < RETRY_EVERY_MS) return succeed(undefined);
  await write(store, 'sync-set-aside-tried-at', now());
  for (const { seq } of noted.slice(0, RETRIED_ROWS)) {
    const page = await fetchPage(session, { since: seq - 1, epoch, limit: 1 });
    if (!page.ok) return page;
    await takeIn(session, page.value.rows, null);
  }
  return succeed(undefined);
}
