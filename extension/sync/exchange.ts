import type { StorageEpoch } from '../../shared/protocol/ids.ts';
import { isEqualText } from '../../shared/protocol/bytes.ts';
import { TOMBSTONE_LIFETIME_MS } from '../../shared/protocol/limits.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { compareSides } from './compare.ts';
import { followStates } from './follow-states.ts';
import { findHeaderProblem, pullAll, retrySetAside } from './pull.ts';
import { pushAll } from './push.ts';
import { beginReconcile, continueReconcile } from './reconcile.ts';
import { resealSome } from './reseal.ts';
import { roleOf, timed, type Session, type StepProblem } from './session.ts';

/** An exchange that ran to its end, and what it had to leave out. */
export interface Exchanged {
  readonly isOverQuota: boolean;
}

export interface ExchangeOptions {
  readonly isFetchingFirst: boolean;
  readonly onProgress: () => void;
}

/** A storage that changes under one exchange more often than this is not a storage. */
const MAX_STARTS = 4;
const MAX_CONTENDED_ROUNDS = 3;

/**
 * One exchange with the worker, both ways. Each step stores what it achieved, so that it can end
 * anywhere and the next exchange carries on. `membership-changed`: begin again with a new session.
 */
export async function exchange(
  session: Session,
  options: ExchangeOptions,
): Promise<Outcome<Exchanged, StepProblem>> {
  const { keys, pin } = session.member;
  // Signed is signed: with other keys nothing is sent, and nothing that comes is condemned.
  if (!isEqualText(keys.keyCheck, pin.newest.state.keyCheck)) return fail({ code: 'wrong-key' });
  for (let start = 0; start < MAX_STARTS; start += 1) {
    const isFetchingFirst = options.isFetchingFirst || start > 0;
    const done = await exchangeOnce(session, { ...options, isFetchingFirst });
    if (done.ok) return done;
    const begun = await beginAnew(session, done.error);
    if (!begun.ok) return begun;
  }
  return fail({ code: 'bad-answer' });
}

/** What can be put right at once is; the rest is the exchange's end. */
async function beginAnew(
  session: Session,
  problem: StepProblem,
): Promise<Outcome<void, StepProblem>> {
  switch (problem.code) {
    case 'epoch-changed':
      return beginReconcile(session, 'merge');
    case 'behind-horizon':
      return beginReconcile(session, (await wasAwayLong(session)) ? 'replace' : 'merge');
    case 'state-behind':
    case 'old-key-epoch': {
      const followed = await followStates(session);
      if (!followed.ok) return followed;
      // The worker says that there is something newer and then does not show it.
      return fail({ code: followed.value ? 'membership-changed' : 'worker-lies' });
    }
    case 'wrong-key':
      // This device's key is the one that was signed for: it is the worker that has gone astray.
      return fail({ code: 'worker-lies' });
    default:
      return fail(problem);
  }
}

/**
 * The worker keeps what was deleted for so long, and longer for whoever comes by. If it says otherwise
 * to a device that was there lately, nothing here is to be put away on its word: at worst something
 * deleted comes back.
 */
async function wasAwayLong({ deps, memory }: Session): Promise<boolean> {
  const lastAt = await memory.read('sync-last-success-at');
  return lastAt === undefined || Math.abs(deps.now() - lastAt) >= TOMBSTONE_LIFETIME_MS;
}

async function exchangeOnce(
  session: Session,
  { isFetchingFirst, onProgress }: ExchangeOptions,
): Promise<Outcome<Exchanged, StepProblem>> {
  const { memory, member } = session;
  const epoch = await memory.read('sync-epoch');
  if (epoch === undefined) return meetStorage(session);
  const reconciled = await continueReconcile(session, onProgress);
  if (!reconciled.ok) return reconciled;
  if (isFetchingFirst) {
    const pulled = await pullAll(session, epoch);
    if (!pulled.ok) return pulled;
    const retried = await retrySetAside(session, epoch);
    if (!retried.ok) return retried;
  }
  if (roleOf(member.pin.newest.state, member.identity.device) === 'viewer') {
    return succeed({ isOverQuota: false });
  }
  for (let round = 0; ; round += 1) {
    const pushed = await pushAll(session, epoch);
    if (!pushed.ok) return pushed;
    const { head, isOverQuota, isContended } = pushed.value;
    const isCurrent = head !== null && head === (await memory.read('sync-cursor'));
    if (!isCurrent && !(head === null && isFetchingFirst)) {
      const pulled = await pullAll(session, epoch);
      if (!pulled.ok) return pulled;
    }
    if (!isContended || round === MAX_CONTENDED_ROUNDS) return succeed({ isOverQuota });
  }
}

/** The first exchange with a storage: is it this workspace's at all, and what may be here already? */
async function meetStorage(session: Session): Promise<Outcome<never, StepProblem>> {
  const { api, memory, member } = session;
  const status = await timed(session, api.status);
  if (!status.ok) return status;
  const problem = findHeaderProblem(session, status.value);
  if (problem) return fail(problem);
  const { epoch, horizon } = status.value;
  // It was a member before: what was deleted since must not come back from here.
  const isBack = (await memory.read('sync-last-workspace')) === member.identity.workspaceId;
  return fail(
    isBack && horizon > 0 ? { code: 'behind-horizon', horizon } : { code: 'epoch-changed', epoch },
  );
}

/**
 * What can wait until nothing else is to do: seal old rows anew, see whether both sides are equal.
 * True: something is to be exchanged again.
 */
export async function keepHouse(
  session: Session,
  epoch: StorageEpoch,
): Promise<Outcome<boolean, StepProblem>> {
  const resealed = await resealSome(session, epoch);
  if (!resealed.ok) return resealed;
  const compared = await compareSides(session, epoch);
  if (!compared.ok) return compared;
  if (compared.value === 'reconcile') {
    const begun = await beginReconcile(session, 'merge');
    if (!begun.ok) return begun;
  }
  return succeed((await session.deps.store.pendingCount()) > 0 || compared.value === 'reconcile');
}
