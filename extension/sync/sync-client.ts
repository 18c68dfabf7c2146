import type { DeviceId } from '../../shared/clock.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { retryDelayMs } from './back-off.ts';
import type { SyncDeps } from './deps.ts';
import { openDeviceName } from './device-names.ts';
import { exchange } from './exchange.ts';
import { createHeadSocket } from './head-socket.ts';
import { readHeldBack } from './held-back.ts';
import { createMembership, type MembershipProblem } from './membership.ts';
import { createPairings, type PairingOutcome } from './pairings.ts';
import { isPassing, toSyncProblem } from './problem.ts';
import { socketAddress } from './socket-address.ts';
import { stateOf, type SyncProblem, type SyncStatus } from './status.ts';
import { forget, read, write } from './store-keys.ts';
import { parseWorkerUrl } from './worker-url.ts';

export interface SyncDevice {
  readonly id: DeviceId;
  /** Null when it cannot be read here. */
  readonly name: string | null;
  readonly isThis: boolean;
  readonly createdAt: number;
  /** To the hour, by the worker's clock. */
  readonly seenAt: number;
}

/**
 * Sync as the background uses it: one client per browser. Nothing that matters is kept in memory,
 * and no method throws or rejects for an expected failure.
 */
export interface SyncClient {
  status(): Promise<SyncStatus>;
  /** Called after anything in the status may have changed. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
  createWorkspace(request: {
    readonly workerUrl: string;
    readonly deviceName: string;
    readonly secret?: string;
  }): Promise<Outcome<SyncStatus, MembershipProblem>>;
  /** The worker has lost the workspace: puts it back from this device, under the same key. */
  restoreWorkspace(secret?: string): Promise<Outcome<SyncStatus, MembershipProblem>>;
  /** Ends this device's membership. Its data stays here; the last one to leave deletes the rest. */
  leaveWorkspace(): Promise<void>;
  /** On a device of the workspace: opens a pairing and gives the code to type on the other one. */
  startPairing(): PairingOutcome;
  /** On the same device, once its user has seen the same six digits on both. */
  confirmPairing(): PairingOutcome;
  /** On the new device. It is a member once `status().workspace` says so. */
  joinWorkspace(request: {
    readonly workerUrl: string;
    readonly code: string;
    readonly deviceName: string;
  }): Promise<Awaited<PairingOutcome> | { readonly ok: false; readonly error: MembershipProblem }>;
  /** On either device; also puts away the view of a pairing that is over. */
  cancelPairing(): Promise<void>;
  devices(): Promise<Outcome<readonly SyncDevice[], SyncProblem>>;
  removeDevice(device: DeviceId): Promise<Outcome<void, SyncProblem>>;
  /** One exchange, both ways. While one is under way, another follows it; both calls wait for that. */
  syncNow(): Promise<SyncStatus>;
  /** A surface is open or was just used: listen for other devices, for two minutes. */
  touch(): void;
  /** Lets go of socket, timers and subscriptions. */
  close(): void;
}

/** Edits of one click come in one go; waiting longer would only be felt. */
const COALESCE_MS = 5;

