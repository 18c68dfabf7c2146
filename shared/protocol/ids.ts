import * as v from 'valibot';
import type { DeviceId } from '../clock.ts';

/** 128 random bits as 32 hex digits, chosen by the device that creates the workspace. */
export type WorkspaceId = string & { readonly __brand: 'WorkspaceId' };
/** A row's name at the worker: 16 bytes of an HMAC over table and id, as 32 hex digits. */
export type RowKey = string & { readonly __brand: 'RowKey' };
/** Names one life of the worker's storage; another one means that sequence numbers start anew. */
export type StorageEpoch = string & { readonly __brand: 'StorageEpoch' };
/** A person of the workspace, whatever devices they use: 64 random bits as 16 hex digits. */
export type MemberId = string & { readonly __brand: 'MemberId' };
/** Where the words of a recovery lead to: derived from them, 32 hex digits. */
export type RecoveryId = string & { readonly __brand: 'RecoveryId' };
/** Where two devices meet to pair: derived from the pairing code, 32 hex digits. */
export type SlotId = string & { readonly __brand: 'SlotId' };

/** What is fetched in which order by a new device: who we serve, then what happened, then the rest. */
export type Lane = 0 | 1 | 2;
export const LANES: readonly Lane[] = [0, 1, 2];

/* @__NO_SIDE_EFFECTS__ */
function hex<Text extends string = string>(digits: number) {
  return v.pipe(
    v.string(),
    v.regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`)),
    v.transform((text) => text as Text),
  );
}

export const hashSchema = hex(32);
export const sha256Schema = hex(64);
export const workspaceIdSchema = hex<WorkspaceId>(32);
export const rowKeySchema = hex<RowKey>(32);
export const storageEpochSchema = hex<StorageEpoch>(32);
export const slotIdSchema = hex<SlotId>(32);
export const recoveryIdSchema = hex<RecoveryId>(32);
export const memberIdSchema = hex<MemberId>(16);
export const deviceIdSchema = hex<DeviceId>(16);
export const laneSchema = v.picklist(LANES);
export const seqSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const base64UrlSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
/** A public key: 32 bytes as base64url. */
export const key32Schema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
