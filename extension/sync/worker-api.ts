import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Credentials } from '../../shared/protocol/credentials.ts';
import { bucketSchema, digestSchema } from '../../shared/protocol/history-messages.ts';
import type { Lane, RowKey, SlotId, StorageEpoch, WorkspaceId } from '../../shared/protocol/ids.ts';
import {
  pullResultSchema,
  pushResultSchema,
  slotSchema,
  type PullResult,
  type PushResult,
} from '../../shared/protocol/messages.ts';
import { statesSchema, workspaceStatusSchema } from '../../shared/protocol/workspace-messages.ts';
import type { Outcome } from '../../shared/protocol/outcome.ts';
import {
  createRequester,
  readFrame,
  type FrameForm,
  type RequesterDeps,
  type RequestProblem,
} from './worker-request.ts';

export interface PullFrom {
  readonly since: number;
  readonly epoch: StorageEpoch;
  readonly lane?: Lane;
  readonly limit?: number;
  /** Only what is sealed under a key epoch below this one. */
  readonly below?: number;
  /** This device has rows of this workspace although it begins at 0. */
  readonly holds?: true;
}

/** Sends a frame over the open socket; null when that is not possible. */
export type Live = (frame: Bytes) => Promise<Outcome<Bytes, RequestProblem> | null>;

export type WorkerApi = ReturnType<typeof createWorkerApi>;

const pushForm: FrameForm<PushResult> = {
  schema: pushResultSchema,
  sizesOf: ({ results }) => results.map((row) => (row.status === 'conflict' ? row.size : 0)),
};
const pullForm: FrameForm<PullResult> = {
  schema: pullResultSchema,
  sizesOf: ({ rows }) => rows.map(({ size }) => size),
};

/** The routes of docs/protocol.md that keep a device of a workspace in step. */
export function createWorkerApi(
  deps: RequesterDeps & { readonly live: Live },
  workerUrl: string,
  workspace: WorkspaceId,
  credentials: Credentials,
) {
  const { json, framed } = createRequester(deps, workerUrl, credentials);
  const path = `workspaces/${workspace}`;
  return {
    status: () => json('GET', path, workspaceStatusSchema),
    states: (since: number) => json('GET', `${path}/state?since=${String(since)}`, statesSchema),
    async push(frame: Bytes) {
      const answer = await deps.live(frame);
      if (answer) return answer.ok ? readFrame(answer.value, pushForm) : answer;
      return framed('POST', `${path}/push`, pushForm, frame);
    },
    /** The query goes in the body: a browser remembers by URL what it may ask. */
    pull: (from: PullFrom) => framed('POST', `${path}/pull`, pullForm, { type: 'pull', ...from }),
    digest: (buckets: boolean) =>
      json('GET', `${path}/digest${buckets ? '?buckets=1' : ''}`, digestSchema),
    bucket: (bucket: number, after: RowKey | null) =>
      json(
        'GET',
        `${path}/digest?bucket=${bucket.toString(16).padStart(2, '0')}${after === null ? '' : `&after=${after}`}`,
        bucketSchema,
      ),
  };
}

/** Needs no membership: knowing the slot is what counts. */
export const readSlot = (deps: RequesterDeps, workerUrl: string, slot: SlotId) =>
  createRequester(deps, workerUrl, null).json('POST', 'pairing/read', slotSchema, {
    type: 'read-slot',
    slot,
  });
