import type { SyncDeps } from './deps.ts';
import { roleOf } from './session.ts';
import { clockWrongBy, stateOf, type SyncStatus } from './status.ts';
import { read } from './store-keys.ts';

const MS_PER_MINUTE = 60_000;

/** Nothing but what is stored: each line of it was confirmed by somebody. */
export async function readStatus(
  { store }: Pick<SyncDeps, 'store'>,
  isRunning: boolean,
): Promise<SyncStatus> {
  const [
    identity,
    pin,
    lastSuccessAt,
    comparedAt,
    pending,
    problem,
    reconcile,
    offsetMs,
    usage,
    heldBack,
    setAside,
    awaited,
  ] = await Promise.all([
    read(store, 'sync-identity'),
    read(store, 'sync-pin'),
    read(store, 'sync-last-success-at'),
    read(store, 'sync-compared-at'),
    store.pendingCount(),
    read(store, 'sync-problem'),
    read(store, 'sync-reconcile'),
    read(store, 'clock-offset-ms'),
    read(store, 'sync-usage'),
    read(store, 'sync-held-back'),
    read(store, 'sync-set-aside'),
    read(store, 'sync-awaited'),
  ]);
  const arrived = (awaited ?? []).filter(({ isThere }) => isThere);
  return {
    state: identity ? stateOf(isRunning, problem ?? null) : 'none',
    workspace:
      identity && pin
        ? {
            id: identity.workspaceId,
            workerUrl: identity.workerUrl,
            deviceName: identity.deviceName,
            role: roleOf(pin.newest.state, identity.device),
            lockAfterMinutes:
              identity.secrets.kind === 'passphrase'
                ? identity.secrets.idleMs / MS_PER_MINUTE
                : null,
          }
        : null,
    lastSuccessAt: lastSuccessAt ?? null,
    comparedAt: comparedAt ?? null,
    pending,
    problem: problem ?? null,
    progress: reconcile ? { done: reconcile.done, total: reconcile.total } : null,
    clockWrongByMs: clockWrongBy(offsetMs ?? 0),
    usage: usage ?? null,
    heldBack: Object.keys(heldBack ?? {}).length,
    setAside: Object.keys(setAside ?? {}).length,
    waiting: {
      answers: arrived.filter(({ part }) => part === 'answer').length,
      isGranted: arrived.some(({ part }) => part === 'grant'),
    },
  };
}
