import type { Context, Env } from 'hono';
import * as v from 'valibot';
import { concatBytes, sha256, type Bytes } from '../shared/protocol/bytes.ts';
import { AUTH_SCHEME, parseCredentials } from '../shared/protocol/credentials.ts';
import { encodeFrame } from '../shared/protocol/frame.ts';
import { workspaceIdSchema, type WorkspaceId } from '../shared/protocol/ids.ts';
import { CLIENT_HEADER, MAX_JSON_BODY_BYTES } from '../shared/protocol/limits.ts';
import { done } from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import { errorResponse } from './error-response.ts';
import { parseMessage } from './parse-message.ts';
import type { Services } from './services.ts';
import type { Auth, Framed, Reply, Unfindable, WorkspaceApi } from './workspace-api.ts';

export interface AppEnv extends Env {
  readonly Bindings: Services;
  readonly Variables: { failure?: string };
}
export type AppContext = Context<AppEnv>;

export interface Asked {
  readonly id: WorkspaceId;
  readonly workspace: WorkspaceApi;
  readonly auth: Auth;
}

/** The workspace of the path and the device of the header. Nothing is looked up yet. */
export async function readAsked(
  c: AppContext,
  credentials = bearer(c),
  client = c.req.header(CLIENT_HEADER),
): Promise<Reply<Asked>> {
  const id = v.safeParse(workspaceIdSchema, c.req.param('workspace'));
  if (!id.success) return fail({ code: 'no-workspace' });
  const parsed = credentials === null ? null : parseCredentials(credentials);
  if (!parsed) return fail({ code: 'unauthorised' });
  const { device, token, proof } = parsed;
  const [tokenHash, proofHash] = await Promise.all([sha256(token), proof && sha256(proof)]);
  const auth = { device, tokenHash, proofHash, clientVersion: readClientVersion(client) };
  return succeed({ id: id.output, workspace: c.env.workspace(id.output), auth });
}

/** Most routes: a device asks its workspace for something. */
export async function asking(
  c: AppContext,
  answer: (asked: Asked) => Promise<Response>,
): Promise<Response> {
  const asked = await readAsked(c);
  return asked.ok ? answer(asked.value) : errorResponse(asked.error);
}

/** A JSON body of the given form. */
export async function readJson<Output>(
  c: AppContext,
  schema: v.GenericSchema<unknown, Output>,
  maxBytes: number = MAX_JSON_BODY_BYTES,
): Promise<Reply<Output>> {
  const bytes = await readBody(c.req.raw, maxBytes);
  if (!bytes.ok) return bytes;
  try {
    return parseMessage(JSON.parse(new TextDecoder().decode(bytes.value)), schema);
  } catch {
    return fail({ code: 'bad-request' });
  }
}

/** A query of the given form. */
export function readQuery<Output>(
  c: AppContext,
  schema: v.GenericSchema<unknown, Output>,
): Reply<Output> {
  const query = v.safeParse(schema, c.req.query());
  return query.success ? succeed(query.output) : fail({ code: 'bad-request' });
}

/** Stops reading at the limit, whatever the length header says. */
export async function readBody(request: Request, maxBytes: number): Promise<Reply<Bytes>> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > maxBytes) return fail({ code: 'too-large' });
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body ?? []) {
      length += chunk.length;
      if (length > maxBytes) return fail({ code: 'too-large' });
      parts.push(chunk);
    }
  } catch {
    // The sender is gone in the middle of it.
    return fail({ code: 'bad-request' });
  }
  return succeed(concatBytes(...parts));
}

export const replyJson = <Value extends object>(reply: Reply<Value>, status = 200): Response =>
  reply.ok ? Response.json(reply.value, { status }) : errorResponse(reply.error);

export function replyFrame(reply: Reply<Framed<object>>): Response {
  if (!reply.ok) return errorResponse(reply.error);
  return new Response(encodeFrame(reply.value.header, reply.value.blobs), {
    headers: { 'Content-Type': 'application/octet-stream' },
  });
}

/** Answers "done" once what the words led to is gone from where it stood. */
export async function replyCleared(
  c: AppContext,
  workspace: WorkspaceId,
  reply: Reply<Unfindable>,
): Promise<Response> {
  if (!reply.ok) return errorResponse(reply.error);
  for (const find of reply.value.recoveries) await c.env.pointer(find).clear(workspace);
  return Response.json(done);
}

/** 0 for a client that does not say, which is then older than any floor. */
export const readClientVersion = (text: string | undefined): number =>
  text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : 0;

function bearer(c: AppContext): string | null {
  const [scheme, credentials] = (c.req.header('authorization') ?? '').split(' ');
  return scheme === AUTH_SCHEME ? (credentials ?? null) : null;
}
