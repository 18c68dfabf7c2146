import type { PairingView } from './pairing-state.ts';

export type SyncProblem =
  /** No answer: no network, or the worker is not there. */
  | 'offline'
  /** The worker answered, but not as agreed. */
  | 'worker-failed'
  | 'too-many-requests'
  /** The worker speaks another version of the protocol: one of the two must be updated. */
  | 'version-mismatch'
  /** The key of this device is not the workspace's; nothing was sent and nothing condemned. */
  | 'wrong-key'
  /** This device is no longer one of the workspace's. */
  | 'access-ended'
  /** The worker does not know the workspace: wiped, or another worker at this address. */
  | 'workspace-missing'
  /** The device's own database failed; nothing was skipped. */
  | 'storage-failed'
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
  /** It will not go on without someone doing something. */
  | 'error';

/** Only what is known: the last exchange that succeeded in full, and what has not been sent. */
export interface SyncStatus {
  readonly state: SyncState;
  readonly workspace: {
    readonly id: string;
    readonly workerUrl: string;
    readonly deviceName: string;
  } | null;
  /** When an exchange last ran to its end, both ways; `problem` says what it had to leave out. */
  readonly lastSuccessAt: number | null;
  /** Rows that the worker does not have yet. */
  readonly pending: number;
  readonly problem: SyncProblem | null;
  readonly heldBack: number;
  readonly setAside: number;
  readonly pairing: PairingView | null;
}

/** Problems that pass by themselves, or that leave the rest working. */
export function stateOf(isRunning: boolean, problem: SyncProblem | null): SyncState {
  if (isRunning) return 'syncing';
  switch (problem) {
    case 'offline':
      return 'offline';
    case null:
    case 'quota':
    case 'rows-held-back':
    case 'rows-set-aside':
      return 'idle';
    default:
      return 'error';
  }
}
