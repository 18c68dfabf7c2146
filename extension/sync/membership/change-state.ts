import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { beginKeyEpoch, sealKeyPackages } from '../../../shared/protocol/key-epoch.ts';
import type { Keyring } from '../../../shared/protocol/keyring.ts';
import {
  nextState,
  signState,
  verifyStep,
  type VerifiedState,
  type WorkspaceState,
} from '../../../shared/protocol/workspace-state.ts';
import { followWithin, movePin, newRevision } from '../follow-states.ts';
import { sealAgain } from '../identity.ts';
import { roleOf, type StepProblem } from '../session.ts';
import { read, writeAll } from '../store-keys.ts';
import { openDesk, type Desk, type MembershipDeps } from './desk.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';

export interface Change {
  readonly changes: Partial<Pick<WorkspaceState, 'members' | 'devices' | 'movedTo' | 'floor'>>;
  /**
   * Somebody leaves: what is written from now on gets a key that they have never seen. Only owners
   * begin one; after anybody else it is the next owner's device that does (closeBehindLeavers).
   */
  readonly isNewEpoch?: boolean;
}

/** Null: the state is already so. */
export type MakeChange = (
  state: WorkspaceState,
  desk: Desk,
) => Promise<Outcome<Change | null, MembershipProblem>>;

/** Losing this often in a row is somebody's mistake. */
const MAX_ATTEMPTS = 5;

/**
 * Signs the next state and puts it to the worker. First of all it follows what others have signed,
 * and again whenever another device was quicker; `make` is asked anew each time. The pin is moved
 * only once the worker has confirmed. When its answer is lost, the next look finds out what became
 * of it: the new keys are waiting there for this device as for every other.
 */
export const changeState = async (
  deps: MembershipDeps,
  make: MakeChange,
): Promise<Outcome<VerifiedState, MembershipProblem>> => {
  const changed = await deps.exclusively(() => changeWithin(deps, make));
  if (changed.ok) await deps.background.refresh();
  return changed;
};

/** For a caller that is exclusive already, and tells the background itself. */
export async function changeWithin(
  deps: MembershipDeps,
  make: MakeChange,
): Promise<Outcome<VerifiedState, MembershipProblem>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const desk = await openCurrentDesk(deps);
    if (!desk.ok) return desk;
    const { newest } = desk.value.member.pin;
    const change = await make(newest.state, desk.value);
    if (!change.ok) return change;
    if (!change.value) return succeed(newest);
    const put = await putChange(desk.value, change.value);
    if (put.ok) return put;
    if (put.error.code !== 'state-conflict') return fail(toMembershipProblem(put.error));
  }
  return fail('contended');
}

/** The desk, with everything in it that others have signed meanwhile. */
export async function openCurrentDesk(
  deps: MembershipDeps,
): Promise<Outcome<Desk, MembershipProblem>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const desk = await openDesk(deps);
    if (!desk.ok) return desk;
    const followed = await followWithin(desk.value);
    if (!followed.ok) return fail(toMembershipProblem(followed.error));
    if (!followed.value) return desk;
  }
  return fail('contended');
}

async function putChange(
  desk: Desk,
  { changes, isNewEpoch: isWanted = false }: Change,
): Promise<Outcome<VerifiedState, StepProblem>> {
  const { deps, member, api, secrets } = desk;
  const { identity, pin } = member;
  const isNewEpoch = isWanted && roleOf(pin.newest.state, identity.device) === 'owner';
  const begun = isNewEpoch
    ? await beginKeyEpoch(identity.workspaceId, secrets.keyring, deps.randomBytes)
    : { keyring: secrets.keyring, fields: {} };
  const next = nextState(pin.newest, { ...changes, ...begun.fields });
  const signed = await signState(next, identity.device, identity.keys.sign.privateKey);
  const verified = await verifyStep(identity.workspaceId, pin.newest, signed);
  if (!verified.ok) return fail({ code: 'state-refused', problem: verified.error });
  const receivers = isNewEpoch ? next.devices : newcomers(pin.newest.state, next);
  const packages = await sealKeyPackages(
    identity.workspaceId,
    begun.keyring,
    receivers,
    deps.randomBytes,
  );
  if (!packages) return fail({ code: 'bad-answer' });
  const put = await api.putState({ state: signed, packages: [...packages] });
  if (!put.ok) return put;
  await keepState(desk, verified.value, begun.keyring);
  return verified;
}

const newcomers = ({ devices: before }: WorkspaceState, { devices }: WorkspaceState) =>
  devices.filter(({ id, boxKey }) =>
    before.every((known) => known.id !== id || known.boxKey !== boxKey),
  );

async function keepState(
  { deps, member }: Desk,
  verified: VerifiedState,
  keyring: Keyring,
): Promise<void> {
  const { identity, pin, credentials, lockKey } = member;
  const secrets = { token: credentials.token, keyring };
  const chain = (await read(deps.store, 'sync-chain')) ?? [];
  await writeAll(
    deps.store,
    {
      'sync-identity': {
        ...identity,
        secrets: await sealAgain(identity.secrets, secrets, lockKey, deps.randomBytes),
        revision: newRevision(deps.randomBytes),
      },
      'sync-pin': movePin(pin, [verified], verified),
      'sync-chain': [...chain, verified.signed],
    },
    deps.now(),
  );
}
