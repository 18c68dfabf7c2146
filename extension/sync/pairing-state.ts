import type { DeviceId } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { formatPairingCode, type PairingCode } from '../../shared/protocol/pairing-code.ts';

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
  /** By this device's own clock. */
  readonly expiresAt: number;
  readonly problem: PairingProblem | null;
}

interface Common {
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

/** Stored after each step, so that a background that ends in between carries on. */
export type StoredPairing =
  | (Common & {
      readonly role: 'host';
      readonly phase: PairingView['phase'];
      readonly nonce: Bytes;
      readonly joiner: {
        readonly device: DeviceId;
        readonly name: string;
        readonly tokenHash: string;
        readonly publicKey: Bytes;
      } | null;
    })
  | (Common & {
      readonly role: 'joiner';
      readonly phase: PairingView['phase'];
      readonly workerUrl: string;
      readonly device: DeviceId;
      readonly deviceName: string;
      readonly token: Bytes;
      readonly commitment: Bytes;
    });
export type HostPairing = Extract<StoredPairing, { role: 'host' }>;
export type JoinerPairing = Extract<StoredPairing, { role: 'joiner' }>;

export function toPairingView(pairing: StoredPairing): PairingView {
  const { role, phase, check, expiresAt, problem } = pairing;
  return {
    role,
    phase,
    code: role === 'host' && phase === 'waiting' ? formatPairingCode(pairing.code) : null,
    check,
    deviceName: role === 'host' ? (pairing.joiner?.name ?? null) : pairing.deviceName,
    expiresAt,
    problem,
  };
}

export const isUnderWay = ({ phase }: Pick<StoredPairing, 'phase'>): boolean =>
  phase === 'waiting' || phase === 'comparing';
