import { base64UrlToBytes, bytesToBase64Url } from '../../shared/protocol/bytes.ts';
import type { SlotId } from '../../shared/protocol/ids.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { newPairingCode } from '../../shared/protocol/pairing-code.ts';
import { SLOT_LIFETIME_MS } from '../../shared/protocol/limits.ts';
import {
  agree,
  answerSchema,
  commitTo,
  derivePairingSecrets,
  sealPart,
  openPart,
  type Grant,
} from '../../shared/protocol/pairing.ts';
import { sealDeviceName } from './device-names.ts';
import { unwrapWorkspaceKey } from './identity.ts';
import { newKeyPair } from './key-pair.ts';
import { isWorthRepeating, toPairingProblem } from './pairing-problem.ts';
import type { HostPairing, PairingProblem } from './pairing-state.ts';
import type { Session } from './session.ts';
import { createSlotApi, type SlotApi } from './worker-api.ts';

const NONCE_BYTES = 32;

export async function startHosting({
  deps,
  api,
}: Session): Promise<Outcome<HostPairing, PairingProblem>> {
  const code = newPairingCode(deps.randomBytes);
  const { slot, boxKey } = await derivePairingSecrets(code);
  const { privateKey, publicKey } = await newKeyPair();
  const nonce = deps.randomBytes(NONCE_BYTES);
  const commitment = bytesToBase64Url(await commitTo(publicKey, nonce));
  const offer = await sealPart(boxKey, slot, 'offer', { commitment }, deps.randomBytes);
  const startedAt = deps.now();
  const opened = await api.openSlot(slot, offer);
  if (!opened.ok) return fail(toPairingProblem(opened.error));
  return succeed({
    role: 'host',
    phase: 'waiting',
    code,
    expiresAt: startedAt + SLOT_LIFETIME_MS,
    privateKey,
    publicKey,
    nonce,
    offer,
    answer: null,
    reveal: null,
    check: null,
    joiner: null,
    problem: null,
  });
}

/** Looks into the slot once: takes the answer, shows the public key, works out the six digits. */
export async function stepHosting(session: Session, pairing: HostPairing): Promise<HostPairing> {
  const { deps } = session;
  const { slot, boxKey } = await derivePairingSecrets(pairing.code);
  const meeting = slotOf(session, slot);
  const read = await meeting.read();
  if (!read.ok) {
    return isWorthRepeating(read.error) ? pairing : failed(pairing, toPairingProblem(read.error));
  }
  if (pairing.reveal !== null) {
    // The background may have ended between noting the reveal and writing it.
    if (read.value.reveal === undefined) await meeting.write('reveal', pairing.reveal);
    return pairing;
  }
  const { answer } = read.value;
  if (answer === undefined) return pairing;
  const opened = await openPart(boxKey, slot, 'answer', answer, answerSchema);
  const publicKey = base64UrlToBytes(opened?.publicKey ?? '');
  if (!opened || !publicKey) return failed(pairing, 'tampered');
  if (opened.device === (await deps.deviceId())) return failed(pairing, 'same-device');
  const revealed = {
    publicKey: bytesToBase64Url(pairing.publicKey),
    nonce: bytesToBase64Url(pairing.nonce),
  };
  const reveal = await sealPart(boxKey, slot, 'reveal', revealed, deps.randomBytes);
  const agreement = await agree(pairing.privateKey, publicKey, [pairing.offer, answer, reveal]);
  if (!agreement) return failed(pairing, 'tampered');
  return {
    ...pairing,
    phase: 'comparing',
    answer,
    reveal,
    check: agreement.check,
    joiner: {
      device: opened.device,
      name: opened.deviceName,
      tokenHash: opened.tokenHash,
      publicKey,
    },
  };
}

/** A person has compared the six digits: registers the device, then hands over the key. */
export async function grantMembership(
  session: Session,
  pairing: HostPairing,
): Promise<HostPairing> {
  const { deps, api, member } = session;
  const { joiner, answer, reveal, offer } = pairing;
  if (!joiner || answer === null || reveal === null) return failed(pairing, 'worker-failed');
  const { workspaceId, keyEpoch } = member.identity;
  const { slot } = await derivePairingSecrets(pairing.code);
  const agreement = await agree(pairing.privateKey, joiner.publicKey, [offer, answer, reveal]);
  if (!agreement) return failed(pairing, 'tampered');
  const device = {
    id: joiner.device,
    tokenHash: joiner.tokenHash,
    label: await sealDeviceName(session, joiner.device, joiner.name),
  };
  const register = () => api.registerDevice(device);
  let registered = await register();
  if (!registered.ok && registered.error.code === 'device-exists') {
    // It was a member before and comes back with a new token.
    await api.removeDevice(joiner.device);
    registered = await register();
  }
  if (!registered.ok) return failed(pairing, toPairingProblem(registered.error));
  const grant: Grant = {
    workspace: workspaceId,
    key: bytesToBase64Url(await unwrapWorkspaceKey(member.identity)),
    keyEpoch,
  };
  const sealed = await sealPart(agreement.grantKey, slot, 'grant', grant, deps.randomBytes);
  const written = await slotOf(session, slot).write('grant', sealed);
  if (written.ok) return { ...pairing, phase: 'done' };
  await api.removeDevice(joiner.device);
  return failed(pairing, toPairingProblem(written.error));
}

const slotOf = ({ deps, member }: Session, slot: SlotId): SlotApi =>
  createSlotApi(deps, member.identity.workerUrl, slot);

const failed = (pairing: HostPairing, problem: PairingProblem): HostPairing => ({
  ...pairing,
  phase: 'failed',
  problem,
});
