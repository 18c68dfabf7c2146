import type { DeviceId } from '../../../shared/clock.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import type { DeviceKeys } from '../../../shared/protocol/device-keys.ts';
import type { Answer } from '../../../shared/protocol/joining.ts';
import { formatPairingCode, type PairingCode } from '../../../shared/protocol/pairing-code.ts';
import type { Role } from '../../../shared/protocol/workspace-state.ts';

export type PairingProblem =
  /** The code cannot be right: most likely one character is. Nothing was sent. */
  | 'code-mistyped'
  /** No pairing under this code: never, no longer, or at another worker. */
  | 'code-unknown'
  | 'expired'
  /** Another device has already answered under this code. */
  | 'code-used'
  /** What came was not sealed by the other device: stop and start over. */
  | 'tampered'
  /** The other device has this one's id: one browser profile was copied. */
  | 'same-device'
  | 'too-many-devices'
  | 'cancelled'
  | 'offline'
  | 'worker-failed';

/** What a person sees of a pairing, on either device. */
export interface PairingView {
  /** `host` has the workspace and shows the code; `joiner` types it. */
  readonly role: 'host' | 'joiner';
  /** One's own second device beside the first, or another person by a link. */
  readonly kind: 'pairing' | 'invitation';
  readonly phase:
    /** The host waits for the code to be typed, the joiner for the host. */
    | 'waiting'
    /** Both show `check`; the host's user confirms that they are the same. */
    | 'comparing'
    | 'done'
    | 'failed';
  /** The host's, in groups, as long as it can be typed. */
  readonly code: string | null;
  /** Six digits. */
  readonly check: string | null;
  /** The joiner's, shown on the host. */
  readonly deviceName: string | null;
  readonly memberName: string | null;
  /** The joiner's; null before it has answered. */
  readonly device: DeviceId | null;
  /** By this device's own clock. */
  readonly expiresAt: number;
  readonly problem: PairingProblem | null;
}

interface Common {
  readonly kind: PairingView['kind'];
  readonly phase: PairingView['phase'];
  readonly code: PairingCode;
  readonly expiresAt: number;
  readonly privateKey: CryptoKey;
  readonly publicKey: Bytes;
  readonly problem: PairingProblem | null;
  readonly offer: string;
  readonly answer: string | null;
  readonly reveal: string | null;
  readonly check: string | null;
}

export interface HostPairing extends Common {
  readonly role: 'host';
  readonly nonce: Bytes;
  /** Of an invitation: what the invited will be, and for whom it was meant. */
  readonly memberRole: Role | null;
  readonly note: string;
  readonly joiner: Answer | null;
}

export interface JoinerPairing extends Common {
  readonly role: 'joiner';
  readonly workerUrl: string;
  readonly device: DeviceId;
  readonly deviceName: string;
  readonly memberName: string;
  readonly keys: DeviceKeys;
  readonly token: Bytes;
  readonly commitment: string;
}

/** Stored after each step, so that a page that closes in between carries on. */
export type StoredPairing = HostPairing | JoinerPairing;

export function toPairingView(pairing: StoredPairing): PairingView {
  const { role, kind, phase, check, expiresAt, problem } = pairing;
  return {
    role,
    kind,
    phase,
    code: role === 'host' && phase === 'waiting' ? formatPairingCode(pairing.code) : null,
    check,
    deviceName: role === 'host' ? (pairing.joiner?.deviceName ?? null) : pairing.deviceName,
    memberName: role === 'host' ? (pairing.joiner?.memberName ?? null) : pairing.memberName,
    device: role === 'host' ? (pairing.joiner?.device ?? null) : pairing.device,
    expiresAt,
    problem,
  };
}

export const isUnderWay = ({ phase }: Pick<StoredPairing, 'phase'>): boolean =>
  phase === 'waiting' || phase === 'comparing';

export const failed = <Pairing extends StoredPairing>(
  pairing: Pairing,
  problem: PairingProblem,
): Pairing => ({ ...pairing, phase: 'failed', problem });
