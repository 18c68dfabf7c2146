import { LANES, type StorageEpoch } from '../../shared/protocol/ids.ts';
import { succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { fetchPage } from './pull.ts';
import { correctedNow, type Session, type StepProblem } from './session.ts';
import { forget, read, write } from './store-keys.ts';
import { takeIn } from './take-in.ts';

/**
 * Starts over with a storage that this device does not know: everything here is queued and
 * everything there is fetched. Merging is idempotent, so this is always safe; what is equal on both
 * sides is answered "same" and not written. The epoch is stored last: a background that ends before
 * begins again.
 */
export async function beginReconcile(session: Session, epoch: StorageEpoch): Promise<void> {
  const { deps } = session;
  await forget(deps.store, 'sync-set-aside');
  await deps.store.queueEverything();
  await deps.store.applyRemote([], 0, await correctedNow(deps));
  await write(deps.store, 'sync-reconcile', { epoch, lane: 0, since: 0, floor: null });
  await write(deps.store, 'sync-epoch', epoch);
}

/**
 * Lane by lane, so that clients are there before their history. Progress is stored after each page,
 * so a page may be applied twice and never not at all.
 */
export async function continueReconcile(session: Session): Promise<Outcome<void, StepProblem>> {
  const { deps } = session;
  for (;;) {
    const state = await read(deps.store, 'sync-reconcile');
    if (!state) return succeed(undefined);
    const lane = LANES[state.lane];
    if (lane === undefined) {
      // What was written meanwhile has a number above the floor: the ordinary pull fetches it.
      await deps.store.applyRemote([], state.floor ?? 0, await correctedNow(deps));
      await forget(deps.store, 'sync-reconcile');
      return succeed(undefined);
    }
    const page = await fetchPage(session, { since: state.since, epoch: state.epoch, lane });
    if (!page.ok) return page;
    const { header, rows } = page.value;
    await takeIn(session, rows, null);
    await write(deps.store, 'sync-reconcile', {
      ...state,
      ...(header.isComplete
        ? { lane: state.lane + 1, since: 0 }
        : { lane: state.lane, since: header.next }),
      floor: state.floor ?? header.head,
    });
  }
}
