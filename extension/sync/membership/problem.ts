import type { StepProblem } from '../session.ts';
import type { SyncProblem } from '../status.ts';
import { toSyncProblem } from '../problem.ts';

/** Why something that a person asked for did not happen; each has its words in the catalogue. */
export type MembershipProblem =
  | SyncProblem
  | 'worker-url-invalid'
  | 'already-member'
  | 'not-a-member'
  /** The worker creates workspaces for nobody, or only with a secret other than the one given. */
  | 'creation-refused'
  /** Only an owner may. */
  | 'not-allowed'
  /** Somebody has to be able to decide. */
  | 'last-owner'
  | 'too-many-devices'
  | 'too-many-invitations'
  /** Another device changed the workspace at the same time, again and again. */
  | 'contended'
  /** Somebody else has removed them meanwhile. */
  | 'unknown-member'
  | 'link-invalid'
  | 'words-count'
  | 'word-unknown'
  | 'words-wrong'
  /** The words are right and lead nowhere at this worker. */
  | 'recovery-unknown'
  | 'wrong-passphrase'
  | 'passphrase-short'
  /** There is another workspace of the same kind of address, or this one is there already. */
  | 'workspace-exists';

export function toMembershipProblem(problem: StepProblem): MembershipProblem {
  switch (problem.code) {
    case 'creation-refused':
    case 'not-allowed':
    case 'too-many-devices':
    case 'too-many-invitations':
    case 'workspace-exists':
    case 'recovery-unknown':
      return problem.code;
    case 'state-conflict':
      return 'contended';
    case 'state-refused':
      return problem.problem === 'no-owner' ? 'last-owner' : 'not-allowed';
    default:
      return toSyncProblem(problem);
  }
}
