import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import type { DeviceId } from '../../../shared/clock.ts';
import { base64UrlToBytes } from '../../../shared/protocol/bytes.ts';
import { formatCredentials } from '../../../shared/protocol/credentials.ts';
import type { StorageEpoch, WorkspaceId } from '../../../shared/protocol/ids.ts';
import { beginKeyEpoch, sealKeyPackages } from '../../../shared/protocol/key-epoch.ts';
import { openKeyPackage } from '../../../shared/protocol/key-package.ts';
import { newestEpochKey, type Keyring } from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from '../../../shared/protocol/keys.ts';
import {
  nextState,
  signState,
  verifyStep,
  type Role,
  type SignedState,
  type StateDevice,
  type VerifiedState,
  type WorkspaceState,
} from '../../../shared/protocol/workspace-state.ts';
import {
  statesSchema,
  workspaceStatusSchema,
  type States,
  type WorkspaceStatus,
} from '../../../shared/protocol/workspace-messages.ts';
import { begin, newHand, type Begun, type Hand } from '../../unit/protocol/support/people.ts';
import { ask, postJson, randomBytes, sendJson } from './ask.ts';

/** What all devices of one workspace know, as if they had just fetched it. */
export interface Team {
  readonly workspace: WorkspaceId;
  readonly epoch: StorageEpoch;
  keyring: Keyring;
  newest: VerifiedState;
  readonly chain: SignedState[];
}

export interface Device {
  readonly team: Team;
  readonly hand: Hand;
  readonly id: DeviceId;
  readonly workspace: WorkspaceId;
  readonly epoch: StorageEpoch;
  /** Of the key epoch when this object was made; `refreshed` makes another. */
  readonly keys: WorkspaceKeys;
  readonly authorization: string;
}

export const objectOf = ({ workspace }: { readonly workspace: WorkspaceId }) =>
  env.WORKSPACES.get(env.WORKSPACES.idFromName(workspace));

export const creationOf = async ({ workspace, keyring, owner, first }: Begun) => ({
  type: 'create',
  states: [first.signed],
  packages: await packagesFor(workspace, keyring, [owner.device]),
});

export async function createWorkspace(): Promise<Device> {
  const begun = await begin();
  const response = await postJson('/v1/workspaces', await creationOf(begun));
  const status = v.parse(workspaceStatusSchema, await response.json());
  const { workspace, keyring, owner, first } = begun;
  const team = { workspace, keyring, newest: first, chain: [first.signed], epoch: status.epoch };
  return toDevice(team, owner);
}

export async function toDevice(team: Team, hand: Hand): Promise<Device> {
  const keys = await createWorkspaceKeys(team.workspace, team.keyring);
  return {
    team,
    hand,
    id: hand.device.id,
    workspace: team.workspace,
    epoch: team.epoch,
    keys,
    authorization: authorizationOf(hand, keys.proof),
  };
}

export const refreshed = ({ team, hand }: Device): Promise<Device> => toDevice(team, hand);

export const authorizationOf = (
  { device, token }: Pick<Hand, 'device' | 'token'>,
  proof: WorkspaceKeys['proof'] | null,
): string => `Mainstay ${formatCredentials({ device: device.id, token, proof })}`;

export async function packagesFor(
  workspace: WorkspaceId,
  keyring: Keyring,
  devices: readonly StateDevice[],
) {
  const packages = await sealKeyPackages(workspace, keyring, devices, randomBytes);
  if (!packages) throw new Error('a device without a public key');
  return packages;
}

/** Signs the change as `by` and sends it; the team knows it once the worker has taken it. */
export async function changeState(
  by: Device,
  changes: Partial<WorkspaceState>,
  packages: 'right' | 'none' = 'right',
  keyring = by.team.keyring,
): Promise<Response> {
  const { team, hand } = by;
  const state = nextState(team.newest, changes);
  const signed = await signState(state, by.id, hand.keys.sign.privateKey);
  const known = new Map(team.newest.state.devices.map(({ id, boxKey }) => [id, boxKey]));
  const needing = state.devices.filter(
    ({ id, boxKey }) => keyring !== team.keyring || known.get(id) !== boxKey,
  );
  const response = await putState(
    by,
    signed,
    packages === 'right' ? await packagesFor(team.workspace, keyring, needing) : [],
  );
  if (response.ok) {
    const step = await verifyStep(team.workspace, team.newest, signed);
    if (!step.ok) throw new Error(`the worker took what is no next state: ${step.error}`);
    team.newest = step.value;
    team.chain.push(signed);
    team.keyring = keyring;
  }
  return response;
}

export const putState = (
  by: Device,
  state: SignedState,
  packages: readonly object[],
): Promise<Response> =>
  sendJson(
    'PUT',
    `/v1/workspaces/${by.workspace}/state`,
    { type: 'put-state', state, packages },
    { Authorization: by.authorization },
  );

/** A second device of the same member, or of a new member when a role is given. */
export async function addDevice(
  by: Device,
  role?: Role,
  kind: StateDevice['kind'] = 'device',
): Promise<Device> {
  const { state } = by.team.newest;
  const hand = await newHand(
    role ?? 'owner',
    role === undefined ? by.hand.member : undefined,
    kind,
  );
  const response = await changeState(by, {
    members: role === undefined ? state.members : [...state.members, hand.member],
    devices: [...state.devices, hand.device],
  });
  if (!response.ok) throw new Error(`not added: ${await response.text()}`);
  return toDevice(by.team, hand);
}

/** Begins a new key epoch without these devices; `by` goes on with what `refreshed` gives. */
export async function revoke(by: Device, gone: readonly Device[]): Promise<Response> {
  const { team } = by;
  const { keyring, fields } = await beginKeyEpoch(team.workspace, team.keyring, randomBytes);
  const ids = new Set(gone.map(({ id }) => id));
  const devices = team.newest.state.devices.filter(({ id }) => !ids.has(id));
  return changeState(by, { ...fields, devices }, 'right', keyring);
}

export const askStatus = ({ workspace, authorization }: Device): Promise<Response> =>
  ask(`/v1/workspaces/${workspace}`, { headers: { Authorization: authorization } });

export const statusOf = async (device: Device): Promise<WorkspaceStatus> =>
  v.parse(workspaceStatusSchema, await (await askStatus(device)).json());

/** With the token alone, as a device asks that has not got the newest key. */
export async function fetchStates({ workspace, hand }: Device, since: number): Promise<States> {
  const response = await ask(`/v1/workspaces/${workspace}/state?since=${String(since)}`, {
    headers: { Authorization: authorizationOf(hand, null) },
  });
  return v.parse(statesSchema, await response.json());
}

/** Does the package that the worker keeps for this device open to the team's newest key? */
export async function hasNewestKey(device: Device): Promise<boolean> {
  const { team, hand, workspace, id } = device;
  const sealed = base64UrlToBytes((await fetchStates(device, 0)).keyPackage);
  const newest = newestEpochKey(team.keyring);
  const address = { workspaceId: workspace, keyEpoch: newest.epoch, device: id };
  const opened = sealed && (await openKeyPackage(address, hand.keys.box, sealed));
  return opened !== null && newestEpochKey(opened).key.join() === newest.key.join();
}
