import { exports } from 'cloudflare:workers';
import * as v from 'valibot';
import type { DeviceId } from '../../../shared/clock.ts';
import {
  bytesToBase64Url,
  bytesToHex,
  sha256,
  textToBytes,
  type Bytes,
} from '../../../shared/protocol/bytes.ts';
import { formatCredentials } from '../../../shared/protocol/credentials.ts';
import { decodeFrame, encodeFrame, splitBody } from '../../../shared/protocol/frame.ts';
import type { Lane, StorageEpoch, WorkspaceId } from '../../../shared/protocol/ids.ts';
import { newKeyring } from '../../../shared/protocol/keyring.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from '../../../shared/protocol/keys.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/limits.ts';
import {
  pullResultSchema,
  pushResultSchema,
  workspaceStateSchema,
  type PullResult,
  type PushResult,
} from '../../../shared/protocol/messages.ts';
import { seal } from '../../../shared/seal.ts';

export const ORIGIN = 'https://sync.example';

export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));
export const randomHex = (bytes: number): string => bytesToHex(randomBytes(bytes));

export const ask = (path: string, init?: RequestInit): Promise<Response> =>
  exports.default.fetch(new Request(`${ORIGIN}${path}`, init));

export const postJson = (
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ v: PROTOCOL_VERSION, ...body }),
  });

const errorSchema = v.object({ error: v.object({ code: v.string() }) });
export const codeOf = async (response: Response): Promise<string> =>
  v.parse(errorSchema, await response.json()).error.code;

export interface Edit {
  readonly id: string;
  readonly text: string;
  readonly seq: number | null;
  readonly lane?: Lane;
}

export interface Device {
  readonly workspace: WorkspaceId;
  readonly id: DeviceId;
  readonly token: Bytes;
  readonly keys: WorkspaceKeys;
  readonly epoch: StorageEpoch;
  readonly authorization: string;
}

export async function createWorkspace(workspace = randomHex(16) as WorkspaceId): Promise<Device> {
  const keys = await createWorkspaceKeys(workspace, newKeyring(randomBytes));
  const id = randomHex(8) as DeviceId;
  const token = randomBytes(32);
  const response = await postJson('/v1/workspaces', await creation(keys, id, token));
  const state = v.parse(workspaceStateSchema, await response.json());
  return toDevice(keys, id, token, state.epoch);
}

export const creation = async (keys: WorkspaceKeys, id: DeviceId, token: Bytes) => ({
  type: 'create',
  workspace: keys.workspaceId,
  keyEpoch: keys.keyEpoch,
  keyCheck: keys.keyCheck,
  proofHash: bytesToHex(await sha256(keys.proof)),
  device: await newDevice(id, token),
});

export const newDevice = async (id: DeviceId, token: Bytes) => ({
  id,
  tokenHash: bytesToHex(await sha256(token)),
  label: bytesToBase64Url(randomBytes(64)),
});

/** A second device of the same workspace, registered by the first. */
export async function addDevice(first: Device): Promise<Device> {
  const id = randomHex(8) as DeviceId;
  const token = randomBytes(32);
  const response = await postJson(
    `/v1/workspaces/${first.workspace}/devices`,
    { type: 'register-device', device: await newDevice(id, token) },
    { Authorization: first.authorization },
  );
  if (response.status !== 201) throw new Error(`not registered: ${String(response.status)}`);
  return toDevice(first.keys, id, token, first.epoch);
}

export const toDevice = (
  keys: WorkspaceKeys,
  id: DeviceId,
  token: Bytes,
  epoch: StorageEpoch,
): Device => ({
  workspace: keys.workspaceId,
  id,
  token,
  keys,
  epoch,
  authorization: `Mainstay ${formatCredentials({ device: id, token, proof: keys.proof })}`,
});

export async function frameOf(
  device: Device,
  batch: number,
  edits: readonly Edit[],
): Promise<Bytes> {
  const rows = await Promise.all(
    edits.map(async ({ id, text, seq, lane = 0 }) => {
      const rkey = await device.keys.rowKey('clients', id);
      const plaintext = textToBytes(JSON.stringify({ table: 'clients', id, text }));
      const sealed = await seal(device.keys, device.id, rkey, plaintext, randomBytes);
      const hash = await device.keys.contentHash(rkey, plaintext);
      return { head: { rkey, lane, seq, hash, dead: false, size: sealed.length }, sealed };
    }),
  );
  return encodeFrame(
    {
      v: PROTOCOL_VERSION,
      type: 'push',
      batch,
      epoch: device.epoch,
      cursor: 0,
      rows: rows.map(({ head }) => head),
    },
    rows.map(({ sealed }) => sealed),
  );
}

export const pushFrame = (device: Device, frame: Bytes): Promise<Response> =>
  ask(`/v1/workspaces/${device.workspace}/push`, {
    method: 'POST',
    headers: { Authorization: device.authorization },
    body: frame,
  });

export interface Framed<Header> {
  readonly header: Header;
  readonly blobs: readonly Bytes[];
}

export async function push(
  device: Device,
  batch: number,
  edits: readonly Edit[],
): Promise<Framed<PushResult>> {
  return readPushResult(await pushFrame(device, await frameOf(device, batch, edits)));
}

export async function readPushResult(response: Response): Promise<Framed<PushResult>> {
  const { header, body } = await readFrame(response);
  const result = v.parse(pushResultSchema, header);
  const sizes = result.results.map((row) => (row.status === 'conflict' ? row.size : 0));
  return { header: result, blobs: splitBody(body, sizes) ?? [] };
}

export const pullResponse = (device: Device, query: string): Promise<Response> =>
  ask(`/v1/workspaces/${device.workspace}/pull?${query}`, {
    headers: { Authorization: device.authorization },
  });

export async function pull(device: Device, since: number, more = ''): Promise<Framed<PullResult>> {
  const response = await pullResponse(
    device,
    `since=${String(since)}&epoch=${device.epoch}${more}`,
  );
  const { header, body } = await readFrame(response);
  const result = v.parse(pullResultSchema, header);
  return {
    header: result,
    blobs:
      splitBody(
        body,
        result.rows.map(({ size }) => size),
      ) ?? [],
  };
}

async function readFrame(response: Response) {
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  const frame = decodeFrame(new Uint8Array(await response.arrayBuffer()));
  if (!frame.ok) throw new Error(frame.error);
  return frame.value;
}
