import type { SyncDeps } from './deps.ts';
import { readLockKey } from './lock.ts';
import type { Memory } from './memory.ts';
import { roleOf } from './session.ts';
import { clockWrongBy, stateOf, type SyncStatus } from './status.ts';
import { read } from './store-keys.ts';

const MS_PER_MINUTE = 60_000;

/** Nothing but what was noted when it happened: each line of it was confirmed by somebody. */
export async function readStatus(
  deps: Pick<SyncDeps, 'store' | 'secrets' | 'now'>,
  memory: Memory,
  isRunning: boolean,
): Promise<SyncStatus> {
  const { store } = deps;
  const [identity, pin, reconcile, awaited, pending, kept] = await Promise.all([
    read(store, 'sync-identity'),
    read(store, 'sync-pin'),
    memory.read('sync-reconcile'),
    read(store, 'sync-awaited'),
    store.pendingCount(),
    readFacts(memory),
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

async function readFacts(memory: Memory) {
  const [lastSuccessAt, comparedAt, problem, offsetMs, heldBack, setAside] = await Promise.all([
    memory.read('sync-last-success-at'),
    memory.read('sync-compared-at'),
    memory.read('sync-problem'),
    memory.read('clock-offset-ms'),
    memory.read('sync-held-back'),
    memory.read('sync-set-aside'),
  ]);
  return {
    lastSuccessAt: lastSuccessAt ?? null,
    comparedAt: comparedAt ?? null,
    problem: problem ?? null,
    clockWrongByMs: clockWrongBy(offsetMs ?? 0),
    heldBack: Object.keys(heldBack ?? {}).length,
    setAside: Object.keys(setAside ?? {}).length,
  };
}
