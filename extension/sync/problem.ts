import type { StepProblem } from './session.ts';
import type { SyncProblem } from './status.ts';

/** A failed step in the words of the status. */
export function toSyncProblem({ code }: StepProblem): SyncProblem {
  switch (code) {
    case 'offline':
    case 'wrong-key':
    case 'worker-lies':
    case 'access-ended':
    case 'client-too-old':
    case 'too-many-requests':
      return code;
    case 'unauthorised':
      return 'access-ended';
    case 'no-workspace':
      return 'workspace-missing';
    case 'unsupported-version':
      return 'version-mismatch';
    default:
      return 'worker-failed';
  }
}

/** These pass by themselves, so trying again later is all there is to do. */
export const isPassing = (problem: SyncProblem | null): boolean =>
  problem === 'offline' ||
  problem === 'worker-failed' ||
  problem === 'too-many-requests' ||
  problem === 'storage-failed';
