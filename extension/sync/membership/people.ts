import type { DeviceId } from '../../../shared/clock.ts';
import type { MemberId } from '../../../shared/protocol/ids.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { Role, WorkspaceState } from '../../../shared/protocol/workspace-state.ts';
import { roleOf } from '../session.ts';
import type { WorkspaceStatus } from '../../../shared/protocol/workspace-messages.ts';
import { changeState, type Change } from './change-state.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import { openName, sealName } from './labels.ts';
import type { MembershipProblem } from './problem.ts';

export interface DeviceLine {
  readonly id: DeviceId;
  /** Null when it cannot be read here. */
  readonly name: string | null;
  /** `recovery`: words on paper. */
  readonly kind: 'device' | 'recovery';
  readonly isThis: boolean;
  /** By the worker's clock, to the hour; null while the worker cannot be asked. */
  readonly seenAt: number | null;
}

export interface MemberLine {
  readonly id: MemberId;
  readonly name: string | null;
  readonly role: Role;
  readonly isMe: boolean;
  readonly devices: readonly DeviceLine[];
}

/** Who belongs to the workspace, as signed; when they were last seen and what it holds, as the worker says. */
export interface People {
  readonly members: readonly MemberLine[];
  readonly me: { readonly role: Role; readonly member: MemberId };
  /** Null while the worker cannot be asked. */
  readonly usage: WorkspaceStatus['usage'] | null;
  readonly keyEpoch: number;
  readonly hasRecovery: boolean;
}

type Done = Outcome<void, MembershipProblem>;

export async function listPeople(
  deps: MembershipDeps,
): Promise<Outcome<People, MembershipProblem>> {
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const { api, member } = desk.value;
  const { identity, pin, keys } = member;
  const { state } = pin.newest;
  const [seen, status] = await Promise.all([api.devices(), api.status()]);
  const seenAt = new Map(seen.ok ? seen.value.devices.map((each) => [each.id, each.seenAt]) : []);
  const devices = await Promise.all(
    state.devices.map(async (device) => ({
      member: device.member,
      line: {
        id: device.id,
        name: await openName(keys, '#device', device.id, device.label),
        kind: device.kind,
        isThis: device.id === identity.device,
        seenAt: seenAt.get(device.id) ?? null,
      },
    })),
  );
  const members = await Promise.all(
    state.members.map(async ({ id, role, label }) => ({
      id,
      name: await openName(keys, '#member', id, label),
      role,
      isMe: id === identity.member,
      devices: devices.filter((each) => each.member === id).map(({ line }) => line),
    })),
  );
  return succeed({
    members,
    me: {
      role: members.find(({ isMe }) => isMe)?.role ?? 'viewer',
      member: identity.member,
    },
    usage: status.ok ? status.value.usage : null,
    keyEpoch: state.keyEpoch,
    hasRecovery: state.devices.some(
      ({ kind, member: owner }) => kind === 'recovery' && owner === identity.member,
    ),
  });
}

/**
 * Ends a device's access. What it has read it keeps; what is written from now on is sealed with a
 * key that it does not have.
 */
export const removeDevice = (deps: MembershipDeps, id: DeviceId): Promise<Done> =>
  change(deps, (state) => {
    if (!state.devices.some((device) => device.id === id)) return succeed(null);
    const devices = state.devices.filter((device) => device.id !== id);
    return succeed({ changes: { devices }, isNewEpoch: true });
  });

/** A person and all their devices. */
export const removeMember = (deps: MembershipDeps, id: MemberId): Promise<Done> =>
  change(deps, (state, isOwner) => {
    if (!isOwner) return fail('not-allowed');
    if (!state.members.some((member) => member.id === id)) return succeed(null);
    const members = state.members.filter((member) => member.id !== id);
    const devices = state.devices.filter(({ member }) => member !== id);
    if (!hasOwner({ members, devices })) return fail('last-owner');
    return succeed({ changes: { members, devices }, isNewEpoch: true });
  });

export const setRole = (deps: MembershipDeps, id: MemberId, role: Role): Promise<Done> =>
  change(deps, (state, isOwner) => {
    if (!isOwner) return fail('not-allowed');
    const member = state.members.find((each) => each.id === id);
    if (!member) return fail('unknown-member');
    if (member.role === role) return succeed(null);
    const members = state.members.map((each) => (each.id === id ? { ...each, role } : each));
    if (!hasOwner({ members, devices: state.devices })) return fail('last-owner');
    return succeed({ changes: { members } });
  });

/** A person's name, or a device's, as all the others see it. */
export async function rename(
  deps: MembershipDeps,
  what: 'device' | 'member',
  id: string,
  name: string,
): Promise<Done> {
  const changed = await changeState(deps, async (state, { member }) => {
    const sealing = { keys: member.keys, device: member.identity.device };
    const label = await sealName(deps, sealing, `#${what}`, id, name);
    const named = <Each extends { readonly id: string }>(each: Each) =>
      each.id === id ? { ...each, label } : each;
    return succeed({
      changes:
        what === 'device'
          ? { devices: state.devices.map(named) }
          : { members: state.members.map(named) },
    });
  });
  return changed.ok ? succeed(undefined) : changed;
}

export function hasOwner({ members, devices }: Pick<WorkspaceState, 'members' | 'devices'>) {
  const owners = new Set(members.filter(({ role }) => role === 'owner').map(({ id }) => id));
  return devices.some(({ member }) => owners.has(member));
}

async function change(
  deps: MembershipDeps,
  make: (state: WorkspaceState, isOwner: boolean) => Outcome<Change | null, MembershipProblem>,
): Promise<Done> {
  const changed = await changeState(deps, async (state, { member }) =>
    make(state, roleOf(state, member.identity.device) === 'owner'),
  );
  return changed.ok ? succeed(undefined) : changed;
}
