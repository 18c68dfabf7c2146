import { bytesToBase64Url, type Bytes } from '../../../shared/protocol/bytes.ts';
import { newDeviceKeys } from '../../../shared/protocol/device-keys.ts';
import { sha256, bytesToHex } from '../../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../../shared/protocol/credentials.ts';
import { sealKeyPackages } from '../../../shared/protocol/key-epoch.ts';
import { createWorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import {
  openRecoveryPointer,
  recoveryDeviceFrom,
  sealRecoveryPointer,
} from '../../../shared/protocol/recovery.ts';
import {
  nextState,
  signState,
  verifyStep,
  type WorkspaceState,
} from '../../../shared/protocol/workspace-state.ts';
import { movePin, newRevision } from '../follow-states.ts';
import { sealByDevice } from '../identity.ts';
import { read, write, type Prepared } from '../store-keys.ts';
import { parseWorkerUrl } from '../worker-url.ts';
import { changeState } from './change-state.ts';
import { createDeskApi, findRecovery } from './desk-api.ts';
import { openDesk, type MembershipDeps } from './desk.ts';
import { readWorkspace } from './enter.ts';
import { drop, keep, readKept } from './kept.ts';
import { sealName } from './labels.ts';
import { toMembershipProblem, type MembershipProblem } from './problem.ts';
import {
  isWord,
  placesToConfirm,
  RECOVERY_SECRET_BYTES,
  secretToWords,
  wordsToSecret,
} from './words.ts';

/** Shown once, on paper afterwards; nothing of it is stored anywhere. */
export interface RecoveryWords {
  readonly words: readonly string[];
  /** Three places, counted from 1, that are asked for before the words count. */
  readonly places: readonly number[];
}

export async function newRecoveryWords({
  randomBytes,
}: Pick<MembershipDeps, 'randomBytes'>): Promise<RecoveryWords> {
  const words = await secretToWords(randomBytes(RECOVERY_SECRET_BYTES));
  return { words, places: placesToConfirm(randomBytes) };
}

/**
 * The words become a device of one's own that exists on paper. Words made before end: whoever finds
 * them can no longer open what is written from now on.
 */
export async function confirmRecoveryWords(
  deps: MembershipDeps,
  { words, places }: RecoveryWords,
  typed: readonly string[],
): Promise<Outcome<void, MembershipProblem>> {
  const isWritten = places.every((place, index) => {
    const word = words[place - 1];
    return word !== undefined && isWord(word, typed[index] ?? '');
  });
  if (!isWritten) return fail('words-wrong');
  const secret = await wordsToSecret(words.join(' '));
  if (!secret.ok) return fail(secret.error.code);
  const recovery = await recoveryDeviceFrom(secret.value);
  const changed = await changeState(deps, async (state, { member: me }) => {
    if (state.devices.some(({ id }) => id === recovery.id)) return succeed(null);
    const { device, member } = me.identity;
    const isOld = ({ kind, member: owner }: WorkspaceState['devices'][number]): boolean =>
      kind === 'recovery' && owner === member;
    const label = await sealName(deps, { keys: me.keys, device }, '#device', recovery.id, '');
    const added = {
      id: recovery.id,
      member,
      signKey: bytesToBase64Url(recovery.keys.sign.publicKey),
      boxKey: bytesToBase64Url(recovery.keys.box.publicKey),
      tokenHash: recovery.tokenHash,
      label,
      kind: 'recovery' as const,
    };
    const devices = [...state.devices.filter((each) => !isOld(each)), added];
    return succeed({ changes: { devices }, isNewEpoch: state.devices.some(isOld) });
  });
  if (!changed.ok) return changed;
  const { state, hash } = changed.value;
  const pointer = await sealRecoveryPointer(
    recovery,
    { workspace: state.workspace, version: state.version, hash },
    deps.randomBytes,
  );
  await keep(deps.store, 'sync-recovery-pointer', {
    device: recovery.id,
    find: recovery.find,
    pointer,
  });
  return putRecoveryPointer(deps);
}

/** Without it the words lead nowhere, so it is tried again until the worker has it. */
export async function putRecoveryPointer(
  deps: MembershipDeps,
): Promise<Outcome<void, MembershipProblem>> {
  const waiting = await readKept(deps.store, 'sync-recovery-pointer');
  if (!waiting) return succeed(undefined);
  const desk = await openDesk(deps);
  if (!desk.ok) return desk;
  const put = await desk.value.api.setRecovery(waiting);
  if (!put.ok) return fail(toMembershipProblem(put.error));
  await drop(deps.store, 'sync-recovery-pointer');
  return succeed(undefined);
}

export interface Recovering {
  readonly workerUrl: string;
  /** As they were written down. */
  readonly words: string;
  readonly deviceName: string;
}

export type RecoveryProblem =
  | MembershipProblem
  /** Counted from 1. */
  | { readonly code: 'word-unknown'; readonly position: number };

/** On a new device, with nothing but the words and the worker's address. */
export async function recover(
  deps: MembershipDeps,
  { workerUrl: typedUrl, words, deviceName }: Recovering,
): Promise<Outcome<void, RecoveryProblem>> {
  const workerUrl = parseWorkerUrl(typedUrl);
  if (workerUrl === null) return fail('worker-url-invalid');
  if (await read(deps.store, 'sync-identity')) return fail('already-member');
  const secret = await wordsToSecret(words);
  if (!secret.ok)
    return fail(secret.error.code === 'word-unknown' ? secret.error : secret.error.code);
  const prepared = await enterAsRecovery(deps, workerUrl, secret.value, deviceName);
  if (!prepared.ok) return prepared;
  await write(deps.store, 'sync-prepared', prepared.value);
  await deps.background.adopt();
  return succeed(undefined);
}

/** Acts as the device on paper: reads the state, opens its package, signs this device in. */
async function enterAsRecovery(
  deps: MembershipDeps,
  workerUrl: string,
  secret: Bytes,
  deviceName: string,
): Promise<Outcome<Prepared, MembershipProblem>> {
  const { randomBytes } = deps;
  const recovery = await recoveryDeviceFrom(secret);
  const found = await findRecovery(deps, workerUrl, recovery.find);
  if (!found.ok) return fail(toMembershipProblem(found.error));
  const anchor = await openRecoveryPointer(recovery, found.value.pointer);
  if (!anchor) return fail('worker-lies');
  const { workspace } = anchor;
  const entrant = { workerUrl, device: recovery.id, keys: recovery.keys, token: recovery.token };
  const seen = await readWorkspace(deps, entrant, anchor);
  if (!seen.ok) return fail(toMembershipProblem(seen.error));
  const { newest, pin, chain, keyring } = seen.value;
  const member = newest.state.devices.find(({ id }) => id === recovery.id)?.member;
  if (member === undefined) return fail('access-ended');
  const device = await deps.deviceId();
  const keys = await newDeviceKeys();
  const token = randomBytes(TOKEN_BYTES);
  const workspaceKeys = await createWorkspaceKeys(workspace, keyring);
  const sealing = { keys: workspaceKeys, device: recovery.id };
  const added = {
    id: device,
    member,
    signKey: bytesToBase64Url(keys.sign.publicKey),
    boxKey: bytesToBase64Url(keys.box.publicKey),
    tokenHash: bytesToHex(await sha256(token)),
    label: await sealName(deps, sealing, '#device', device, deviceName),
    kind: 'device' as const,
  };
  const devices = [...newest.state.devices.filter(({ id }) => id !== device), added];
  const signed = await signState(
    nextState(newest, { devices }),
    recovery.id,
    recovery.keys.sign.privateKey,
  );
  const verified = await verifyStep(workspace, newest, signed);
  const packages = await sealKeyPackages(workspace, keyring, [added], randomBytes);
  if (!verified.ok || !packages) return fail('not-allowed');
  const credentials = { device: recovery.id, token: recovery.token, proof: workspaceKeys.proof };
  const api = createDeskApi(deps, workerUrl, workspace, credentials);
  const put = await api.putState({ state: signed, packages: [...packages] });
  if (!put.ok) return fail(toMembershipProblem(put.error));
  return succeed({
    identity: {
      workerUrl,
      workspaceId: workspace,
      device,
      deviceName,
      member,
      keys,
      secrets: await sealByDevice({ token, keyring }, randomBytes),
      revision: newRevision(randomBytes),
    },
    pin: movePin(pin, [verified.value], verified.value),
    chain: [...chain, signed],
    isConfirmed: true,
  });
}
