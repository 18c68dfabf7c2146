import * as v from 'valibot';
import type { DeviceId } from '../clock.ts';

/** 128 random bits as 32 hex digits, chosen by the device that creates the workspace. */
export type WorkspaceId = string & { readonly __brand: 'WorkspaceId' };
/** A row's name at the worker: 16 bytes of an HMAC over table and id, as 32 hex digits. */
export type RowKey = string & { readonly __brand: 'RowKey' };
/** Names one life of the worker's storage; another one means that sequence numbers start anew. */
export type StorageEpoch = string & { readonly __brand: 'StorageEpoch' };
/** Where two devices meet to pair: derived from the pairing code, 32 hex digits. */
export type SlotId = string & { readonly __brand: 'SlotId' };

/** What is fetched in which order by a new device: who we serve, then what happened, then the rest. */
export type Lane = 0 | 1 | 2;
export const LANES: readonly Lane[] = [0, 1, 2];

const hex = (digits: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^[0-9a-f]{${String(digits)}}$`)));

export const hashSchema = hex(32);
export const sha256Schema = hex(64);
export const workspaceIdSchema = v.pipe(
  hex(32),
  v.transform((text) => text as WorkspaceId),
);
export const rowKeySchema = v.pipe(
  hex(32),
  v.transform((text) => text as RowKey),
);
export const storageEpochSchema = v.pipe(
  hex(32),
  v.transform((text) => text as StorageEpoch),
);
export const slotIdSchema = v.pipe(
  hex(32),
  v.transform((text) => text as SlotId),
);
export const deviceIdSchema = v.pipe(
  hex(16),
  v.transform((text) => text as DeviceId),
);
export const laneSchema = v.picklist(LANES);
export const seqSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const base64UrlSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/));
