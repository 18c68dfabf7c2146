import type { Credentials } from '../../../shared/protocol/credentials.ts';
import { versionsSchema, type Versions } from '../../../shared/protocol/history-messages.ts';
import type { RecoveryId, RowKey, SlotId, WorkspaceId } from '../../../shared/protocol/ids.ts';
import { doneSchema, type SlotPart } from '../../../shared/protocol/messages.ts';
import {
  devicesSchema,
  invitationsSchema,
  recoveryFoundSchema,
  statesSchema,
  workspaceStatusSchema,
  type CreateWorkspace,
  type Invite,
  type PutState,
  type SetRecovery,
} from '../../../shared/protocol/workspace-messages.ts';
import { readSlot } from '../worker-api.ts';
import { createRequester, type FrameForm, type RequesterDeps } from '../worker-request.ts';

export type DeskApi = ReturnType<typeof createDeskApi>;
export type SlotApi = ReturnType<typeof createSlotApi>;

type Without<Message> = Omit<Message, 'v' | 'type'>;

const versionsForm: FrameForm<Versions> = {
  schema: versionsSchema,
  sizesOf: ({ rows }) => rows.map(({ size }) => size),
};

/** The routes of docs/protocol.md that somebody in front of a screen needs. */
export function createDeskApi(
  deps: RequesterDeps,
  workerUrl: string,
  workspace: WorkspaceId,
  credentials: Credentials,
) {
  const { json, framed } = createRequester(deps, workerUrl, credentials);
  const path = `workspaces/${workspace}`;
  return {
    status: () => json('GET', path, workspaceStatusSchema),
    states: (since: number) => json('GET', `${path}/state?since=${String(since)}`, statesSchema),
    putState: (message: Without<PutState>) =>
      json('PUT', `${path}/state`, doneSchema, { type: 'put-state', ...message }),
    /** Everything that the worker holds of the workspace. */
    destroy: () => json('DELETE', path, doneSchema),
    devices: () => json('GET', `${path}/devices`, devicesSchema),
    invitations: () => json('GET', `${path}/invitations`, invitationsSchema),
    invite: (message: Without<Invite>) =>
      json('POST', `${path}/invitations`, doneSchema, { type: 'invite', ...message }),
    closeInvitation: (slot: SlotId) =>
      json('POST', `${path}/invitations/close`, doneSchema, { type: 'close-invitation', slot }),
    setRecovery: (message: Without<SetRecovery>) =>
      json('PUT', `${path}/recovery`, doneSchema, { type: 'set-recovery', ...message }),
    versions: (rkey: RowKey, before: number | null) =>
      framed(
        'GET',
        `${path}/versions?rkey=${rkey}${before === null ? '' : `&before=${String(before)}`}`,
        versionsForm,
      ),
    openSlot: (slot: SlotId, offer: string) =>
      json('POST', `pairing/${workspace}/open`, doneSchema, { type: 'open-slot', slot, offer }),
  };
}

/** A workspace that the worker does not know yet, or no longer: its chain speaks for it. */
export const createAtWorker = (
  deps: RequesterDeps,
  workerUrl: string,
  message: Without<CreateWorkspace>,
) =>
  createRequester(deps, workerUrl, null).json('POST', 'workspaces', workspaceStatusSchema, {
    type: 'create',
    ...message,
  });

export const findRecovery = (deps: RequesterDeps, workerUrl: string, find: RecoveryId) =>
  createRequester(deps, workerUrl, null).json('POST', 'recovery/find', recoveryFoundSchema, {
    type: 'find-recovery',
    find,
  });

/** The routes of a slot, which need no membership: knowing it is what counts. */
export function createSlotApi(deps: RequesterDeps, workerUrl: string, slot: SlotId) {
  const { json } = createRequester(deps, workerUrl, null);
  return {
    read: () => readSlot(deps, workerUrl, slot),
    write: (part: SlotPart, sealed: string) =>
      json('POST', 'pairing/write', doneSchema, { type: 'write-slot', slot, part, sealed }),
    close: () => json('POST', 'pairing/close', doneSchema, { type: 'close-slot', slot }),
  };
}
