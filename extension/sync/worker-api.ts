import type { DeviceId } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Credentials } from '../../shared/protocol/credentials.ts';
import type { Lane, SlotId, StorageEpoch, WorkspaceId } from '../../shared/protocol/ids.ts';
import {
  deviceListSchema,
  doneSchema,
  pullResultSchema,
  pushResultSchema,
  slotSchema,
  workspaceStateSchema,
  type Create,
  type NewDevice,
  type SlotPart,
} from '../../shared/protocol/messages.ts';
import type { SyncDeps } from './deps.ts';
import { createRequester } from './worker-request.ts';

export interface PullFrom {
  readonly since: number;
  readonly epoch: StorageEpoch;
  readonly lane?: Lane;
  readonly limit?: number;
}

export type WorkerApi = ReturnType<typeof createWorkerApi>;
export type SlotApi = ReturnType<typeof createSlotApi>;

/** The routes of docs/protocol.md for a device of a workspace. */
export function createWorkerApi(
  deps: Pick<SyncDeps, 'fetch'>,
  workerUrl: string,
  workspace: WorkspaceId,
  credentials: Credentials,
) {
  const { json, framed } = createRequester(deps, workerUrl, credentials);
  const path = `workspaces/${workspace}`;
  return {
    create: (request: Omit<Create, 'v' | 'type' | 'workspace'>) =>
      json('POST', 'workspaces', workspaceStateSchema, { type: 'create', workspace, ...request }),
    state: () => json('GET', path, workspaceStateSchema),
    push: (frame: Bytes) =>
      framed(
        'POST',
        `${path}/push`,
        pushResultSchema,
        ({ results }) => results.map((row) => (row.status === 'conflict' ? row.size : 0)),
        frame,
      ),
    pull: (from: PullFrom) => {
      const query = Object.entries(from).map(([name, value]) => `${name}=${String(value)}`);
      return framed('GET', `${path}/pull?${query.join('&')}`, pullResultSchema, ({ rows }) =>
        rows.map(({ size }) => size),
      );
    },
    devices: () => json('GET', `${path}/devices`, deviceListSchema),
    registerDevice: (device: NewDevice) =>
      json('POST', `${path}/devices`, doneSchema, { type: 'register-device', device }),
    removeDevice: (device: DeviceId) => json('DELETE', `${path}/devices/${device}`, doneSchema),
    openSlot: (slot: SlotId, offer: string) =>
      json('POST', `pairing/${workspace}/open`, doneSchema, { type: 'open-slot', slot, offer }),
  };
}

/** The routes of a pairing, which need no membership: knowing the slot is what counts. */
export function createSlotApi(deps: Pick<SyncDeps, 'fetch'>, workerUrl: string, slot: SlotId) {
  const { json } = createRequester(deps, workerUrl, null);
  return {
    read: () => json('POST', 'pairing/read', slotSchema, { type: 'read-slot', slot }),
    write: (part: SlotPart, sealed: string) =>
      json('POST', 'pairing/write', doneSchema, { type: 'write-slot', slot, part, sealed }),
    close: () => json('POST', 'pairing/close', doneSchema, { type: 'close-slot', slot }),
  };
}
