import type { SyncStore } from '../../db/sync-store.ts';
import type { SetRecovery } from '../../../shared/protocol/workspace-messages.ts';
import type { SignedState } from '../../../shared/protocol/workspace-state.ts';
import type { HostPairing, PairingView, StoredPairing } from './pairing-state.ts';

/** What pages remember between the steps that people take; closing a page must lose none of it. */
export interface KeptValues {
  /** Under way, with its secrets. */
  readonly 'sync-pairing': StoredPairing;
  /** What is left to show of one that is over. */
  readonly 'sync-pairing-over': PairingView;
  /** Open invitations of this device, with their secrets. */
  readonly 'sync-invitations': readonly HostPairing[];
  /** Words that are already part of the workspace and that the worker cannot find yet. */
  readonly 'sync-recovery-pointer': Omit<SetRecovery, 'v' | 'type'>;
  /** A move that the old worker knows of and the new one does not. */
  readonly 'sync-moving': { readonly workerUrl: string; readonly state: SignedState };
}

export const readKept = <Key extends keyof KeptValues>(
  store: SyncStore,
  key: Key,
): Promise<KeptValues[Key] | undefined> => store.get<KeptValues[Key]>(key);

export const keep = <Key extends keyof KeptValues>(
  store: SyncStore,
  key: Key,
  value: KeptValues[Key],
): Promise<void> => store.set(key, value);

export const drop = (store: SyncStore, key: keyof KeptValues): Promise<void> => store.remove(key);
