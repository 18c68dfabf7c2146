import { derivePairingSecrets } from '../../../shared/protocol/joining.ts';
import { parsePairingCode } from '../../../shared/protocol/pairing-code.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { read, write, type Awaited } from '../store-keys.ts';
import { createSlotApi } from './desk-api.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import { drop, keep, readKept } from './kept.ts';
import { grantMembership, startHosting, stepHosting } from './pairing-host.ts';
import { startJoining, stepJoining, type Join } from './pairing-join.ts';
import { toPairingProblem } from './pairing-problem.ts';
import {
  failed,
  isUnderWay,
  toPairingView,
  type PairingProblem,
  type PairingView,
  type StoredPairing,
} from './pairing-state.ts';
import type { MembershipProblem } from './problem.ts';

/** A pairing is two people looking at two screens; an invitation waits for days. */
const LOOK_EVERY_MS = { pairing: 1000, invitation: 5000 } as const;

export type PairingOutcome = Promise<Outcome<PairingView, PairingProblem | MembershipProblem>>;

export interface Pairings {
  readonly host: () => PairingOutcome;
  join(typed: Omit<Join, 'code'> & { readonly code: string }): PairingOutcome;
  /** The host's user says that both devices show the same six digits. */
  readonly confirm: () => PairingOutcome;
  readonly cancel: () => Promise<void>;
  readonly view: () => Promise<PairingView | null>;
  /** Carries on with a pairing that a closed page interrupted. */
  resume(): void;
  stop(): void;
}

/** One pairing at a time, stored after each step and looked after while a page is open. */
export function createPairings(deps: MembershipDeps, onChanged: () => void): Pairings {
  const { store } = deps;
  let isLooking = false;
  let isStopped = false;
  let cancelTimer = (): void => {};
  let queue: Promise<unknown> = Promise.resolve();

  /** Steps one after another: a look into the slot must not overtake a confirmation. */
  function inTurn<Value>(task: () => Promise<Value>): Promise<Value> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  async function put(pairing: StoredPairing): Promise<PairingView> {
    const view = toPairingView(pairing);
    if (isUnderWay(pairing)) {
      await keep(store, 'sync-pairing', pairing);
      await drop(store, 'sync-pairing-over');
    } else {
      // Its keys and token have done their work: only what can be shown is kept.
      await keep(store, 'sync-pairing-over', view);
      await drop(store, 'sync-pairing');
    }
    await awaitGrant(deps, isUnderWay(pairing) ? pairing : null);
    onChanged();
    return view;
  }

  async function begin(
    started: Outcome<StoredPairing, PairingProblem | MembershipProblem>,
  ): PairingOutcome {
    if (!started.ok) return started;
    const view = await put(started.value);
    look();
    return succeed(view);
  }

  async function step(pairing: StoredPairing): Promise<StoredPairing | null> {
    if (deps.now() >= pairing.expiresAt) return failed(pairing, 'expired');
    if (pairing.role === 'host') {
      const desk = await openDesk(deps);
      return desk.ok ? stepHosting(desk.value, pairing) : null;
    }
    const { pairing: next, prepared } = await stepJoining(deps, pairing);
    if (prepared) {
      await write(store, 'sync-prepared', prepared);
      await deps.background.adopt();
      const { slot } = await derivePairingSecrets(pairing.code);
      await createSlotApi(deps, pairing.workerUrl, slot).close();
    }
    return next;
  }

  function look(): void {
    if (isLooking || isStopped) return;
    isLooking = true;
    cancelTimer();
    void inTurn(async () => {
      const pairing = await readKept(store, 'sync-pairing');
      if (!pairing) return null;
      const next = await step(pairing);
      if (!next) return null;
      if (next !== pairing) await put(next);
      return isUnderWay(next) ? LOOK_EVERY_MS[next.kind] : null;
    })
      .catch((error: unknown) => {
        deps.onUnexpected('pairing', error);
        return null;
      })
      .then((delayMs) => {
        isLooking = false;
        if (delayMs !== null) cancelTimer = deps.schedule(delayMs, look);
      });
  }

  return {
    host: () =>
      inTurn(async () => {
        const desk = await openDesk(deps);
        if (!desk.ok) return desk;
        const started = await startHosting(desk.value, null);
        return started.ok ? begin(started) : fail(toPairingProblem(started.error));
      }),
    join: ({ code: typed, ...rest }) =>
      inTurn(async () => {
        const code = parsePairingCode(typed);
        if (code === null) return fail('code-mistyped');
        if (await read(store, 'sync-identity')) return fail('already-member');
        return begin(await startJoining(deps, { ...rest, code }));
      }),
    confirm: () =>
      inTurn(async () => {
        const pairing = await readKept(store, 'sync-pairing');
        const desk = await openDesk(deps);
        if (!desk.ok) return desk;
        if (pairing?.role !== 'host' || pairing.phase !== 'comparing') return fail('expired');
        const granted =
          deps.now() >= pairing.expiresAt
            ? succeed(failed(pairing, 'expired'))
            : await grantMembership(deps, desk.value, pairing);
        if (!granted.ok) return granted;
        const view = await put(granted.value);
        return granted.value.problem === null ? succeed(view) : fail(granted.value.problem);
      }),
    cancel: () =>
      inTurn(async () => {
        cancelTimer();
        const pairing = await readKept(store, 'sync-pairing');
        await drop(store, 'sync-pairing');
        await drop(store, 'sync-pairing-over');
        await awaitGrant(deps, null);
        onChanged();
        if (!pairing) return;
        const { slot } = await derivePairingSecrets(pairing.code);
        const workerUrl =
          pairing.role === 'joiner'
            ? pairing.workerUrl
            : (await read(store, 'sync-identity'))?.workerUrl;
        if (workerUrl !== undefined) await createSlotApi(deps, workerUrl, slot).close();
      }),
    async view() {
      const pairing = await readKept(store, 'sync-pairing');
      if (pairing) return toPairingView(pairing);
      return (await readKept(store, 'sync-pairing-over')) ?? null;
    },
    resume: look,
    stop() {
      isStopped = true;
      cancelTimer();
    },
  };
}

/** While no page is open, the background looks whether an answered invitation has been granted. */
async function awaitGrant(
  { store }: Pick<MembershipDeps, 'store'>,
  pairing: StoredPairing | null,
): Promise<void> {
  const others = ((await read(store, 'sync-awaited')) ?? []).filter(({ part }) => part !== 'grant');
  const awaited: Awaited[] = [...others];
  if (pairing?.role === 'joiner' && pairing.kind === 'invitation') {
    const { slot } = await derivePairingSecrets(pairing.code);
    const { workerUrl, expiresAt } = pairing;
    awaited.push({ slot, workerUrl, part: 'grant', expiresAt, isThere: false });
  }
  await write(store, 'sync-awaited', awaited);
}
