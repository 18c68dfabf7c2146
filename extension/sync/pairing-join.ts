import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  sha256,
} from '../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../shared/protocol/credentials.ts';
import { KEY_BYTES } from '../../shared/protocol/keyring.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import { parsePairingCode } from '../../shared/protocol/pairing-code.ts';
import {
  agree,
  derivePairingSecrets,
  grantSchema,
  isCommitment,
  offerSchema,
  openPart,
  revealSchema,
  sealPart,
} from '../../shared/protocol/pairing.ts';
import type { SyncDeps } from './deps.ts';
import { wrapIdentity, type StoredIdentity } from './identity.ts';
import { newKeyPair } from './key-pair.ts';
import { isWorthRepeating, toPairingProblem } from './pairing-problem.ts';
import type { JoinerPairing, PairingProblem } from './pairing-state.ts';
import { createSlotApi } from './worker-api.ts';

export interface Join {
  readonly workerUrl: string;
  readonly code: string;
  readonly deviceName: string;
}

export type Joining = Pick<SyncDeps, 'fetch' | 'deviceId' | 'now' | 'randomBytes'>;

/** Answers the offer under the code; the digits to compare follow with the host's next step. */
export async function startJoining(
  deps: Joining,
  { workerUrl, code: typed, deviceName }: Join,
): Promise<Outcome<JoinerPairing, PairingProblem>> {
  const code = parsePairingCode(typed);
  if (code === null) return fail('code-mistyped');
  const { slot, boxKey } = await derivePairingSecrets(code);
  const meeting = createSlotApi(deps, workerUrl, slot);
  const read = await meeting.read();
  if (!read.ok) {
    return fail(read.error.code === 'slot-gone' ? 'code-unknown' : toPairingProblem(read.error));
  }
  const { offer = '', expiresInMs } = read.value;
  const opened = await openPart(boxKey, slot, 'offer', offer, offerSchema);
  const commitment = base64UrlToBytes(opened?.commitment ?? '');
  if (!opened || !commitment) return fail('tampered');
  const { privateKey, publicKey } = await newKeyPair();
  const device = await deps.deviceId();
  const token = deps.randomBytes(TOKEN_BYTES);
  const mine = {
    publicKey: bytesToBase64Url(publicKey),
    device,
    deviceName,
    tokenHash: bytesToHex(await sha256(token)),
  };
  const answer = await sealPart(boxKey, slot, 'answer', mine, deps.randomBytes);
  const written = await meeting.write('answer', answer);
  if (!written.ok) return fail(toPairingProblem(written.error));
  return succeed({
    role: 'joiner',
    phase: 'waiting',
    workerUrl,
    code,
    device,
    deviceName,
    token,
    commitment,
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
  readonly identity: StoredIdentity | null;
}

/** Looks into the slot once: first for the host's public key, then for the grant. */
export async function stepJoining(deps: Joining, pairing: JoinerPairing): Promise<JoinStep> {
  const stay = (next: JoinerPairing): JoinStep => ({ pairing: next, identity: null });
  const failed = (problem: PairingProblem): JoinStep =>
    stay({ ...pairing, phase: 'failed', problem });
  const { slot, boxKey } = await derivePairingSecrets(pairing.code);
  const read = await createSlotApi(deps, pairing.workerUrl, slot).read();
  if (!read.ok) {
    return isWorthRepeating(read.error) ? stay(pairing) : failed(toPairingProblem(read.error));
  }
  const { reveal, grant, answer } = read.value;
  if (answer !== pairing.answer || answer === undefined) return failed('code-used');
  if (reveal === undefined) return stay(pairing);
  const opened = await openPart(boxKey, slot, 'reveal', reveal, revealSchema);
  const publicKey = base64UrlToBytes(opened?.publicKey ?? '');
  const nonce = base64UrlToBytes(opened?.nonce ?? '');
  const isHosts = publicKey && nonce && (await isCommitment(pairing.commitment, publicKey, nonce));
  if (!isHosts) return failed('tampered');
  const agreement = await agree(pairing.privateKey, publicKey, [pairing.offer, answer, reveal]);
  if (!agreement) return failed('tampered');
  const comparing: JoinerPairing = {
    ...pairing,
    phase: 'comparing',
    reveal,
    check: agreement.check,
  };
  if (grant === undefined) return stay(comparing);
  const granted = await openPart(agreement.grantKey, slot, 'grant', grant, grantSchema);
  const workspaceKey = base64UrlToBytes(granted?.key ?? '');
  if (!granted || workspaceKey?.length !== KEY_BYTES) return failed('tampered');
  const identity = await wrapIdentity(
    {
      workerUrl: pairing.workerUrl,
      workspaceId: granted.workspace,
      device: pairing.device,
      deviceName: pairing.deviceName,
      keyEpoch: granted.keyEpoch,
      workspaceKey,
      token: pairing.token,
      isConfirmed: true,
    },
    deps.randomBytes,
  );
  return { pairing: { ...comparing, phase: 'done' }, identity };
}
