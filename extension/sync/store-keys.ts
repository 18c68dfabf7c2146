import type { DeviceId } from '../../shared/clock.ts';
import type { RowKey, SlotId, StorageEpoch } from '../../shared/protocol/ids.ts';
import type { SignedState, VerifiedState } from '../../shared/protocol/workspace-state.ts';
import type { SyncStore } from '../db/sync-store.ts';
import type { StoredIdentity } from './identity.ts';
import type { SyncProblem } from './status.ts';

/** A row of the worker that could not be taken in: known by its place, fetched again later. */
export interface SetAside {
  readonly seq: number;
  /** The worker counts it when both sides are compared. */
  readonly hash: string;
  readonly reason: 'too-far-ahead' | 'newer-version' | 'not-authentic' | 'malformed';
}

/** A local row that the worker will not take as it is; sent again once it has changed, or after an hour. */
export interface HeldBack {
  readonly stamp: string;
  /** Since when; unknown where an earlier version noted it. */
  readonly atMs?: number;
  readonly reason: 'too-far-ahead' | 'too-large' | 'refused' | 'unreadable-there';
}

/** A full reconcile under way: lane by lane, from the start, up to the head it began at. */
export interface Reconcile {
  readonly epoch: StorageEpoch;
  /** `merge`: what is only here is sent. `replace`: what is only here was deleted long ago. */
  readonly mode: 'merge' | 'replace';
  readonly lane: number;
  readonly since: number;
  readonly floor: number | null;
  readonly done: number;
  readonly total: number;
}

/** The newest signed state that this device has seen; it believes none before it. */
export interface Pin {
  readonly newest: VerifiedState;
  /** Every device that was ever allowed to write: a row under another name is not genuine. */
  readonly writers: readonly DeviceId[];
}

/** A membership that a page has prepared; the background takes it over. */
export interface Prepared {
  readonly identity: StoredIdentity;
  readonly pin: Pin;
  readonly chain: readonly SignedState[];
  /** False until the worker has confirmed it: it may not exist there. */
  readonly isConfirmed: boolean;
}

/** A slot in which something is expected. */
export interface Awaited {
  readonly slot: SlotId;
  readonly workerUrl: string;
  readonly part: 'answer' | 'grant';
  readonly expiresAt: number;
  readonly isThere: boolean;
}

/**
 * Everything that sync remembers, beside the data: the background may end after any of these writes
 * and must carry on from there.
 */
export interface SyncValues {
  /** Written by the store itself, in the transaction that applies a page. */
  readonly 'sync-cursor': number;
  /** Milliseconds to add to this device's clock to get the worker's; written by the store. */
  readonly 'clock-offset-ms': number;
  readonly 'sync-identity': StoredIdentity;
  readonly 'sync-pin': Pin;
  /** All signed states, oldest first: with them the workspace can be put back. */
  readonly 'sync-chain': readonly SignedState[];
  readonly 'sync-prepared': Prepared;
  readonly 'sync-awaited': readonly Awaited[];
  readonly 'sync-epoch': StorageEpoch;
  readonly 'sync-batch': number;
  readonly 'sync-reconcile': Reconcile;
  readonly 'sync-set-aside': Readonly<Record<RowKey, SetAside>>;
  readonly 'sync-set-aside-tried-at': number;
  readonly 'sync-held-back': Readonly<Record<string, HeldBack>>;
  readonly 'sync-last-success-at': number;
  /** When both sides were last compared, and when they were last found equal. */
  readonly 'sync-compare-tried-at': number;
  readonly 'sync-compared-at': number;
  /** Up to which number rows are sealed under this key epoch; null: all of them. */
  readonly 'sync-resealed': { readonly keyEpoch: number; readonly upTo: number | null };
  readonly 'sync-problem': SyncProblem;
  /** The workspace whose rows are here, also after leaving it. */
  readonly 'sync-last-workspace': string;
}

/** What is forgotten with the workspace; the measured clock offset stays true without one. */
export const WORKSPACE_VALUES = [
  'sync-identity',
  'sync-pin',
  'sync-chain',
  'sync-epoch',
  'sync-cursor',
  'sync-batch',
  'sync-reconcile',
  'sync-set-aside',
  'sync-set-aside-tried-at',
  'sync-held-back',
  'sync-last-success-at',
  'sync-compare-tried-at',
  'sync-compared-at',
  'sync-resealed',
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

/** Several values in one transaction: all of them or none. */
export async function writeAll(
  store: SyncStore,
  values: { readonly [Key in keyof SyncValues]?: SyncValues[Key] },
  nowMs: number,
): Promise<void> {
  await store.applyRemote([], null, nowMs, { set: values });
}

export const forget = (store: SyncStore, key: keyof SyncValues): Promise<void> => store.remove(key);
