import { bytesToBase64Url, bytesToHex, sha256 } from '../../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../../shared/protocol/credentials.ts';
import { newDeviceKeys } from '../../../shared/protocol/device-keys.ts';
import type { MemberId, WorkspaceId } from '../../../shared/protocol/ids.ts';
import { firstEpochFields, sealKeyPackages } from '../../../shared/protocol/key-epoch.ts';
import { newKeyring } from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { CLIENT_VERSION } from '../../../shared/protocol/limits.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import { firstState, signState, verifyStep } from '../../../shared/protocol/workspace-state.ts';
import { movePin, newRevision } from '../follow-states.ts';
import { sealByDevice } from '../identity.ts';
import { forget, read, write, type Prepared } from '../store-keys.ts';
import { parseWorkerUrl } from '../worker-url.ts';
import { createAtWorker, createDeskApi } from './desk-api.ts';
import type { MembershipDeps } from './desk.ts';
import { sealName } from './labels.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';
import { openSecrets } from '../identity.ts';

export interface NewWorkspace {
  readonly workerUrl: string;
  readonly deviceName: string;
  /** The person's, shown to the others. */
  readonly memberName?: string;
  readonly secret?: string;
}

/** The lowest version of the software that may take part; raised when a change demands it. */
const FLOOR = CLIENT_VERSION;

export async function createWorkspace(
  deps: MembershipDeps,
  { workerUrl: typed, secret, ...names }: NewWorkspace,
): Promise<Outcome<void, MembershipProblem>> {
  const workerUrl = parseWorkerUrl(typed);
  if (workerUrl === null) return fail('worker-url-invalid');
  if (await read(deps.store, 'sync-identity')) return fail('already-member');
  const { prepared, packages } = await prepare(deps, { workerUrl, ...names });
  // Stored before it is asked for: a workspace must not exist whose key is nowhere.
  await write(deps.store, 'sync-prepared', prepared);
  const message = {
    states: [...prepared.chain],
    packages: [...packages],
    ...(secret !== undefined && { secret }),
  };
  const created = await createAtWorker(deps, workerUrl, message);
  if (!created.ok) {
    await forget(deps.store, 'sync-prepared');
    return fail(toMembershipProblem(created.error));
  }
  await write(deps.store, 'sync-prepared', { ...prepared, isConfirmed: true });
  await deps.background.adopt();
  return succeed(undefined);
}

/** A page that closed between asking for a workspace and hearing of it. */
export async function finishCreating(deps: MembershipDeps): Promise<void> {
  const prepared = await read(deps.store, 'sync-prepared');
  if (!prepared || prepared.isConfirmed) return;
  const { identity } = prepared;
  const secrets = await openSecrets(identity.secrets, null);
  if (!secrets) return;
  const credentials = {
    device: identity.device,
    token: secrets.token,
    proof: new Uint8Array(0),
  };
  const { workerUrl, workspaceId } = identity;
  const states = await createDeskApi(deps, workerUrl, workspaceId, credentials).states(0);
  if (states.ok) {
    await write(deps.store, 'sync-prepared', { ...prepared, isConfirmed: true });
    await deps.background.adopt();
  } else if (states.error.code === 'no-workspace') {
    await forget(deps.store, 'sync-prepared');
  }
}

async function prepare(
  deps: MembershipDeps,
  {
    workerUrl,
    deviceName,
    memberName = '',
  }: { readonly workerUrl: string; readonly deviceName: string; readonly memberName?: string },
) {
  const { randomBytes } = deps;
  const workspaceId = bytesToHex(randomBytes(16)) as WorkspaceId;
  const member = bytesToHex(randomBytes(8)) as MemberId;
  const device = await deps.deviceId();
  const token = randomBytes(TOKEN_BYTES);
  const keyring = newKeyring(randomBytes);
  const keys = await newDeviceKeys();
  const sealing = { keys: await createWorkspaceKeys(workspaceId, keyring), device };
  const devices = [
    {
      id: device,
      member,
      signKey: bytesToBase64Url(keys.sign.publicKey),
      boxKey: bytesToBase64Url(keys.box.publicKey),
      tokenHash: bytesToHex(await sha256(token)),
      label: await sealName(deps, sealing, '#device', device, deviceName),
      kind: 'device' as const,
    },
  ];
  const label = await sealName(deps, sealing, '#member', member, memberName);
  const state = firstState({
    workspace: workspaceId,
    members: [{ id: member, role: 'owner', label }],
    devices,
    floor: FLOOR,
    ...(await firstEpochFields(workspaceId, keyring)),
  });
  const signed = await signState(state, device, keys.sign.privateKey);
  const verified = await verifyStep(workspaceId, null, signed);
  const packages = await sealKeyPackages(workspaceId, keyring, devices, randomBytes);
  if (!verified.ok || !packages) throw new Error('the first state is by the rules');
  const prepared: Prepared = {
    identity: {
      workerUrl,
      workspaceId,
      device,
      deviceName,
      member,
      keys,
      secrets: await sealByDevice({ token, keyring }, randomBytes),
      revision: newRevision(randomBytes),
    },
    pin: movePin(null, [verified.value], verified.value),
    chain: [signed],
    isConfirmed: false,
  };
  return { prepared, packages };
}
