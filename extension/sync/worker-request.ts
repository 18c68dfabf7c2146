import * as v from 'valibot';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import {
  AUTH_SCHEME,
  formatCredentials,
  type Credentials,
} from '../../shared/protocol/credentials.ts';
import { errorBodySchema, type WireError } from '../../shared/protocol/errors.ts';
import { decodeFrame, splitBody } from '../../shared/protocol/frame.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import {
  MAX_FRAME_BYTES,
  MAX_HEADER_BYTES,
  PROTOCOL_VERSION,
} from '../../shared/protocol/limits.ts';
import type { PullResult, PushResult } from '../../shared/protocol/messages.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import type { SyncDeps } from './deps.ts';

/** What a request can come to besides its answer. */
export type RequestProblem = WireError | { readonly code: 'offline' | 'bad-answer' };
export type Requested<Value> = Promise<Outcome<Value, RequestProblem>>;

export interface Framed<Header> {
  readonly header: Header;
  readonly blobs: readonly Bytes[];
}

type Method = 'GET' | 'POST' | 'DELETE';
type Schema<Output> = v.GenericSchema<unknown, Output>;

/** Never throws: no network is an answer too. Paths are relative to `/v1/`. */
export interface Requester {
  readonly json: <Output>(
    method: Method,
    path: string,
    schema: Schema<Output>,
    body?: object,
  ) => Requested<Output>;
  readonly framed: <Header extends PushResult | PullResult>(
    method: Method,
    path: string,
    schema: Schema<Header>,
    sizesOf: (header: Header) => readonly number[],
    body?: Bytes,
  ) => Requested<Framed<Header>>;
}

/** Longer than a page of the largest size takes on a slow line; then the line is taken for dead. */
const TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = MAX_FRAME_BYTES + MAX_HEADER_BYTES;

const badAnswer: RequestProblem = { code: 'bad-answer' };

export function createRequester(
  { fetch }: Pick<SyncDeps, 'fetch'>,
  workerUrl: string,
  credentials: Credentials | null,
): Requester {
  async function send(method: Method, path: string, body?: Bytes | string): Requested<Bytes> {
    try {
      const response = await fetch(`${workerUrl}/v1/${path}`, {
        method,
        headers: {
          ...(credentials && { Authorization: `${AUTH_SCHEME} ${formatCredentials(credentials)}` }),
          'Content-Type':
            typeof body === 'string' ? 'application/json' : 'application/octet-stream',
        },
        ...(body !== undefined && { body }),
        cache: 'no-store',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (!response.ok) return fail(parseJson(bytes, errorBodySchema)?.error ?? badAnswer);
      return bytes.length > MAX_ANSWER_BYTES ? fail(badAnswer) : succeed(bytes);
    } catch {
      return fail({ code: 'offline' });
    }
  }

  return {
    async json(method, path, schema, body) {
      const text = body && JSON.stringify({ v: PROTOCOL_VERSION, ...body });
      const answer = await send(method, path, text);
      if (!answer.ok) return answer;
      const parsed = parseJson(answer.value, schema);
      return parsed === null ? fail(badAnswer) : succeed(parsed);
    },
    async framed(method, path, schema, sizesOf, body) {
      const answer = await send(method, path, body);
      if (!answer.ok) return answer;
      const frame = decodeFrame(answer.value);
      if (!frame.ok) return fail(badAnswer);
      const header = v.safeParse(schema, frame.value.header);
      if (!header.success) return fail(badAnswer);
      const blobs = splitBody(frame.value.body, sizesOf(header.output));
      return blobs ? succeed({ header: header.output, blobs }) : fail(badAnswer);
    },
  };
}
