import type { SyncDeps } from './deps.ts';
import { readLockKey } from './lock.ts';
import { roleOf } from './session.ts';
import { clockWrongBy, stateOf, type SyncStatus } from './status.ts';
import { read } from './store-keys.ts';

const MS_PER_MINUTE = 60_000;

/** Nothing but what is stored: each line of it was confirmed by somebody. */
export async function readStatus(
  deps: Pick<SyncDeps, 'store' | 'secrets' | 'now'>,
  isRunning: boolean,
): Promise<SyncStatus> {
  const { store } = deps;
  const [identity, pin, reconcile, awaited, pending, kept] = await Promise.all([
    read(store, 'sync-identity'),
    read(store, 'sync-pin'),
    read(store, 'sync-reconcile'),
    read(store, 'sync-awaited'),
    store.pendingCount(),
    readFacts(store),
  ]);
  const secrets = identity?.secrets;
  const idleMs = secrets?.kind === 'passphrase' ? secrets.idleMs : null;
  const isLocked = idleMs !== null && (await readLockKey(deps, idleMs)) === null;
  // Whether it is locked is seen here and now, whatever the last exchange met.
  const stored = kept.problem === 'locked' ? null : kept.problem;
  const problem = isLocked ? 'locked' : stored;
  const arrived = (awaited ?? []).filter(({ isThere }) => isThere);
  return {
    ...kept,
    state: identity ? stateOf(isRunning, problem) : 'none',
    workspace:
      identity && pin
        ? {
            id: identity.workspaceId,
            workerUrl: identity.workerUrl,
            deviceName: identity.deviceName,
            role: roleOf(pin.newest.state, identity.device),
            lockAfterMinutes: idleMs === null ? null : idleMs / MS_PER_MINUTE,
          }
        : null,
    pending,
    problem,
    progress: reconcile ? { done: reconcile.done, total: reconcile.total } : null,
    waiting: {
      answers: arrived.filter(({ part }) => part === 'answer').length,
      isGranted: arrived.some(({ part }) => part === 'grant'),
    },
  };
}

async function readFacts(store: SyncDeps['store']) {
  const [lastSuccessAt, comparedAt, problem, offsetMs, usage, heldBack, setAside] =
    await Promise.all([
      read(store, 'sync-last-success-at'),
      read(store, 'sync-compared-at'),
      read(store, 'sync-problem'),
      read(store, 'clock-offset-ms'),
      read(store, 'sync-usage'),
      read(store, 'sync-held-back'),
      read(store, 'sync-set-aside'),
    ]);
  return {
    lastSuccessAt: lastSuccessAt ?? null,
    comparedAt: comparedAt ?? null,
    problem: problem ?? null,
    clockWrongByMs: clockWrongBy(offsetMs ?? 0),
    usage: usage ?? null,
    heldBack: Object.keys(heldBack ?? {}).length,
    setAside: Object.keys(setAside ?? {}).length,
  };
}
