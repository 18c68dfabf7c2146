import type { DeviceId } from '../../../../shared/clock.ts';
import {
  bytesToBase64Url,
  bytesToHex,
  sha256,
  type Bytes,
} from '../../../../shared/protocol/bytes.ts';
import { newDeviceKeys, type DeviceKeys } from '../../../../shared/protocol/device-keys.ts';
import type { MemberId, WorkspaceId } from '../../../../shared/protocol/ids.ts';
import { firstEpochFields } from '../../../../shared/protocol/key-epoch.ts';
import { newKeyring, type Keyring } from '../../../../shared/protocol/keyring.ts';
import {
  firstState,
  nextState,
  signState,
  verifyStep,
  type Role,
  type StateDevice,
  type StateMember,
  type VerifiedState,
  type WorkspaceState,
} from '../../../../shared/protocol/workspace-state.ts';
import { randomBytes } from './random.ts';

/** A person's device, with what only it holds. */
export interface Hand {
  readonly member: StateMember;
  readonly device: StateDevice;
  readonly keys: DeviceKeys;
  readonly token: Bytes;
}

export async function newHand(
  role: Role,
  of?: StateMember,
  kind: StateDevice['kind'] = 'device',
): Promise<Hand> {
  const member = of ?? { id: bytesToHex(randomBytes(8)) as MemberId, role, label: 'bmFtZQ' };
  const keys = await newDeviceKeys();
  const token = randomBytes(32);
  const device: StateDevice = {
    id: bytesToHex(randomBytes(8)) as DeviceId,
    member: member.id,
    signKey: bytesToBase64Url(keys.sign.publicKey),
    boxKey: bytesToBase64Url(keys.box.publicKey),
    tokenHash: bytesToHex(await sha256(token)),
    label: 'ZGV2aWNl',
    kind,
  };
  return { member, device, keys, token };
}

export interface Begun {
  readonly workspace: WorkspaceId;
  readonly keyring: Keyring;
  readonly owner: Hand;
  readonly first: VerifiedState;
}

export async function begin(): Promise<Begun> {
  const workspace = bytesToHex(randomBytes(16)) as WorkspaceId;
  const keyring = newKeyring(randomBytes);
  const owner = await newHand('owner');
  const state = firstState({
    workspace,
    members: [owner.member],
    devices: [owner.device],
    floor: 0,
    ...(await firstEpochFields(workspace, keyring)),
  });
  return { workspace, keyring, owner, first: await mustFollow(null, state, owner) };
}

/** Signs and checks; throws when the step is refused. */
export async function mustFollow(
  previous: VerifiedState | null,
  state: WorkspaceState,
  { device, keys }: Hand,
): Promise<VerifiedState> {
  const signed = await signState(state, device.id, keys.sign.privateKey);
  const step = await verifyStep(state.workspace, previous, signed);
  if (!step.ok) throw new Error(`not a next state: ${step.error}`);
  return step.value;
}

/** The list with this one changed; with every one of them, when no id is given. */
export const withChange = <Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string | null,
  change: Partial<Item>,
): readonly Item[] => {
  const changed = (item: Item): Item => ({ ...item, ...change });
  return items.map((item) => (id === null || item.id === id ? changed(item) : item));
};

/** What the rules say to a change: null when it is allowed. */
export async function problemOf(
  previous: VerifiedState,
  changes: Partial<WorkspaceState>,
  { device, keys }: Pick<Hand, 'device' | 'keys'>,
): Promise<string | null> {
  const signed = await signState(nextState(previous, changes), device.id, keys.sign.privateKey);
  const step = await verifyStep(previous.state.workspace, previous, signed);
  return step.ok ? null : step.error;
}
