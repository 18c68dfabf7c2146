import { isEqualText } from '../../shared/protocol/bytes.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { toSyncProblem } from './problem.ts';
import { pullAll, retrySetAside } from './pull.ts';
import { pushAll } from './push.ts';
import { beginReconcile, continueReconcile } from './reconcile.ts';
import { timed, type Session, type StepProblem } from './session.ts';
import type { SyncProblem } from './status.ts';
import { read } from './store-keys.ts';

/** An exchange that ran to its end, and what it had to leave out. */
export interface Exchanged {
  readonly isOverQuota: boolean;
}

/** A storage that changes under one exchange more often than this is not a storage. */
const MAX_RECONCILES = 3;
const MAX_CONTENDED_ROUNDS = 3;

/**
 * One exchange with the worker, both ways. Each step stores what it achieved, so that it can end
 * anywhere and the next exchange carries on.
 */
export async function exchange(
  session: Session,
  { isFetchingFirst }: { readonly isFetchingFirst: boolean },
): Promise<Outcome<Exchanged, SyncProblem>> {
  for (let round = 0; round <= MAX_RECONCILES; round += 1) {
    const done = await exchangeOnce(session, isFetchingFirst || round > 0);
    if (done.ok) return done;
    if (done.error.code !== 'epoch-changed' || !('epoch' in done.error)) {
      return fail(toSyncProblem(done.error));
    }
    await beginReconcile(session, done.error.epoch);
  }
  return fail('worker-failed');
}

async function exchangeOnce(
  session: Session,
  isFetchingFirst: boolean,
): Promise<Outcome<Exchanged, StepProblem>> {
  const { deps, api, member } = session;
  const epoch = await read(deps.store, 'sync-epoch');
  if (epoch === undefined) {
    const state = await timed(deps, api.state);
    if (!state.ok) return state;
    if (!isEqualText(state.value.keyCheck, member.keys.keyCheck))
      return fail({ code: 'wrong-key' });
    return fail({ code: 'epoch-changed', epoch: state.value.epoch });
  }
  const reconciled = await continueReconcile(session);
  if (!reconciled.ok) return reconciled;
  if (isFetchingFirst) {
    const pulled = await pullAll(session, epoch);
    if (!pulled.ok) return pulled;
    const retried = await retrySetAside(session, epoch);
    if (!retried.ok) return retried;
  }
  for (let round = 0; ; round += 1) {
    const pushed = await pushAll(session, epoch);
    if (!pushed.ok) return pushed;
    const { head, isOverQuota, isContended } = pushed.value;
    const isCurrent = head !== null && head === (await read(deps.store, 'sync-cursor'));
    if (!isCurrent && !(head === null && isFetchingFirst)) {
      const pulled = await pullAll(session, epoch);
      if (!pulled.ok) return pulled;
    }
    if (!isContended || round === MAX_CONTENDED_ROUNDS) return succeed({ isOverQuota });
  }
}
