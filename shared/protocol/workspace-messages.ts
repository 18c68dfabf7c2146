import * as v from 'valibot';
import { base64Field, queryNumber, timeField, versionField } from './fields.ts';
import {
  deviceIdSchema,
  hashSchema,
  recoveryIdSchema,
  seqSchema,
  slotIdSchema,
  storageEpochSchema,
} from './ids.ts';
import { MAX_CHAIN_STATES, MAX_INVITATIONS, MAX_LABEL_CHARS, MAX_STATE_DEVICES } from './limits.ts';
import { keyPackageSchema, signedStateSchema } from './workspace-state.ts';

/** What is said of a workspace as a whole: who belongs to it, how much it holds. */

const packagesField = v.pipe(v.array(keyPackageSchema), v.maxLength(MAX_STATE_DEVICES));

/** `POST /v1/workspaces` */
export const createWorkspaceSchema = v.object({
  v: versionField,
  type: v.literal('create'),
  /**
   * The chain from the first state on. A new workspace has one; more put back a workspace that the
   * worker has lost (wholly, or its newest part), or bring it here from another worker. The chain
   * speaks for itself, so whoever brings it needs no credentials.
   */
  states: v.pipe(v.array(signedStateSchema), v.minLength(1), v.maxLength(MAX_CHAIN_STATES)),
  /** For every device of the newest state. */
  packages: packagesField,
  /** Only where the worker asks for one. */
  secret: v.optional(v.pipe(v.string(), v.maxLength(200))),
});
export type CreateWorkspace = v.InferOutput<typeof createWorkspaceSchema>;

/** `PUT /v1/workspaces/:workspace/state` */
export const putStateSchema = v.object({
  v: versionField,
  type: v.literal('put-state'),
  state: signedStateSchema,
  /** For every device that is new, has another box key, or stands before a new key epoch. */
  packages: packagesField,
});
export type PutState = v.InferOutput<typeof putStateSchema>;

/** `GET /v1/workspaces/:workspace/state?since=…` */
export const statesQuerySchema = v.object({ since: queryNumber(9) });

export const statesSchema = v.object({
  v: versionField,
  type: v.literal('states'),
  /** Those after `since`, oldest first. */
  states: v.array(signedStateSchema),
  /** Nothing newer is left. */
  isComplete: v.boolean(),
  /** For the asking device, of the newest key epoch. */
  keyPackage: base64Field(150),
});
export type States = v.InferOutput<typeof statesSchema>;

/** `GET /v1/workspaces/:workspace` */
export const workspaceStatusSchema = v.object({
  v: versionField,
  type: v.literal('workspace'),
  epoch: storageEpochSchema,
  head: seqSchema,
  /** The highest number of a tombstone that was cleared away; 0 for none. */
  horizon: seqSchema,
  stateVersion: v.number(),
  keyEpoch: v.number(),
  keyCheck: hashSchema,
  serverTimeMs: timeField,
  usage: v.object({
    rows: v.number(),
    maxRows: v.number(),
    /** Sealed rows and previous versions together. */
    bytes: v.number(),
    maxBytes: v.number(),
    versionBytes: v.number(),
    devices: v.number(),
    maxDevices: v.number(),
  }),
});
export type WorkspaceStatus = v.InferOutput<typeof workspaceStatusSchema>;

/** `GET /v1/workspaces/:workspace/devices`: what the signed state does not say of them. */
export const devicesSchema = v.object({
  v: versionField,
  type: v.literal('devices'),
  devices: v.array(
    v.object({
      id: deviceIdSchema,
      addedAt: timeField,
      /** To the hour. */
      seenAt: timeField,
    }),
  ),
});
export type Devices = v.InferOutput<typeof devicesSchema>;

/** `POST /v1/workspaces/:workspace/invitations` opens a slot for seven days. */
export const inviteSchema = v.object({
  v: versionField,
  type: v.literal('invite'),
  slot: slotIdSchema,
  offer: base64Field(1024),
  /** What the owners' devices show of it, sealed. */
  label: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]+$/), v.maxLength(MAX_LABEL_CHARS)),
});
export type Invite = v.InferOutput<typeof inviteSchema>;

/** `POST /v1/workspaces/:workspace/invitations/close` */
export const uninviteSchema = v.object({
  v: versionField,
  type: v.literal('close-invitation'),
  slot: slotIdSchema,
});

/** `GET /v1/workspaces/:workspace/invitations` */
export const invitationsSchema = v.object({
  v: versionField,
  type: v.literal('invitations'),
  invitations: v.pipe(
    v.array(
      v.object({
        slot: slotIdSchema,
        /** The device that holds its private key, and so the only one that can answer it. */
        device: deviceIdSchema,
        label: v.string(),
        createdAt: timeField,
        expiresInMs: v.number(),
      }),
    ),
    v.maxLength(MAX_INVITATIONS),
  ),
});
export type Invitations = v.InferOutput<typeof invitationsSchema>;

const pointerField = base64Field(300);

/** `PUT /v1/workspaces/:workspace/recovery` */
export const setRecoverySchema = v.object({
  v: versionField,
  type: v.literal('set-recovery'),
  /** A recovery device of the newest state. */
  device: deviceIdSchema,
  find: recoveryIdSchema,
  pointer: pointerField,
});
export type SetRecovery = v.InferOutput<typeof setRecoverySchema>;

/** `POST /v1/recovery/find` */
export const findRecoverySchema = v.object({
  v: versionField,
  type: v.literal('find-recovery'),
  find: recoveryIdSchema,
});

export const recoveryFoundSchema = v.object({
  v: versionField,
  type: v.literal('recovery'),
  pointer: pointerField,
});
export type RecoveryFound = v.InferOutput<typeof recoveryFoundSchema>;
