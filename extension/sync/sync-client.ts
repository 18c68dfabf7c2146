import { lookAtAwaited } from './awaited.ts';
import { retryDelayMs } from './back-off.ts';
import type { SyncDeps } from './deps.ts';
import { exchange, keepHouse } from './exchange.ts';
import { readHeldBack } from './held-back.ts';
import { createLiveSocket } from './live-socket.ts';
import { lockAt, noteUse } from './lock.ts';
import { createMemory } from './memory.ts';
import { takeNews } from './news.ts';
import { isPassing, toSyncProblem } from './problem.ts';
import { readStatus } from './read-status.ts';
import { roleOf, type Session } from './session.ts';
import { createSessions, type Opened } from './sessions.ts';
import { socketAddress } from './socket-address.ts';
import type { SyncProblem, SyncStatus } from './status.ts';
import { read } from './store-keys.ts';

/**
 * Sync as the background runs it: one client per browser. Nothing that matters is kept in memory,
 * and no method throws or rejects for an expected failure. Who belongs to the workspace is changed
 * by pages (membership/), and learnt here as from any other device.
 */
export interface SyncClient {
  status(): Promise<SyncStatus>;
  /** Called after anything in the status may have changed. Returns the unsubscriber. */
  subscribe(listener: () => void): () => void;
  /** One exchange, both ways. While one is under way, another follows it; both calls wait for that. */
  syncNow(): Promise<SyncStatus>;
  /** A surface is open or was just used: listen for other devices, for two minutes. */
  touch(): void;
  /** Somebody is there: a lock waits longer. */
  noteUse(): Promise<void>;
  /** When to call `syncNow` next if nothing else happens, by this device's clock; null for never. */
  dueAt(): Promise<number | null>;
  /** Forgets the lock's key, so that only the passphrase opens it again. */
  lock(): Promise<SyncStatus>;
  /** A page has changed the membership, or unlocked it: looks anew and exchanges. */
  refresh(): Promise<SyncStatus>;
  /** A page has prepared another membership: ends this one and takes over that. */
  adopt(): Promise<SyncStatus>;
  /** Ends this membership here. The data stays. */
  forget(): Promise<SyncStatus>;
  /** Lets go of socket, timers and subscriptions. */
  close(): void;
}

/** While no surface is open that would listen. */
const EXCHANGE_EVERY_MS = 5 * 60_000;
/** While one is at it anyway; and no more often, since most of the time there is nothing to do. */
const HOUSE_EVERY_MS = 60_000;
const LOOK_EVERY_MS = 60_000;
const STORE_SUCCESS_EVERY_MS = 5000;
/** Once nobody waits for an exchange any more. Small steps; one that begins meanwhile goes first. */
const TIDY_AFTER_MS = 1000;
const TIDY_STEPS = 20;

