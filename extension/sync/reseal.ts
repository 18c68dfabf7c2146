import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import { FIRST_KEY_EPOCH } from '../../shared/protocol/keyring.ts';
import { succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { fetchPage } from './pull.ts';
import type { Session, StepProblem } from './session.ts';
import { openRows } from './take-in.ts';

/** Each quiet exchange does a little: nobody waits for it. */
const ROWS_AT_ONCE = 150;

/**
 * Rows that still lie at the worker under a key which a removed device knew are queued, and so sealed
 * anew. The worker finds them equal, puts the new envelope in the old one's place and tells nobody.
 */
export async function resealSome(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<void, StepProblem>> {
  const { deps, memory, member } = session;
  const { keyEpoch } = member.keys;
  const place = (await memory.read('sync-resealed')) ?? { keyEpoch: FIRST_KEY_EPOCH, upTo: null };
  const isDone = place.keyEpoch === keyEpoch && place.upTo === null;
  if (isDone || (await deps.store.pendingCount()) > 0) return succeed(undefined);
  const since = place.keyEpoch === keyEpoch ? (place.upTo ?? 0) : 0;
  const page = await fetchPage(session, { since, epoch, below: keyEpoch, limit: ROWS_AT_ONCE });
  if (!page.ok) return page;
  const { header, rows } = page.value;
  // What cannot be read here cannot be sealed here: it is passed over.
  await deps.store.queueRows((await openRows(session, rows)).rows);
  await memory.write('sync-resealed', { keyEpoch, upTo: header.isComplete ? null : header.next });
  return succeed(undefined);
}
