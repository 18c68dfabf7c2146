import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { derivePairingSecrets } from '../../shared/protocol/pairing.ts';
import type { SyncDeps } from './deps.ts';
import type { StoredIdentity } from './identity.ts';
import { grantMembership, startHosting, stepHosting } from './pairing-host.ts';
import { startJoining, stepJoining, type Join } from './pairing-join.ts';
import {
  isUnderWay,
  toPairingView,
  type PairingProblem,
  type PairingView,
  type StoredPairing,
} from './pairing-state.ts';
import type { Session } from './session.ts';
import { forget, read, write } from './store-keys.ts';
import { createSlotApi } from './worker-api.ts';

const LOOK_EVERY_MS = 1000;

export interface PairingsDeps extends SyncDeps {
  readonly session: () => Promise<Session | null>;
  readonly onChanged: () => void;
  /** Stores the membership; the pairing counts as done once this has resolved. */
  readonly onJoined: (identity: StoredIdentity) => Promise<void>;
}

export type PairingOutcome = Promise<Outcome<PairingView, PairingProblem | 'not-a-member'>>;

export interface Pairings {
  readonly host: () => PairingOutcome;
  join(join: Join): PairingOutcome;
  /** The host's user says that both devices show the same six digits. */
  readonly confirm: () => PairingOutcome;
  readonly cancel: () => Promise<void>;
  view(): Promise<PairingView | null>;
  /** Carries on with a pairing that a restart interrupted. */
  resume(): void;
  stop(): void;
}

/** One pairing at a time, stored after each step and looked after every second. */
export function createPairings(deps: PairingsDeps): Pairings {
  let isLooking = false;
  let cancelTimer = (): void => {};
  let queue: Promise<unknown> = Promise.resolve();

  /** Steps one after another: a look into the slot must not overtake a confirmation. */
  function inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  async function keep(pairing: StoredPairing): Promise<PairingView> {
    const view = toPairingView(pairing);
    if (isUnderWay(pairing)) {
      await write(deps.store, 'sync-pairing', pairing);
      await forget(deps.store, 'sync-pairing-over');
    } else {
      // Its keys and token have done their work: only what can be shown is kept.
      await write(deps.store, 'sync-pairing-over', view);
      await forget(deps.store, 'sync-pairing');
    }
    deps.onChanged();
    return view;
  }

  async function begin(started: Outcome<StoredPairing, PairingProblem>): PairingOutcome {
    if (!started.ok) return started;
    const view = await keep(started.value);
    look();
    return succeed(view);
  }

  async function step(pairing: StoredPairing): Promise<StoredPairing | null> {
    if (deps.now() >= pairing.expiresAt) return { ...pairing, phase: 'failed', problem: 'expired' };
    if (pairing.role === 'host') {
      const session = await deps.session();
      return session && stepHosting(session, pairing);
    }
    const { pairing: next, identity } = await stepJoining(deps, pairing);
    if (identity) {
      await deps.onJoined(identity);
      const { slot } = await derivePairingSecrets(pairing.code);
      await createSlotApi(deps, pairing.workerUrl, slot).close();
    }
    return next;
  }

  function look(): void {
    if (isLooking) return;
    isLooking = true;
    cancelTimer();
    void inTurn(async () => {
      const pairing = await read(deps.store, 'sync-pairing');
      if (!pairing) return false;
      const next = await step(pairing);
      if (!next) return false;
      if (next !== pairing) await keep(next);
      return isUnderWay(next);
    })
      .catch((error: unknown) => {
        deps.onUnexpected('pairing', error);
        return false;
      })
      .then((isOpen) => {
        isLooking = false;
        if (isOpen) cancelTimer = deps.schedule(LOOK_EVERY_MS, look);
      });
  }

  return {
    host: () =>
      inTurn(async () => {
        const session = await deps.session();
        return session ? begin(await startHosting(session)) : fail('not-a-member');
      }),
    join: (join) => inTurn(async () => begin(await startJoining(deps, join))),
    confirm: () =>
      inTurn(async () => {
        const [pairing, session] = [await read(deps.store, 'sync-pairing'), await deps.session()];
        if (!session) return fail('not-a-member');
        if (pairing?.role !== 'host' || pairing.phase !== 'comparing') return fail('expired');
        const granted: StoredPairing =
          deps.now() >= pairing.expiresAt
            ? { ...pairing, phase: 'failed', problem: 'expired' }
            : await grantMembership(session, pairing);
        const view = await keep(granted);
        return granted.problem === null ? succeed(view) : fail(granted.problem);
      }),
    cancel: () =>
      inTurn(async () => {
        cancelTimer();
        const [pairing, session] = [await read(deps.store, 'sync-pairing'), await deps.session()];
        await forget(deps.store, 'sync-pairing');
        await forget(deps.store, 'sync-pairing-over');
        deps.onChanged();
        if (!pairing) return;
        const { slot } = await derivePairingSecrets(pairing.code);
        const workerUrl =
          pairing.role === 'joiner' ? pairing.workerUrl : session?.member.identity.workerUrl;
        if (workerUrl !== undefined) await createSlotApi(deps, workerUrl, slot).close();
      }),
    async view() {
      const pairing = await read(deps.store, 'sync-pairing');
      if (pairing) return toPairingView(pairing);
      return (await read(deps.store, 'sync-pairing-over')) ?? null;
    },
    resume: look,
    stop: () => cancelTimer(),
  };
}