export function createSyncClient(deps: SyncDeps): SyncClient {
  const { store } = deps;
  const listeners = new Set<() => void>();
  const memory = createMemory(store);
  let running: Promise<void> | null = null;
  let isRunAgain = false;
  /** This background has fetched at least once, so it sends first what has just been edited. */
  let hasFetched = false;
  let failures = 0;
  let keptHouseAt = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let successStoredAt = Number.NEGATIVE_INFINITY;
  /** Someone who looks starts one exchange; after that timers, sockets and edits do. Looking is told
   *  of each exchange and looks again, so otherwise it would never end. */
  let hasTried = false;
  let isClosed = false;
  let cancelTimer = (): void => {};

  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  const socket = createLiveSocket({
    ...deps,
    address: async () => {
      const opened = await sessions.current();
      return opened.kind === 'open' ? socketAddress(opened.session) : null;
    },
    onHead: (head, stateVersion) => void onHead(head, stateVersion).catch(report('socket')),
    onNews: (frame) => void inTurn((session) => takeNews(session, frame)),
    onRemoved: () => void askAnew().catch(report('socket')),
  });
  const sessions = createSessions({ deps, memory, live: socket.ask });
  const unsubscribe = store.onQueued(() => requestRun(0));

  function report(where: string): (error: unknown) => void {
    return (error) => deps.onUnexpected(where, error);
  }

  async function onHead(head: number, stateVersion: number | null): Promise<void> {
    const known = sessions.last()?.member.pin.newest.state.version ?? null;
    const isCurrent = head === (await memory.read('sync-cursor'));
    if (isCurrent && (stateVersion === null || stateVersion === known)) return;
    await askAnew();
  }

  async function askAnew(): Promise<void> {
    hasFetched = false;
    await runExchange();
  }

  function requestRun(delayMs: number): void {
    cancelTimer();
    if (delayMs === 0) void runExchange();
    else cancelTimer = deps.schedule(delayMs, () => void runExchange());
  }

  /** What came over the socket, between two exchanges: both move the cursor. */
  async function inTurn(take: (session: Session) => Promise<boolean>): Promise<void> {
    if (running) {
      await askAnew();
      return;
    }
    let isTaken = false;
    running = (async () => {
      const opened = await openedSession();
      isTaken = opened.kind === 'open' && (await take(opened.session));
    })()
      .catch(report('sync'))
      .finally(() => {
        running = null;
      });
    await running;
    if (!isTaken) hasFetched = false;
    if (!isTaken || isRunAgain) await runExchange();
    else notify();
  }

  /** At most one exchange at a time: two would race for the cursor and for the batch number. */
  function runExchange(): Promise<void> {
    if (isClosed) return Promise.resolve();
    if (running) {
      isRunAgain = true;
      return running;
    }
    cancelTimer();
    running = (async () => {
      do {
        isRunAgain = false;
        await runOnce();
      } while (isRunAgain && !isClosed);
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
      problem = await exchangeAll();
      await keepProblem(problem);
    } catch (error) {
      report('sync')(error);
      problem = 'storage-failed';
      // The copy may be ahead of what was stored.
      memory.clear();
      await keepProblem(problem);
    }
    retryAfter(problem);
  }

  async function exchangeAll(): Promise<SyncProblem | null> {
    await lookForPeople();
    const opened = await openedSession();
    if (opened.kind === 'none') return null;
    if (opened.kind === 'locked') return 'locked';
    const { session } = opened;
    const done = await exchange(session, { isFetchingFirst: !hasFetched, onProgress: notify });
    // A page has put another membership in this one's place: this was its last word.
    if (session.signal.aborted) return null;
    if (!done.ok) {
      hasFetched = false;
      if (done.error.code !== 'membership-changed') return toSyncProblem(done.error);
      isRunAgain = true;
      return null;
    }
    hasFetched = true;
    await noteSuccess();
    const problem = await leftOut(session, done.value.isOverQuota);
    if (problem === null) await lookAfter(session);
    deps.schedule(TIDY_AFTER_MS, () => void tidy().catch(report('tidy')));
    return problem;
  }

  /** What was opened last is good until a page says otherwise; only a lock closes by itself. */
  async function openedSession(): Promise<Opened> {
    const last = sessions.last();
    const isGood = hasFetched && last?.member.identity.secrets.kind === 'device';
    return isGood ? { kind: 'open', session: last } : sessions.current();
  }

  /** Each write waits for the disk, so one click after another is noted and now and then stored. */
  async function noteSuccess(): Promise<void> {
    const nowMs = deps.now();
    if (Math.abs(nowMs - successStoredAt) >= STORE_SUCCESS_EVERY_MS) {
      successStoredAt = nowMs;
      await memory.write('sync-last-success-at', nowMs);
    } else memory.note('sync-last-success-at', nowMs);
  }

  async function lookAfter(session: Session): Promise<void> {
    const epoch = await memory.read('sync-epoch');
    if (epoch === undefined || Math.abs(deps.now() - keptHouseAt) < HOUSE_EVERY_MS) return;
    keptHouseAt = deps.now();
    const kept = await keepHouse(session, epoch);
    if (kept.ok && kept.value) isRunAgain = true;
    if (!kept.ok) hasFetched = false;
  }

  async function tidy(): Promise<void> {
    for (let step = 0; step < TIDY_STEPS && !running && !isClosed; step += 1) {
      if (!(await store.tidy(deps.now()))) return;
    }
  }

  async function lookForPeople(): Promise<void> {
    if (Math.abs(deps.now() - lookedAt) < LOOK_EVERY_MS) return;
    lookedAt = deps.now();
    await lookAtAwaited(deps);
  }

  function retryAfter(problem: SyncProblem | null): void {
    failures = isPassing(problem) ? failures + 1 : 0;
    if (isPassing(problem) && socket.isWanted()) {
      requestRun(retryDelayMs(failures, deps.randomBytes));
    }
  }

  const keepProblem = (problem: SyncProblem | null): Promise<void> =>
    problem === null ? memory.forget('sync-problem') : memory.write('sync-problem', problem);

  async function leftOut(session: Session, isOverQuota: boolean): Promise<SyncProblem | null> {
    if (isOverQuota) return 'quota';
    const { pin, identity } = session.member;
    const isViewer = roleOf(pin.newest.state, identity.device) === 'viewer';
    if (isViewer && (await store.pendingCount()) > 0) return 'read-only';
    if (Object.keys(await readHeldBack(memory)).length > 0) return 'rows-held-back';
    const noted = (await memory.read('sync-set-aside')) ?? {};
    return Object.keys(noted).length > 0 ? 'rows-set-aside' : null;
  }

  const status = (): Promise<SyncStatus> => readStatus(deps, memory, running !== null);

  /** Another membership, or none: nothing of the one before may still be running. */
  async function replace(change: () => Promise<void>): Promise<SyncStatus> {
    sessions.end();
    isRunAgain = false;
    await running;
    socket.close();
    await change();
    memory.clear();
    hasFetched = false;
    keptHouseAt = Number.NEGATIVE_INFINITY;
    if ((await read(store, 'sync-identity')) !== undefined) {
      socket.touch();
      await runExchange();
    }
    notify();
    return status();
  }

  return {
    status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async syncNow() {
      hasFetched = false;
      lookedAt = Number.NEGATIVE_INFINITY;
      await runExchange();
      return status();
    },
    touch() {
      socket.touch();
      // After a failure the back-off decides, however often a surface shows signs of life.
      if (!hasTried && !running) requestRun(0);
    },
    noteUse: () => noteUse(deps),
    async dueAt() {
      const secrets = (await read(store, 'sync-identity'))?.secrets;
      const awaited = (await read(store, 'sync-awaited')) ?? [];
      if (!secrets && awaited.length === 0) return null;
      const locksAt = secrets?.kind === 'passphrase' ? await lockAt(deps, secrets.idleMs) : null;
      return Math.min(deps.now() + EXCHANGE_EVERY_MS, locksAt ?? Number.POSITIVE_INFINITY);
    },
    lock: () => replace(() => deps.secrets.clear()),
    refresh: () => replace(async () => {}),
    adopt: () => replace(() => sessions.adopt()),
    forget: () => replace(() => sessions.forget()),
    close() {
      isClosed = true;
      cancelTimer();
      unsubscribe();
      sessions.end();
      socket.close();
      listeners.clear();
    },
  };
}
