import type { Role } from '../../shared/protocol/workspace-state.ts';

export type SyncProblem =
  /** No answer: no network, or the worker is not there. */
  | 'offline'
  /** The worker answered, but not as agreed. */
  | 'worker-failed'
  | 'too-many-requests'
  /** The worker speaks another version of the protocol: one of the two must be updated. */
  | 'version-mismatch'
  /** This version could damage what newer ones write: it goes on alone until it is updated. */
  | 'client-too-old'
  /** The key of this device is not the workspace's; nothing was sent and nothing condemned. */
  | 'wrong-key'
  /** The worker showed a list of members that is older than the one known, or not genuine. */
  | 'worker-lies'
  /** This device is no longer one of the workspace's. */
  | 'access-ended'
  /** The worker does not know the workspace: wiped, or another worker at this address. */
  | 'workspace-missing'
  /** The device's own database failed; nothing was skipped. */
  | 'storage-failed'
  /** The passphrase is needed before anything can be opened or sent. */
  | 'locked'
  /** A viewer's own changes stay on this device. */
  | 'read-only'
  /** The workspace is full: fetching goes on, some rows are only here. */
  | 'quota'
  /** Some rows are only here: too large, or stamped too far ahead. */
  | 'rows-held-back'
  /** Some rows of other devices cannot be read here (yet). */
  | 'rows-set-aside';

export type SyncState =
  /** No workspace: everything stays on this device. */
  | 'none'
  /** Nothing under way; `lastSuccessAt` and `pending` say how things stand. */
  | 'idle'
  | 'syncing'
  | 'offline'
  | 'locked'
  /** It will not go on without someone doing something. */
  | 'error';

/** A full fetch under way. */
export interface SyncProgress {
  readonly done: number;
  /** What the worker held when it began. */
  readonly total: number;
}

/** Only what is known: the last exchange that succeeded in full, and what has not been sent. */
export interface SyncStatus {
  readonly state: SyncState;
  readonly workspace: {
    readonly id: string;
    readonly workerUrl: string;
    readonly deviceName: string;
    readonly role: Role;
    /** A passphrase is asked for after so many idle minutes; null without a lock. */
    readonly lockAfterMinutes: number | null;
  } | null;
  /** When an exchange last ran to its end, both ways; `problem` says what it had to leave out. */
  readonly lastSuccessAt: number | null;
  /** When both sides were last found to hold the same rows. */
  readonly comparedAt: number | null;
  /** Rows that the worker does not have yet. */
  readonly pending: number;
  readonly problem: SyncProblem | null;
  readonly progress: SyncProgress | null;
  /** How far this device's clock is behind (ahead: negative) when that is worth a word. */
  readonly clockWrongByMs: number | null;
  readonly heldBack: number;
  readonly setAside: number;
  /** Something has arrived that a person has to look at. */
  readonly waiting: {
    /** Invitations that were answered: the six digits are to be compared. */
    readonly answers: number;
    /** The invitation that this device has answered was granted. */
    readonly isGranted: boolean;
  };
}

/** A clock off by less than this needs no words: stamps are corrected whatever it is. */
const CLOCK_TOLERANCE_MS = 2 * 60 * 1000;

export const clockWrongBy = (offsetMs: number): number | null =>
  Math.abs(offsetMs) > CLOCK_TOLERANCE_MS ? offsetMs : null;

/** Problems that pass by themselves, or that leave the rest working. */
export function stateOf(isRunning: boolean, problem: SyncProblem | null): SyncState {
  if (problem === 'locked') return 'locked';
  if (isRunning) return 'syncing';
  switch (problem) {
    case 'offline':
      return 'offline';
    case null:
    case 'read-only':
    case 'quota':
    case 'rows-held-back':
    case 'rows-set-aside':
      return 'idle';
    default:
      return 'error';
  }
}
