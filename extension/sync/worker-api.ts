import * as v from 'valibot';
import type { DeviceId } from '../../shared/clock.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { AUTH_SCHEME, formatCredentials, type Credentials } from '../../shared/protocol/credentials.ts';
import { errorBodySchema, type WireError } from '../../shared/protocol/errors.ts';
import { decodeFrame, splitBody } from '../../shared/protocol/frame.ts';
import type { Lane, SlotId, StorageEpoch, WorkspaceId } from '../../shared/protocol/ids.ts';
import { MAX_FRAME_BYTES, MAX_HEADER_BYTES, PROTOCOL_VERSION } from '../../shared/protocol/limits.ts';
import {
  deviceListSchema,
  doneSchema,
  pullResultSchema,
  pushResultSchema,
  slotSchema,
  workspaceStateSchema,
  type Create,
  type NewDevice,
  type PullResult,
  type PushResult,
  type SlotPart,
} from '../../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import type { SyncDeps } from './deps.ts';

/** What a request can come to besides its answer. */
export type RequestProblem = WireError | { readonly code: 'offline' | 'bad-answer' };
export type Requested<Value> = Promise<Outcome<Value, RequestProblem>>;

export interface Framed<Header> {
  readonly header: Header;
  readonly blobs: readonly Bytes[];
}

/** Longer than a page of the largest size takes on a slow line; then the line is taken for dead. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = MAX_FRAME_BYTES + MAX_HEADER_BYTES;

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly credentials?: Credentials;
  readonly body?: Bytes | object;
}

export type WorkerApi = ReturnType<typeof createWorkerApi>;

/** The routes of docs/protocol.md. Never throws: no network is an answer too. */
export function createWorkerApi(deps: Pick<SyncDeps, 'fetch'>, workerUrl: string) {
  async function send({ method, path, credentials, body }: Call): Requested<Bytes> {
    const isBinary = body instanceof Uint8Array;
    try {
      const response = await deps.fetch(`${workerUrl}/v1/${path}`, {
        method,
        headers: {
          ...(credentials && { Authorization: `${AUTH_SCHEME} ${formatCredentials(credentials)}` }),
          ...(body && { 'Content-Type': isBinary ? 'application/octet-stream' : 'application/json' }),
        },
        ...(body && {
          body: isBinary ? body : JSON.stringify({ v: PROTOCOL_VERSION, ...body }),
        }),
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (response.ok) return bytes.length > MAX_ANSWER_BYTES ? fail(badAnswer) : succeed(bytes);
      return fail(parseJson(bytes, errorBodySchema)?.error ?? badAnswer);
    } catch {
      return fail({ code: 'offline' });
    }
  }

  async function json<Output>(
    call: Call,
    schema: v.GenericSchema<unknown, Output>,
  ): Requested<Output> {
    const answer = await send(call);
    if (!answer.ok) return answer;
    const parsed = parseJson(answer.value, schema);
    return parsed === null ? fail(badAnswer) : succeed(parsed);
  }

  async function framed<Header extends PushResult | PullResult>(
    call: Call,
    schema: v.GenericSchema<unknown, Header>,
    sizesOf: (header: Header) => readonly number[],
  ): Requested<Framed<Header>> {
    const answer = await send(call);
    if (!answer.ok) return answer;
    const frame = decodeFrame(answer.value);
    if (!frame.ok) return fail(badAnswer);
    const header = v.safeParse(schema, frame.value.header);
    if (!header.success) return fail(badAnswer);
    const blobs = splitBody(frame.value.body, sizesOf(header.output));
    return blobs ? succeed({ header: header.output, blobs }) : fail(badAnswer);
  }

  const slotCall = (path: string, body: object): Call => ({
    method: 'POST',
    path: `pairing/${path}`,
    body,
  });

  return {
    create: (request: Omit<Create, 'v' | 'type'>) =>
      json(
        { method: 'POST', path: 'workspaces', body: { type: 'create', ...request } },
        workspaceStateSchema,
      ),
    state: (workspace: WorkspaceId, credentials: Credentials) =>
      json({ method: 'GET', path: `workspaces/${workspace}`, credentials }, workspaceStateSchema),
    push: (workspace: WorkspaceId, credentials: Credentials, body: Bytes) =>
      framed(
        { method: 'POST', path: `workspaces/${workspace}/push`, credentials, body },
        pushResultSchema,
        ({ results }) => results.map((row) => (row.status === 'conflict' ? row.size : 0)),
      ),
    pull: (
      workspace: WorkspaceId,
      credentials: Credentials,
      query: {
        readonly since: number;
        readonly epoch: StorageEpoch;
        readonly lane?: Lane;
        readonly limit?: number;
      },
    ) => {
      const params = Object.entries(query).map(([name, value]) => [name, String(value)]);
      const path = `workspaces/${workspace}/pull?${new URLSearchParams(params).toString()}`;
      return framed({ method: 'GET', path, credentials }, pullResultSchema, ({ rows }) =>
        rows.map(({ size }) => size),
      );
    },
    devices: (workspace: WorkspaceId, credentials: Credentials) =>
      json({ method: 'GET', path: `workspaces/${workspace}/devices`, credentials }, deviceListSchema),
    registerDevice: (workspace: WorkspaceId, credentials: Credentials, device: NewDevice) =>
      json(
        {
          method: 'POST',
          path: `workspaces/${workspace}/devices`,
          credentials,
          body: { type: 'register-device', device },
        },
        doneSchema,
      ),
    removeDevice: (workspace: WorkspaceId, credentials: Credentials, device: DeviceId) =>
      json(
        { method: 'DELETE', path: `workspaces/${workspace}/devices/${device}`, credentials },
        doneSchema,
      ),
    openSlot: (workspace: WorkspaceId, credentials: Credentials, slot: SlotId, offer: string) =>
      json(
        { ...slotCall(`${workspace}/open`, { type: 'open-slot', slot, offer }), credentials },
        doneSchema,
      ),
    readSlot: (slot: SlotId) => json(slotCall('read', { type: 'read-slot', slot }), slotSchema),
    writeSlot: (slot: SlotId, part: SlotPart, sealed: string) =>
      json(slotCall('write', { type: 'write-slot', slot, part, sealed }), doneSchema),
    closeSlot: (slot: SlotId) => json(slotCall('close', { type: 'close-slot', slot }), doneSchema),
  };
}

const badAnswer: RequestProblem = { code: 'bad-answer' };

function parseJson<Output>(bytes: Bytes, schema: v.GenericSchema<unknown, Output>): Output | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(new TextDecoder().decode(bytes)));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
