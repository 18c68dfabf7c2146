import type { DeviceId } from '../../../shared/clock.ts';
import type { MemberId, SlotId } from '../../../shared/protocol/ids.ts';
import { parseInvitationLink } from '../../../shared/protocol/invitation-link.ts';
import { formatPairingCode } from '../../../shared/protocol/pairing-code.ts';
import { fail } from '../../../shared/protocol/outcome.ts';
import type { Role } from '../../../shared/protocol/workspace-state.ts';
import { parseWorkerUrl } from '../worker-url.ts';
import { createWorkspace, finishCreating, type NewWorkspace } from './create.ts';
import type { MembershipDeps } from './desk.ts';
import { approve, invite, listInvitations, revokeInvitation } from './invitations.ts';
import {
  closeBehindLeavers,
  deleteThere,
  forgetEnded,
  leaveWorkspace,
  previewLeaving,
  startOver,
} from './leave.ts';
import { removeLock, setLock, unlock } from './lock-setting.ts';
import {
  finishMoving,
  followMove,
  moveWithoutOld,
  moveWorkspace,
  restoreWorkspace,
  type Move,
} from './move.ts';
import { createPairings, type PairingOutcome } from './pairings.ts';
import { listPeople, removeDevice, removeMember, rename, setRole } from './people.ts';
import {
  confirmRecoveryWords,
  newRecoveryWords,
  putRecoveryPointer,
  recover,
  type Recovering,
  type RecoveryWords,
} from './recovery.ts';
import { listVersions } from './versions.ts';

export interface Joining {
  readonly workerUrl: string;
  readonly code: string;
  readonly deviceName: string;
}

export interface AcceptedInvitation {
  readonly link: string;
  readonly deviceName: string;
  readonly memberName: string;
}

export type Membership = ReturnType<typeof createMembership>;

/**
 * Everything about belonging to a workspace that somebody in front of a screen does. It runs in the
 * page they look at, so that the background, which wakes for every email, holds none of it: keys,
 * codes, words and signatures are needed a few times a year. Nothing rejects for an expected failure.
 */
export function createMembership(deps: MembershipDeps, onChanged: () => void = () => {}) {
  const pairings = createPairings(deps, onChanged);

  const join = async (typed: Joining & { readonly memberName: string }): PairingOutcome => {
    const workerUrl = parseWorkerUrl(typed.workerUrl);
    return workerUrl === null ? fail('worker-url-invalid') : pairings.join({ ...typed, workerUrl });
  };

  return {
    createWorkspace: (request: NewWorkspace) => createWorkspace(deps, request),
    restoreWorkspace: (secret?: string) => restoreWorkspace(deps, secret),

    /** On a device of the workspace: gives the code to type on one's other device. */
    startPairing: pairings.host,
    /** On the same device, once its user has seen the same six digits on both. */
    confirmPairing: pairings.confirm,
    /** On the new device. */
    joinWorkspace: (request: Joining) => join({ ...request, memberName: '' }),
    /** On the device of somebody who was sent a link. */
    async acceptInvitation({ link, ...names }: AcceptedInvitation): PairingOutcome {
      const invitation = parseInvitationLink(link);
      if (!invitation) return fail('link-invalid');
      const code = formatPairingCode(invitation.code);
      return join({ ...names, workerUrl: invitation.workerUrl, code });
    },
    /** On either device; also puts away the view of a pairing that is over. */
    cancelPairing: pairings.cancel,
    pairing: pairings.view,

    invite: (invited: { readonly role: Role; readonly note: string }) => invite(deps, invited),
    invitations: () => listInvitations(deps),
    approveInvitation: (id: SlotId) => approve(deps, id),
    revokeInvitation: (id: SlotId) => revokeInvitation(deps, id),

    people: () => listPeople(deps),
    removeDevice: (id: DeviceId) => removeDevice(deps, id),
    removeMember: (id: MemberId) => removeMember(deps, id),
    setRole: (id: MemberId, role: Role) => setRole(deps, id, role),
    rename: (what: 'device' | 'member', id: string, name: string) => rename(deps, what, id, name),

    newRecoveryWords: () => newRecoveryWords(deps),
    confirmRecoveryWords: (words: RecoveryWords, typed: readonly string[]) =>
      confirmRecoveryWords(deps, words, typed),
    recover: (request: Recovering) => recover(deps, request),

    setLock: (lock: { readonly passphrase: string; readonly idleMinutes: number }) =>
      setLock(deps, lock),
    removeLock: () => removeLock(deps),
    unlock: (passphrase: string) => unlock(deps, passphrase),

    previewLeaving: () => previewLeaving(deps),
    leaveWorkspace: () => leaveWorkspace(deps),
    /** Also puts away the view of the pairing that began it. */
    forgetEnded: async () => {
      await pairings.cancel();
      return forgetEnded(deps);
    },
    deleteThere: () => deleteThere(deps),
    startOver: (where: Move) => startOver(deps, where),
    moveWorkspace: (move: Move) => moveWorkspace(deps, move),
    moveWithoutOld: (move: Move) => moveWithoutOld(deps, move),
    followMove: (workerUrl: string) => followMove(deps, workerUrl),

    versions: (row: { readonly table: string; readonly id: string }) => listVersions(deps, row),

    /** Carries on with what a closed page left undone, and does what only a member can do. */
    async attend(): Promise<void> {
      pairings.resume();
      await finishCreating(deps);
      await finishMoving(deps);
      await putRecoveryPointer(deps);
      await closeBehindLeavers(deps);
    },
    stop: () => pairings.stop(),
  };
}
