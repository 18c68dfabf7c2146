import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { parseJson } from '../../../shared/protocol/json.ts';
import {
  workspaceStateSchema,
  type SignedState,
  type WorkspaceState,
} from '../../../shared/protocol/workspace-state.ts';
import type { DeviceId } from '../../../shared/clock.ts';
import { roleOf } from '../session.ts';
import { read } from '../store-keys.ts';
import { changeState, changeWithin } from './change-state.ts';
import { createWorkspace } from './create.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import type { Move } from './move.ts';
import { hasOwner, listPeople } from './people.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';

type Done = Outcome<void, MembershipProblem>;

/** What leaving would mean, to be said before it is done. */
export interface Leaving {
  /** No other device could read what the worker holds. */
  readonly isLastDevice: boolean;
  /** The words on paper could still open it. */
  readonly hasRecovery: boolean;
  /** Others remain, and none of them could decide anything: somebody is to be made owner first. */
  readonly isLastOwner: boolean;
}

export async function previewLeaving(
  deps: MembershipDeps,
): Promise<Outcome<Leaving, MembershipProblem>> {
  const pin = await read(deps.store, 'sync-pin');
  const identity = await read(deps.store, 'sync-identity');
  if (!pin || !identity) return fail('not-a-member');
  const leaving = leavingOf(pin.newest.state, identity.device);
  const isLastOwner = leaving.isLastOwner && !(await isLeftBehind(deps));
  return succeed({ ...leaving, isLastOwner });
}

/** The worker goes by another list of members: nobody waits for what this one's owner decides. */
const isLeftBehind = async ({ store }: Pick<MembershipDeps, 'store'>): Promise<boolean> =>
  (await read(store, 'sync-problem')) === 'worker-lies';

function leavingOf(state: WorkspaceState, device: DeviceId): Leaving {
  const rest = state.devices.filter(({ id }) => id !== device);
  const isLastDevice = rest.every(({ kind }) => kind === 'recovery');
  return {
    isLastDevice,
    hasRecovery: rest.some(({ kind }) => kind === 'recovery'),
    isLastOwner: !isLastDevice && !hasOwner({ members: state.members, devices: rest }),
  };
}

/**
 * Ends this device's membership; its data stays here. The last device without words on paper deletes
 * what the worker holds: nobody could read it again. A worker out of reach hears of it from the
 * others, who can remove the device.
 */
export async function leaveWorkspace(deps: MembershipDeps): Promise<Done> {
  const left = await deps.exclusively(() => signOff(deps));
  if (!left.ok) return left;
  await deps.background.forget();
  return left;
}

async function signOff(deps: MembershipDeps): Promise<Done> {
  const preview = await previewLeaving(deps);
  if (!preview.ok) return preview;
  const { isLastDevice, hasRecovery, isLastOwner } = preview.value;
  if (isLastOwner) return fail('last-owner');
  if (await isLeftBehind(deps)) return succeed(undefined);
  if (isLastDevice && !hasRecovery) {
    const desk = await openDesk(deps);
    // Locked or out of reach: it stays there, and nobody can read it.
    if (desk.ok) await desk.value.api.destroy();
    return succeed(undefined);
  }
  const signed = await changeWithin(deps, async (state, { member }) => {
    const { device } = member.identity;
    if (leavingOf(state, device).isLastOwner) return fail('last-owner');
    return succeed({ changes: { devices: state.devices.filter(({ id }) => id !== device) } });
  });
  return !signed.ok && signed.error === 'last-owner' ? signed : succeed(undefined);
}

/** Of a device that was removed: it belongs nowhere, so there is nothing to sign off from. */
export async function forgetEnded(deps: MembershipDeps): Promise<Done> {
  await deps.background.forget();
  return succeed(undefined);
}

/** Deletes everything at the worker, for everybody. Each device keeps the data that it has. */
export async function deleteThere(deps: MembershipDeps): Promise<Done> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const destroyed = await desk.value.api.destroy();
  if (!destroyed.ok && destroyed.error.code !== 'no-workspace') {
    return fail(toMembershipProblem(destroyed.error));
  }
  await deps.background.forget();
  return succeed(undefined);
}

/**
 * A new workspace with new keys, filled from this device: for keys that somebody else has, or a
 * worker that is not to be believed. The old one is left behind as it is; the others join anew.
 */
export async function startOver(deps: MembershipDeps, where: Move): Promise<Done> {
  const people = await listPeople(deps);
  const me = people.ok ? people.value.members.find(({ isMe }) => isMe) : null;
  const names = {
    deviceName: me?.devices.find(({ isThis }) => isThis)?.name ?? '',
    memberName: me?.name ?? '',
  };
  await deps.background.forget();
  return createWorkspace(deps, { ...where, ...names });
}

/**
 * A device that left by itself, or was removed by somebody who is no owner, knows the key it left
 * with. The next owner's device that looks begins a new epoch, so that what is written from now on
 * has a key it has never seen.
 */
export async function closeBehindLeavers(deps: MembershipDeps): Promise<Done> {
  const chain = (await read(deps.store, 'sync-chain')) ?? [];
  const pin = await read(deps.store, 'sync-pin');
  const identity = await read(deps.store, 'sync-identity');
  const isOwner = pin && identity && roleOf(pin.newest.state, identity.device) === 'owner';
  if (!isOwner || !hasLeaver(chain)) return succeed(undefined);
  const changed = await changeState(deps, async (state) => {
    const known = (await read(deps.store, 'sync-chain')) ?? [];
    return succeed(
      hasLeaver(known) ? { changes: { devices: state.devices }, isNewEpoch: true } : null,
    );
  });
  return changed.ok ? succeed(undefined) : changed;
}

/** Was a device listed in this key epoch that the newest state does not list? */
function hasLeaver(chain: readonly SignedState[]): boolean {
  const states = chain.flatMap(({ state }) => parseJson(state, workspaceStateSchema) ?? []);
  const newest = states.at(-1);
  if (!newest) return false;
  const listed = new Set(newest.devices.map(({ id }) => id));
  return states
    .filter(({ keyEpoch }) => keyEpoch === newest.keyEpoch)
    .some(({ devices }) => devices.some(({ id }) => !listed.has(id)));
}
