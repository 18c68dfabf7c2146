import type { RowKey, StorageEpoch } from '../../shared/protocol/ids.ts';
import type { SyncStore } from '../db/sync-store.ts';
import type { StoredIdentity } from './identity.ts';
import type { PairingView, StoredPairing } from './pairing-state.ts';
import type { SyncProblem } from './status.ts';

/** A row of the worker that could not be taken in: known by its place, fetched again later. */
export interface SetAside {
  readonly seq: number;
  readonly reason: 'too-far-ahead' | 'newer-version' | 'not-authentic' | 'malformed';
}

/** A local row that the worker will not take as it is; sent again only once it has changed. */
export interface HeldBack {
  readonly stamp: string;
  readonly reason: 'too-far-ahead' | 'too-large' | 'refused' | 'unreadable-there';
}

/** A full reconcile under way: lane by lane, from the start, up to the head it began at. */
export interface Reconcile {
  readonly epoch: StorageEpoch;
  readonly lane: number;
  readonly since: number;
  readonly floor: number | null;
}

/**
 * Everything that sync remembers, beside the data: the background may end after any of these writes
 * and must carry on from there.
 */
export interface SyncValues {
  /** Written by the store itself, in the transaction that applies a page. */
  readonly 'sync-cursor': number;
  /** Milliseconds to add to this device's clock to get the worker's; read by the writer. */
  readonly 'clock-offset-ms': number;
  readonly 'sync-identity': StoredIdentity;
  readonly 'sync-epoch': StorageEpoch;
  readonly 'sync-batch': number;
  readonly 'sync-reconcile': Reconcile;
  readonly 'sync-set-aside': Readonly<Record<RowKey, SetAside>>;
  readonly 'sync-set-aside-tried-at': number;
  readonly 'sync-held-back': Readonly<Record<string, HeldBack>>;
  readonly 'sync-last-success-at': number;
  readonly 'sync-problem': SyncProblem;
  /** Under way, with its secrets. */
  readonly 'sync-pairing': StoredPairing;
  /** What is left to show of one that is over. */
  readonly 'sync-pairing-over': PairingView;
}

/** What is forgotten with the workspace; the measured clock offset stays true without one. */
export const WORKSPACE_VALUES = [
  'sync-identity',
  'sync-epoch',
  'sync-cursor',
  'sync-batch',
  'sync-reconcile',
  'sync-set-aside',
  'sync-set-aside-tried-at',
  'sync-held-back',
  'sync-last-success-at',
  'sync-problem',
] as const satisfies readonly (keyof SyncValues)[];

export const read = <Key extends keyof SyncValues>(
  store: SyncStore,
  key: Key,
): Promise<SyncValues[Key] | undefined> => store.get<SyncValues[Key]>(key);

export const write = <Key extends keyof SyncValues>(
  store: SyncStore,
  key: Key,
  value: SyncValues[Key],
): Promise<void> => store.set(key, value);

export const forget = (store: SyncStore, key: keyof SyncValues): Promise<void> => store.remove(key);
