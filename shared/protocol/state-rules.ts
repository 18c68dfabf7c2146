import type { DeviceId } from '../clock.ts';
import { toCanonicalJson } from './canonical.ts';
import type { MemberId, WorkspaceId } from './ids.ts';
import { FIRST_KEY_EPOCH } from './keyring.ts';
import type { StateDevice, VerifiedState, WorkspaceState } from './workspace-state.ts';

/** Why a state may not follow another, apart from its form and its signature. */
export type StepProblem =
  | 'other-workspace'
  /** Not one version on, or built on another state than the one before. */
  | 'not-next'
  /** Signed by a device that the state before does not list. */
  | 'unknown-signer'
  /** The signer's role does not allow this change. */
  | 'not-allowed'
  /** Nobody could ever change it again. */
  | 'no-owner'
  /** An id twice, or a device of nobody. */
  | 'inconsistent'
  /** The epoch does not go up by one with new keys, or an owner removed somebody under the old ones. */
  | 'key-epoch';

/** What the first state names as the one before it. */
export const NO_PREVIOUS_STATE = '0'.repeat(64);

export function findStepProblem(
  workspace: WorkspaceId,
  previous: VerifiedState | null,
  next: WorkspaceState,
  signer: DeviceId,
): StepProblem | null {
  if (next.workspace !== workspace) return 'other-workspace';
  if (!isConsistent(next)) return 'inconsistent';
  if (!hasOwner(next)) return 'no-owner';
  return previous ? findChangeProblem(previous, next, signer) : findFirstProblem(next, signer);
}

function findFirstProblem(first: WorkspaceState, signer: DeviceId): StepProblem | null {
  if (first.version !== 1 || first.previous !== NO_PREVIOUS_STATE) return 'not-next';
  const [device, ...others] = first.devices;
  if (device?.id !== signer || device.kind !== 'device') return 'unknown-signer';
  if (others.length > 0 || first.members.length !== 1) return 'not-allowed';
  return first.keyEpoch === FIRST_KEY_EPOCH && first.chain === undefined ? null : 'key-epoch';
}

function findChangeProblem(
  { state: before, hash }: VerifiedState,
  next: WorkspaceState,
  signer: DeviceId,
): StepProblem | null {
  if (next.version !== before.version + 1 || next.previous !== hash) return 'not-next';
  const device = before.devices.find(({ id }) => id === signer);
  const member = before.members.find(({ id }) => id === device?.member);
  if (!device || !member) return 'unknown-signer';
  if (member.role !== 'owner') {
    return changesOnlyOwn(before, next, member.id) && next.chain === undefined
      ? null
      : 'not-allowed';
  }
  return isKeyEpochRight(before, next, signer) ? null : 'key-epoch';
}

function isConsistent({ members, devices }: WorkspaceState): boolean {
  const memberIds = new Set(members.map(({ id }) => id));
  return (
    memberIds.size === members.length &&
    new Set(devices.map(({ id }) => id)).size === devices.length &&
    devices.every(({ member }) => memberIds.has(member))
  );
}

/** An owner without a device could not sign; one with the recovery words alone can. */
function hasOwner({ members, devices }: WorkspaceState): boolean {
  const owners = new Set(members.filter(({ role }) => role === 'owner').map(({ id }) => id));
  return devices.some(({ member }) => owners.has(member));
}

/**
 * Its own devices and its own name. Not the keys: nobody can check the packages of others before
 * they are opened, so whoever begins a key epoch could shut everyone out.
 */
function changesOnlyOwn(before: WorkspaceState, next: WorkspaceState, member: MemberId): boolean {
  return toCanonicalJson(withoutOwn(before, member)) === toCanonicalJson(withoutOwn(next, member));
}

function withoutOwn(state: WorkspaceState, member: MemberId): object {
  return {
    ...state,
    version: 0,
    previous: '',
    chain: '',
    members: state.members.map((each) => (each.id === member ? { ...each, label: '' } : each)),
    devices: state.devices.filter((each) => each.member !== member),
  };
}

function isKeyEpochRight(before: WorkspaceState, next: WorkspaceState, signer: DeviceId): boolean {
  if (next.keyEpoch === before.keyEpoch) {
    const isUnchanged =
      next.keyCheck === before.keyCheck &&
      next.proofHash === before.proofHash &&
      next.chain === undefined;
    // A device that leaves by itself cannot choose a key that it does not know; another owner's
    // begins the next epoch as soon as it sees this.
    return isUnchanged && removedFrom(before, next).every(({ id }) => id === signer);
  }
  return (
    next.keyEpoch === before.keyEpoch + 1 &&
    next.keyCheck !== before.keyCheck &&
    next.proofHash !== before.proofHash &&
    next.chain !== undefined
  );
}

function removedFrom(before: WorkspaceState, next: WorkspaceState): readonly StateDevice[] {
  const kept = new Set(next.devices.map(({ id }) => id));
  return before.devices.filter(({ id }) => !kept.has(id));
}
