import { isEqualText } from '../../shared/protocol/bytes.ts';
import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import type { PullResult } from '../../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { timed, type Session, type StepProblem } from './session.ts';
import { settleAll, takeIn, type Received } from './take-in.ts';
import type { PullFrom } from './worker-api.ts';
import type { Framed } from './worker-request.ts';

export interface Page {
  readonly header: Pick<PullResult, 'head' | 'next' | 'isComplete'>;
  readonly rows: readonly Received[];
}

export async function fetchPage(
  session: Session,
  query: PullFrom,
): Promise<Outcome<Page, StepProblem>> {
  const answer = await timed(session, () => session.api.pull(query));
  if (!answer.ok) return answer;
  const { header } = answer.value;
  const problem = findHeaderProblem(session, header);
  if (problem) return fail(problem);
  const { rows, next, isComplete } = header;
  const isGoingForward = isComplete ? next >= query.since : rows.length > 0;
  if (!isGoingForward || !areNumbered(rows, query.since, next)) return fail({ code: 'bad-answer' });
  return succeed({ header, rows: rowsOf(answer.value) });
}

/** Ascending, and all within what the page says it covers: else the cursor would pass what did not come. */
export function areNumbered(
  rows: readonly { readonly seq: number }[],
  after: number,
  upTo: number,
): boolean {
  let last = after;
  return rows.every(({ seq }) => {
    const isNext = seq > last && seq <= upTo;
    last = seq;
    return isNext;
  });
}

/** Before anything is opened: under another key, or under an unknown state, every row would look forged. */
export function findHeaderProblem(
  { member }: Session,
  { keyCheck, stateVersion }: Pick<PullResult, 'keyCheck' | 'stateVersion'>,
): StepProblem | null {
  const known = member.pin.newest.state.version;
  if (stateVersion > known) return { code: 'state-behind' };
  if (stateVersion < known) return { code: 'worker-lies' };
  return isEqualText(keyCheck, member.keys.keyCheck) ? null : { code: 'wrong-key' };
}

export const rowsOf = ({ header, blobs }: Framed<Pick<PullResult, 'rows'>>): readonly Received[] =>
  header.rows.flatMap(({ rkey, seq, hash }, index) => {
    const sealed = blobs[index];
    return sealed ? [{ rkey, seq, hash, sealed }] : [];
  });

/** Everything written after the cursor, page by page. */
export async function pullAll(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<void, StepProblem>> {
  let inBulk = false;
  try {
    for (;;) {
      const since = (await session.memory.read('sync-cursor')) ?? 0;
      const page = await fetchPage(session, { since, epoch });
      if (!page.ok) return page;
      const { header, rows } = page.value;
      // Page by page, each would take apart the history of nearly every client.
      inBulk ||= !header.isComplete;
      if (rows.length > 0 || header.next !== since) {
        await takeIn(session, rows, { cursor: header.next, inBulk });
      }
      if (header.isComplete) return succeed(undefined);
    }
  } finally {
    // Even where not all of it has come.
    await settleAll(session);
  }
}

/** Fetches single rows again, by their numbers. Where one has moved on, its new version comes. */
export async function pullAgain(
  session: Session,
  epoch: StorageEpoch,
  seqs: readonly number[],
): Promise<Outcome<void, StepProblem>> {
  for (const seq of seqs) {
    const page = await fetchPage(session, { since: seq - 1, epoch, limit: 1 });
    if (!page.ok) return page;
    await takeIn(session, page.value.rows, { cursor: null });
  }
  return succeed(undefined);
}

/** Stamps become believable with time, and an update learns to read more. */
const RETRY_EVERY_MS = 60 * 60 * 1000;
const RETRIED_ROWS = 50;

/** Fetches again what was set aside: the cursor has long passed it. */
export async function retrySetAside(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<void, StepProblem>> {
  const { deps, memory } = session;
  const noted = Object.values((await memory.read('sync-set-aside')) ?? {});
  const triedAt = (await memory.read('sync-set-aside-tried-at')) ?? 0;
  if (noted.length === 0 || Math.abs(deps.now() - triedAt) < RETRY_EVERY_MS) {
    return succeed(undefined);
  }
  await memory.write('sync-set-aside-tried-at', deps.now());
  return pullAgain(
    session,
    epoch,
    noted.slice(0, RETRIED_ROWS).map(({ seq }) => seq),
  );
}
