import * as v from 'valibot';
import { textToBytes, type Bytes } from '../../../shared/protocol/bytes.ts';
import { decodeFrame, encodeFrame, splitBody } from '../../../shared/protocol/frame.ts';
import type { Lane } from '../../../shared/protocol/ids.ts';
import { PROTOCOL_VERSION } from '../../../shared/protocol/limits.ts';
import {
  pullResultSchema,
  pushResultSchema,
  type PullQuery,
  type PullResult,
  type PushResult,
} from '../../../shared/protocol/messages.ts';
import { seal } from '../../../shared/seal.ts';
import { ask, postJson, randomBytes } from './ask.ts';
import type { Device } from './device.ts';

export interface Edit {
  readonly id: string;
  readonly text: string;
  readonly seq: number | null;
  readonly lane?: Lane;
  readonly dead?: boolean;
}

export async function frameOf(
  device: Pick<Device, 'keys' | 'id' | 'epoch'>,
  batch: number,
  edits: readonly Edit[],
  cursor = 0,
): Promise<Bytes> {
  const rows = await Promise.all(
    edits.map(async ({ id, text, seq, lane = 0, dead = false }) => {
      const rkey = await device.keys.rowKey('clients', id);
      const plaintext = textToBytes(JSON.stringify({ table: 'clients', id, text }));
      const sealed = await seal(device.keys, device.id, rkey, plaintext, randomBytes);
      const hash = await device.keys.contentHash(rkey, plaintext);
      return { head: { rkey, lane, seq, hash, dead, size: sealed.length }, sealed };
    }),
  );
  return encodeFrame(
    {
      v: PROTOCOL_VERSION,
      type: 'push',
      batch,
      epoch: device.epoch,
      cursor,
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
  cursor = 0,
): Promise<Framed<PushResult>> {
  return readPushResult(await pushFrame(device, await frameOf(device, batch, edits, cursor)));
}

/** What became of each row. */
export async function outcomes(
  device: Device,
  batch: number,
  edits: readonly Edit[],
): Promise<readonly string[]> {
  const { header } = await push(device, batch, edits);
  return header.results.map((row) => (row.status === 'refused' ? row.reason : row.status));
}

export const readPushResult = async (response: Response): Promise<Framed<PushResult>> =>
  toPushResult(await bytesOf(response));

export function toPushResult(bytes: Bytes): Framed<PushResult> {
  return readFrame(bytes, pushResultSchema, ({ results }) =>
    results.map((row) => (row.status === 'conflict' ? row.size : 0)),
  );
}

type Query = Partial<Omit<PullQuery, 'v' | 'type'>>;

export const pullResponse = (device: Device, query: object): Promise<Response> =>
  postJson(
    `/v1/workspaces/${device.workspace}/pull`,
    { type: 'pull', epoch: device.epoch, ...query },
    { Authorization: device.authorization },
  );

export const pull = async (
  device: Device,
  since: number,
  more: Query = {},
): Promise<Framed<PullResult>> =>
  readFrame(
    await bytesOf(await pullResponse(device, { since, ...more })),
    pullResultSchema,
    ({ rows }) => rows.map(({ size }) => size),
  );

export async function bytesOf(response: Response): Promise<Bytes> {
  if (!response.ok) throw new Error(`${String(response.status)} ${await response.text()}`);
  return new Uint8Array(await response.arrayBuffer());
}

export function readFrame<Header>(
  bytes: Bytes,
  schema: v.GenericSchema<unknown, Header>,
  sizesOf: (header: Header) => readonly number[],
): Framed<Header> {
  const frame = decodeFrame(bytes);
  if (!frame.ok) throw new Error(frame.error);
  const header = v.parse(schema, frame.value.header);
  const blobs = splitBody(frame.value.body, sizesOf(header));
  if (!blobs) throw new Error('the sizes do not add up');
  return { header, blobs };
}
