import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  sha256,
} from '../../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../../shared/protocol/credentials.ts';
import { newBoxPair, newDeviceKeys } from '../../../shared/protocol/device-keys.ts';
import {
  agree,
  derivePairingSecrets,
  grantSchema,
  isCommitment,
  offerSchema,
  openPart,
  revealSchema,
  sealPart,
  type Answer,
} from '../../../shared/protocol/joining.ts';
import { fail, succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { PairingCode } from '../../../shared/protocol/pairing-code.ts';
import type { Prepared } from '../store-keys.ts';
import { createSlotApi } from './desk-api.ts';
import type { MembershipDeps } from './desk.ts';
import { enterWorkspace } from './enter.ts';
import { isWorthRepeating, toPairingProblem } from './pairing-problem.ts';
import { failed, type JoinerPairing, type PairingProblem } from './pairing-state.ts';

export interface Join {
  readonly workerUrl: string;
  readonly code: PairingCode;
  readonly deviceName: string;
  /** Of the person; only an invitation asks for it. */
  readonly memberName: string;
}

/** Answers the offer under the code; the digits to compare follow with the host's next step. */
export async function startJoining(
  deps: MembershipDeps,
  { workerUrl, code, deviceName, memberName }: Join,
): Promise<Outcome<JoinerPairing, PairingProblem>> {
  const { slot, boxKey } = await derivePairingSecrets(code);
  const meeting = createSlotApi(deps, workerUrl, slot);
  const read = await meeting.read();
  if (!read.ok) {
    return fail(read.error.code === 'slot-gone' ? 'code-unknown' : toPairingProblem(read.error));
  }
  const { offer = '', expiresInMs } = read.value;
  const opened = await openPart(boxKey, slot, 'offer', offer, offerSchema);
  if (!opened) return fail('tampered');
  const { privateKey, publicKey } = await newBoxPair();
  const keys = await newDeviceKeys();
  const device = await deps.deviceId();
  const token = deps.randomBytes(TOKEN_BYTES);
  const isInvitation = opened.role !== undefined;
  const mine: Answer = {
    publicKey: bytesToBase64Url(publicKey),
    device,
    deviceName,
    tokenHash: bytesToHex(await sha256(token)),
    signKey: bytesToBase64Url(keys.sign.publicKey),
    boxKey: bytesToBase64Url(keys.box.publicKey),
    ...(isInvitation && { memberName }),
  };
  const answer = await sealPart(boxKey, slot, 'answer', mine, deps.randomBytes);
  const written = await meeting.write('answer', answer);
  if (!written.ok) return fail(toPairingProblem(written.error));
  return succeed({
    role: 'joiner',
    kind: isInvitation ? 'invitation' : 'pairing',
    phase: 'waiting',
    workerUrl,
    code,
    device,
    deviceName,
    memberName,
    keys,
    token,
    commitment: opened.commitment,
    expiresAt: deps.now() + expiresInMs,
    privateKey,
    publicKey,
    offer,
    answer,
    reveal: null,
    check: null,
    problem: null,
  });
}

export interface JoinStep {
  readonly pairing: JoinerPairing;
  /** There once the host has granted membership; to be stored before the pairing is. */
  readonly prepared: Prepared | null;
}

/** Looks into the slot once: first for the host's public key, then for the grant. */
export async function stepJoining(deps: MembershipDeps, pairing: JoinerPairing): Promise<JoinStep> {
  const stay = (next: JoinerPairing): JoinStep => ({ pairing: next, prepared: null });
  const stop = (problem: PairingProblem): JoinStep => stay(failed(pairing, problem));
  const { slot, boxKey } = await derivePairingSecrets(pairing.code);
  const read = await createSlotApi(deps, pairing.workerUrl, slot).read();
  if (!read.ok) {
    return isWorthRepeating(read.error) ? stay(pairing) : stop(toPairingProblem(read.error));
  }
  const { reveal, grant, answer } = read.value;
  if (answer !== pairing.answer || answer === undefined) return stop('code-used');
  if (reveal === undefined) return stay(pairing);
  const opened = await openPart(boxKey, slot, 'reveal', reveal, revealSchema);
  const publicKey = base64UrlToBytes(opened?.publicKey ?? '');
  const nonce = base64UrlToBytes(opened?.nonce ?? '');
  const commitment = base64UrlToBytes(pairing.commitment);
  if (!publicKey || !nonce || !commitment) return stop('tampered');
  if (!(await isCommitment(commitment, publicKey, nonce))) return stop('tampered');
  const agreement = await agree(pairing.privateKey, publicKey, [pairing.offer, answer, reveal]);
  if (!agreement) return stop('tampered');
  const comparing: JoinerPairing = {
    ...pairing,
    phase: 'comparing',
    reveal,
    check: agreement.check,
  };
  if (grant === undefined) return stay(comparing);
  const granted = await openPart(agreement.grantKey, slot, 'grant', grant, grantSchema);
  if (!granted) return stop('tampered');
  const { workerUrl, device, deviceName, keys, token } = pairing;
  const entered = await enterWorkspace(
    deps,
    { workerUrl, device, deviceName, keys, token },
    granted,
  );
  if (entered.ok) return { pairing: { ...comparing, phase: 'done' }, prepared: entered.value };
  return isWorthRepeating(entered.error)
    ? stay(comparing)
    : stop(entered.error.code === 'worker-lies' ? 'tampered' : toPairingProblem(entered.error));
}
