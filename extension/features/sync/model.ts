import type { Outcome } from '../../../shared/protocol/outcome.ts';
import { SYNC_STATUS_MESSAGE } from '../../messaging/events.ts';
import type { Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { Membership } from '../../sync/membership/create-membership.ts';
import type { InvitationLine } from '../../sync/membership/invitations.ts';
import type { PairingProblem, PairingView } from '../../sync/membership/pairing-state.ts';
import type { People } from '../../sync/membership/people.ts';
import type { MembershipProblem } from '../../sync/membership/problem.ts';
import type { SyncStatus } from '../../sync/status.ts';
import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import type { SyncMessages } from './messages.ts';

export type SyncRefusal = MembershipProblem | PairingProblem;

export interface SyncModel {
  /** Null until the background has answered. */
  readonly status: ReadonlySignal<SyncStatus | null>;
  readonly pairing: ReadonlySignal<PairingView | null>;
  /** Null without a workspace, and while it is locked. */
  readonly people: ReadonlySignal<People | null>;
  /** Only owners have any. */
  readonly invitations: ReadonlySignal<readonly InvitationLine[]>;
  /** Why the last attempt was refused. */
  readonly refusal: ReadonlySignal<SyncRefusal | Failure['code'] | null>;
  readonly isBusy: ReadonlySignal<boolean>;
  readonly membership: Membership;
  /** Follows everything above until `signal` ends it. */
  follow(signal: AbortSignal): void;
  /** One thing at a time; what came of it is in the signals. Null when it was refused. */
  attempt<Value>(task: Task<Value>): Promise<Value | null>;
  syncNow(): Promise<void>;
  lock(): Promise<void>;
}

type Task<Value> = (membership: Membership) => Promise<Outcome<Value, Refusal>>;
type Refusal = SyncRefusal | { readonly code: SyncRefusal };

interface Events {
  addListener(listener: (message: unknown) => undefined): void;
  removeListener(listener: (message: unknown) => undefined): void;
}

/** "10 seconds ago" grows old even when nothing happens; asking also keeps the worker's ear open. */
const REFRESH_MS = 5000;
const SIGNS_OF_USE = ['pointerdown', 'keydown'] as const;

export function createSyncModel({
  send,
  events,
  membershipFor,
}: {
  readonly send: Send<SyncMessages>;
  readonly events: Events;
  readonly membershipFor: (onChanged: () => void) => Membership;
}): SyncModel {
  const status = signal<SyncStatus | null>(null);
  const pairing = signal<PairingView | null>(null);
  const people = signal<People | null>(null);
  const invitations = signal<readonly InvitationLine[]>([]);
  const refusal = signal<SyncRefusal | Failure['code'] | null>(null);
  const isBusy = signal(false);
  const membership = membershipFor(() => void refresh());
  let isUsed = false;

  async function refresh(): Promise<void> {
    const before = status.value;
    const asked = send('sync.status', { isUsed });
    isUsed = false;
    const [answer, shown] = await Promise.all([asked, membership.pairing()]);
    if (!answer.ok) {
      refusal.value = answer.error.code;
      return;
    }
    const wasPairing = pairing.value?.phase;
    status.value = answer.value;
    pairing.value = shown;
    const isOther =
      before?.workspace?.id !== answer.value.workspace?.id || before?.state === 'locked';
    if (isOther || wasPairing !== pairing.value?.phase) await readPeople();
    else if (invitations.value.length > 0) await readInvitations();
  }

  async function readPeople(): Promise<void> {
    const listed = status.value?.workspace ? await membership.people() : null;
    people.value = listed?.ok ? listed.value : null;
    await readInvitations();
  }

  async function readInvitations(): Promise<void> {
    const listed = people.value?.me.role === 'owner' ? await membership.invitations() : null;
    invitations.value = listed?.ok ? listed.value : [];
  }

  async function ask(name: 'sync.now' | 'sync.lock'): Promise<void> {
    const answer = await send(name, {});
    if (answer.ok) status.value = answer.value;
    else refusal.value = answer.error.code;
    await readPeople();
  }

  return {
    status,
    pairing,
    people,
    invitations,
    refusal,
    isBusy,
    membership,
    follow(signal) {
      const listen = (message: unknown): undefined => {
        if (isStatusMessage(message)) void refresh();
      };
      events.addListener(listen);
      for (const sign of SIGNS_OF_USE) {
        addEventListener(sign, () => (isUsed = true), { signal, passive: true });
      }
      const timer = setInterval(() => void refresh(), REFRESH_MS);
      signal.addEventListener('abort', () => {
        events.removeListener(listen);
        clearInterval(timer);
        membership.stop();
      });
      void refresh();
      void membership.attend();
    },
    async attempt(task) {
      if (isBusy.value) return null;
      isBusy.value = true;
      refusal.value = null;
      const outcome = await task(membership);
      isBusy.value = false;
      if (!outcome.ok) {
        refusal.value = typeof outcome.error === 'string' ? outcome.error : outcome.error.code;
      }
      await refresh();
      await readPeople();
      return outcome.ok ? outcome.value : null;
    },
    syncNow: () => ask('sync.now'),
    lock: () => ask('sync.lock'),
  };
}

const isStatusMessage = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'name' in message &&
  message.name === SYNC_STATUS_MESSAGE;
