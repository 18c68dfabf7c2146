import * as v from 'valibot';
import { concatBytes, type Bytes } from '../../shared/protocol/bytes.ts';
import {
  AUTH_SCHEME,
  formatCredentials,
  type Credentials,
} from '../../shared/protocol/credentials.ts';
import { errorBodySchema, type WireError } from '../../shared/protocol/errors.ts';
import { decodeFrame, splitBody } from '../../shared/protocol/frame.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import {
  CLIENT_HEADER,
  CLIENT_VERSION,
  MAX_FRAME_BYTES,
  MAX_HEADER_BYTES,
  PROTOCOL_VERSION,
} from '../../shared/protocol/limits.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import type { SyncDeps } from './deps.ts';

/** What a request can come to besides its answer. */
export type RequestProblem = WireError | { readonly code: 'offline' | 'bad-answer' };
export type Requested<Value> = Promise<Outcome<Value, RequestProblem>>;

export interface Framed<Header> {
  readonly header: Header;
  readonly blobs: readonly Bytes[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Schema<Output> = v.GenericSchema<unknown, Output>;

/** How the rows of a frame's header say how long each of them is. */
export interface FrameForm<Header> {
  readonly schema: Schema<Header>;
  readonly sizesOf: (header: Header) => readonly number[];
}

/** Never throws: no network is an answer too. Paths are relative to `/v1/`. */
export interface Requester {
  readonly json: <Output>(
    method: Method,
    path: string,
    schema: Schema<Output>,
    body?: object,
  ) => Requested<Output>;
  readonly framed: <Header>(
    method: Method,
    path: string,
    form: FrameForm<Header>,
    body?: Bytes | object,
  ) => Requested<Framed<Header>>;
}

/** Longer than a page of the largest size takes on a slow line; then the line is taken for dead. */
export const REQUEST_TIMEOUT_MS = 30_000;
const MAX_ANSWER_BYTES = MAX_FRAME_BYTES + MAX_HEADER_BYTES;

const badAnswer: RequestProblem = { code: 'bad-answer' };

export interface RequesterDeps extends Pick<SyncDeps, 'fetch'> {
  /** Ends every request under way. */
  readonly signal?: AbortSignal;
}

export function createRequester(
  { fetch, signal }: RequesterDeps,
  workerUrl: string,
  credentials: Credentials | null,
): Requester {
  async function send(method: Method, path: string, body?: Bytes | object): Requested<Bytes> {
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const isFrame = body instanceof Uint8Array;
    try {
      // No `cache: 'no-store'`: the worker's answers say so themselves, and a request that says it
      // makes Chromium ask anew each time whether it may ask.
      const response = await fetch(`${workerUrl}/v1/${path}`, {
        method,
        headers: {
          ...(credentials && { Authorization: `${AUTH_SCHEME} ${formatCredentials(credentials)}` }),
          [CLIENT_HEADER]: String(CLIENT_VERSION),
          'Content-Type': isFrame ? 'application/octet-stream' : 'application/json',
        },
        ...(body !== undefined && {
          body: isFrame ? body : JSON.stringify({ v: PROTOCOL_VERSION, ...body }),
        }),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const bytes = await readBody(response);
      if (!bytes) return fail(badAnswer);
      return response.ok
        ? succeed(bytes)
        : fail(parseJson(bytes, errorBodySchema)?.error ?? badAnswer);
    } catch {
      return fail({ code: 'offline' });
    }
  }

  return {
    async json(method, path, schema, body) {
      const answer = await send(method, path, body);
      if (!answer.ok) return answer;
      const parsed = parseJson(answer.value, schema);
      return parsed === null ? fail(badAnswer) : succeed(parsed);
    },
    async framed(method, path, form, body) {
      const answer = await send(method, path, body);
      return answer.ok ? readFrame(answer.value, form) : answer;
    },
  };
}

/** Null when there is more than any answer may have: it is not to fill the memory first. */
async function readBody({ body }: Response): Promise<Bytes | null> {
  const reader = body?.getReader();
  const parts: Uint8Array[] = [];
  for (let length = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MAX_ANSWER_BYTES) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return concatBytes(...parts);
}

/** The same over the socket as over HTTP. */
export function readFrame<Header>(
  bytes: Bytes,
  { schema, sizesOf }: FrameForm<Header>,
): Outcome<Framed<Header>, RequestProblem> {
  const frame = decodeFrame(bytes);
  if (!frame.ok) return fail(badAnswer);
  const header = v.safeParse(schema, frame.value.header);
  if (!header.success) return fail(badAnswer);
  const blobs = splitBody(frame.value.body, sizesOf(header.output));
  return blobs ? succeed({ header: header.output, blobs }) : fail(badAnswer);
}