export function createSyncClient(deps: SyncDeps): SyncClient {
  const { store } = deps;
  const listeners = new Set<() => void>();
  let running: Promise<void> | null = null;
  let isRunAgain = false;
  /** This background has fetched at least once, so it sends first what has just been edited. */
  let hasFetched = false;
  let failures = 0;
  /** Someone who looks starts one exchange; after that timers, sockets and edits do. Looking is told
   *  of each exchange and looks again, so otherwise it would never end. */
  let hasTried = false;
  let cancelTimer = (): void => {};

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const membership = createMembership(deps);
  const socket = createHeadSocket({
    ...deps,
    address: async () => socketAddress(await membership.session()),
    onHead: (head) => void onHead(head).catch(report('socket')),
  });
  const pairings = createPairings({
    ...deps,
    session: membership.session,
    onChanged: notify,
    async onJoined(identity) {
      await membership.adopt(identity);
      hasFetched = false;
      requestRun(0);
      socket.touch();
    },
  });
  const unsubscribe = store.onQueued(() => requestRun(COALESCE_MS));

  function report(where: string): (error: unknown) => void {
    return (error) => deps.onUnexpected(where, error);
  }

  async function onHead(head: number): Promise<void> {
    if (head === (await read(store, 'sync-cursor'))) return;
    hasFetched = false;
    await runExchange();
  }

  function requestRun(delayMs: number): void {
    cancelTimer();
    cancelTimer = deps.schedule(delayMs, () => void runExchange());
  }

  /** At most one exchange at a time: two would race for the cursor and for the batch number. */
  function runExchange(): Promise<void> {
    if (running) {
      isRunAgain = true;
      return running;
    }
    cancelTimer();
    running = (async () => {
      do {
        isRunAgain = false;
        await runOnce();
      } while (isRunAgain);
    })()
      .catch(report('sync'))
      .finally(() => {
        running = null;
        notify();
      });
    notify();
    return running;
  }

  async function runOnce(): Promise<void> {
    hasTried = true;
    let problem: SyncProblem | null;
    try {
      const session = await membership.session();
      if (!session) return;
      const done = await exchange(session, { isFetchingFirst: !hasFetched });
      if (done.ok) {
        hasFetched = true;
        await write(store, 'sync-last-success-at', deps.now());
      }
      problem = done.ok ? await leftOut(done.value.isOverQuota) : done.error;
      await keepProblem(problem);
    } catch (error) {
      report('sync')(error);
      problem = 'storage-failed';
      await keepProblem(problem);
    }
    retryAfter(problem);
  }

  function retryAfter(problem: SyncProblem | null): void {
    failures = isPassing(problem) ? failures + 1 : 0;
    if (isPassing(problem) && socket.isWanted()) {
      requestRun(retryDelayMs(failures, deps.randomBytes));
    }
  }

  const keepProblem = (problem: SyncProblem | null): Promise<void> =>
    problem === null ? forget(store, 'sync-problem') : write(store, 'sync-problem', problem);

  async function leftOut(isOverQuota: boolean): Promise<SyncProblem | null> {
    if (isOverQuota) return 'quota';
    if (Object.keys(await readHeldBack(store)).length > 0) return 'rows-held-back';
    const noted = (await read(store, 'sync-set-aside')) ?? {};
    return Object.keys(noted).length > 0 ? 'rows-set-aside' : null;
  }

  async function status(): Promise<SyncStatus> {
    const [stored, lastSuccessAt, pending, problem, held, noted, pairing] = await Promise.all([
      read(store, 'sync-identity'),
      read(store, 'sync-last-success-at'),
      store.pendingCount(),
      read(store, 'sync-problem'),
      readHeldBack(store),
      read(store, 'sync-set-aside'),
      pairings.view(),
    ]);
    const identity = stored?.isConfirmed ? stored : null;
    return {
      state: identity ? stateOf(running !== null, problem ?? null) : 'none',
      workspace: identity
        ? {
            id: identity.workspaceId,
            workerUrl: identity.workerUrl,
            deviceName: identity.deviceName,
          }
        : null,
      lastSuccessAt: lastSuccessAt ?? null,
      pending,
      problem: problem ?? null,
      heldBack: Object.keys(held).length,
      setAside: Object.keys(noted ?? {}).length,
      pairing,
    };
  }

  async function begun(
    created: Outcome<void, MembershipProblem>,
  ): Promise<Outcome<SyncStatus, MembershipProblem>> {
    if (!created.ok) return created;
    hasFetched = false;
    socket.touch();
    await runExchange();
    return succeed(await status());
  }

  return {
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    createWorkspace: async (request) => begun(await membership.create(request)),
    restoreWorkspace: async (secret) => begun(await membership.restore(secret)),
    async leaveWorkspace() {
      await running;
      socket.close();
      await pairings.cancel();
      await membership.leave();
      hasFetched = false;
      notify();
    },
    startPairing: pairings.host,
    confirmPairing: pairings.confirm,
    async joinWorkspace({ workerUrl: typed, ...rest }) {
      const workerUrl = parseWorkerUrl(typed);
      if (workerUrl === null) return fail('worker-url-invalid');
      if ((await read(store, 'sync-identity'))?.isConfirmed) return fail('already-member');
      return pairings.join({ ...rest, workerUrl });
    },
    cancelPairing: pairings.cancel,
    async devices() {
      const session = await membership.session();
      if (!session) return fail('access-ended');
      const { member, api } = session;
      const list = await api.devices();
      if (!list.ok) return fail(toSyncProblem(list.error));
      return succeed(
        await Promise.all(
          list.value.devices.map(async ({ id, label, createdAt, seenAt }) => ({
            id,
            name: await openDeviceName(member, id, label),
            isThis: id === member.identity.device,
            createdAt,
            seenAt,
          })),
        ),
      );
    },
    async removeDevice(device) {
      const session = await membership.session();
      if (!session) return fail('access-ended');
      const removed = await session.api.removeDevice(device);
      return removed.ok ? succeed(undefined) : fail(toSyncProblem(removed.error));
    },
    async syncNow() {
      pairings.resume();
      await runExchange();
      return status();
    },
    touch() {
      pairings.resume();
      socket.touch();
      // After a failure the back-off decides, however often a surface shows signs of life.
      if (!hasTried && !running) requestRun(0);
    },
    close() {
      cancelTimer();
      unsubscribe();
      pairings.stop();
      socket.close();
      listeners.clear();
    },
  };
}
