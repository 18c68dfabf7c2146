import {
  bytesToBase64Url,
  bytesToHex,
  sha256,
  type Bytes,
} from '../../../shared/protocol/bytes.ts';
import type { DeviceKeys } from '../../../shared/protocol/device-keys.ts';
import type { DeviceId } from '../../../shared/clock.ts';
import type { WorkspaceId } from '../../../shared/protocol/ids.ts';
import type { Keyring } from '../../../shared/protocol/keyring.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { SignedState, VerifiedState } from '../../../shared/protocol/workspace-state.ts';
import { fetchStates, movePin, newRevision, openKeys } from '../follow-states.ts';
import { sealByDevice } from '../identity.ts';
import type { StepProblem } from '../session.ts';
import type { Pin, Prepared } from '../store-keys.ts';
import { createDeskApi } from './desk-api.ts';
import type { MembershipDeps } from './desk.ts';

/** A state that is known to be genuine: from a grant, or from a recovery's pointer. */
export interface Anchor {
  readonly workspace: WorkspaceId;
  readonly version: number;
  readonly hash: string;
}

export interface Entrant {
  readonly workerUrl: string;
  readonly device: DeviceId;
  readonly keys: DeviceKeys;
  readonly token: Bytes;
}

/** A workspace seen for the first time: its whole chain, checked, and its keys. */
export interface Seen {
  readonly newest: VerifiedState;
  readonly pin: Pin;
  readonly chain: readonly SignedState[];
  readonly keyring: Keyring;
}

/**
 * Reads the chain from its first state and believes it only if it leads over the anchor. The keys
 * come in the package that was left for this device, and count only if the states were signed for
 * them.
 */
export async function readWorkspace(
  deps: MembershipDeps,
  { workerUrl, device, keys, token }: Entrant,
  anchor: Anchor,
): Promise<Outcome<Seen, StepProblem>> {
  // It has no key yet, and so no proof: only the states may be read like this.
  const credentials = { device, token, proof: new Uint8Array(0) };
  const api = createDeskApi(deps, workerUrl, anchor.workspace, credentials);
  const fetched = await fetchStates(api, anchor.workspace, null);
  if (!fetched.ok) return fetched;
  const { verified, keyPackage } = fetched.value;
  const anchored = verified.find(({ state }) => state.version === anchor.version);
  const newest = verified.at(-1);
  if (!newest || anchored?.hash !== anchor.hash) return fail({ code: 'worker-lies' });
  const mine = newest.state.devices.find(({ id }) => id === device);
  if (!mine) return fail({ code: 'access-ended' });
  const isMe =
    mine.boxKey === bytesToBase64Url(keys.box.publicKey) &&
    mine.signKey === bytesToBase64Url(keys.sign.publicKey) &&
    mine.tokenHash === bytesToHex(await sha256(token));
  if (!isMe) return fail({ code: 'worker-lies' });
  const chain = verified.map(({ signed }) => signed);
  const workspaceId = anchor.workspace;
  const keyring = await openKeys({ workspaceId, device, keys }, newest.state, keyPackage, chain);
  if (!keyring) return fail({ code: 'wrong-key' });
  return succeed({ newest, pin: movePin(null, verified, newest), chain, keyring });
}

/** The membership of a device that a signed state already lists. */
export async function enterWorkspace(
  deps: MembershipDeps,
  entrant: Entrant & { readonly deviceName: string },
  anchor: Anchor,
): Promise<Outcome<Prepared, StepProblem>> {
  const seen = await readWorkspace(deps, entrant, anchor);
  if (!seen.ok) return seen;
  const { newest, pin, chain, keyring } = seen.value;
  const { token, ...rest } = entrant;
  const mine = newest.state.devices.find(({ id }) => id === entrant.device);
  if (!mine) return fail({ code: 'access-ended' });
  return succeed({
    identity: {
      ...rest,
      workspaceId: anchor.workspace,
      member: mine.member,
      secrets: await sealByDevice({ token, keyring }, deps.randomBytes),
      revision: newRevision(deps.randomBytes),
    },
    pin,
    chain,
    isConfirmed: true,
  });
}
