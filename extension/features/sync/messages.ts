import type { MembershipProblem } from '../../sync/membership.ts';
import type { PairingProblem } from '../../sync/pairing-state.ts';
import type { SyncProblem, SyncStatus } from '../../sync/status.ts';

/** What a surface says of sync in one quiet line. */
export type SyncSummary = Pick<SyncStatus, 'state' | 'lastSuccessAt' | 'pending' | 'problem'>;
export type SyncRefusal = MembershipProblem | PairingProblem | SyncProblem;

/** The status after the attempt, and why it was refused, if it was. */
export interface SyncAttempt {
  readonly status: SyncStatus;
  readonly refusal: SyncRefusal | null;
}

export interface DeviceLine {
  readonly id: string;
  readonly name: string | null;
  readonly isThis: boolean;
  readonly seenAt: number;
}

type Nothing = Record<string, never>;

export type SyncMessages = {
  'sync.summary': [Nothing, SyncSummary];
  'sync.status': [Nothing, SyncStatus];
  'sync.create': [
    { readonly workerUrl: string; readonly deviceName: string; readonly secret: string },
    SyncAttempt,
  ];
  'sync.restore': [{ readonly secret: string }, SyncAttempt];
  'sync.pair': [Nothing, SyncAttempt];
  'sync.confirm': [Nothing, SyncAttempt];
  'sync.cancel': [Nothing, SyncAttempt];
  'sync.join': [
    { readonly workerUrl: string; readonly code: string; readonly deviceName: string },
    SyncAttempt,
  ];
  'sync.leave': [Nothing, SyncAttempt];
  'sync.now': [Nothing, SyncAttempt];
  'sync.devices': [Nothing, readonly DeviceLine[]];
};
