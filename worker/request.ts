import type { Context, Env } from 'hono';
import * as v from 'valibot';
import { concatBytes, sha256, type Bytes } from '../shared/protocol/bytes.ts';
import { AUTH_SCHEME, parseCredentials } from '../shared/protocol/credentials.ts';
import { workspaceIdSchema } from '../shared/protocol/ids.ts';
import { MAX_JSON_BODY_BYTES } from '../shared/protocol/limits.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import { errorResponse } from './error-response.ts';
import type { Services } from './services.ts';
import type { Auth, Reply, WorkspaceApi } from './workspace-api.ts';

export interface AppEnv extends Env {
  readonly Bindings: Services;
  readonly Variables: { failure?: string };
}
export type AppContext = Context<AppEnv>;

export interface Asked {
  readonly workspace: WorkspaceApi;
  readonly auth: Auth;
}

/** The workspace of the path and the device of the header. Nothing is looked up yet. */
export async function readAsked(c: AppContext, credentials = bearer(c)): Promise<Reply<Asked>> {
  const id = v.safeParse(workspaceIdSchema, c.req.param('workspace'));
  if (!id.success) return fail({ code: 'no-workspace' });
  const parsed = credentials === null ? null : parseCredentials(credentials);
  if (!parsed) return fail({ code: 'unauthorised' });
  const [tokenHash, proofHash] = await Promise.all([sha256(parsed.token), sha256(parsed.proof)]);
  return succeed({
    workspace: c.env.workspace(id.output),
    auth: { device: parsed.device, tokenHash, proofHash },
  });
}

/** A JSON body of the given form. */
export async function readJson<Output>(
  c: AppContext,
  schema: v.GenericSchema<unknown, Output>,
): Promise<Reply<Output>> {
  const bytes = await readBody(c.req.raw, MAX_JSON_BODY_BYTES);
  if (!bytes.ok) return bytes;
  try {
    return parseMessage(JSON.parse(new TextDecoder().decode(bytes.value)), schema);
  } catch {
    return fail({ code: 'bad-request' });
  }
}

/** Tells another version from a broken message: the client must say "update" and not "error". */
export function parseMessage<Output>(
  message: unknown,
  schema: v.GenericSchema<unknown, Output>,
): Reply<Output> {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return succeed(parsed.output);
  const isOtherVersion = parsed.issues.some((issue) => v.getDotPath(issue) === 'v');
  return fail({ code: isOtherVersion ? 'unsupported-version' : 'bad-request' });
}

/** Stops reading at the limit, whatever the length header says. */
export async function readBody(request: Request, maxBytes: number): Promise<Reply<Bytes>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes)
    return fail({ code: 'too-large' });
  // Kept as it comes: most bodies are a thousandth of the limit, and that much for each would be felt.
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) return fail({ code: 'too-large' });
    chunks.push(chunk);
  }
  return succeed(concatBytes(...chunks));
}

export const replyJson = <Value extends object>(reply: Reply<Value>, status = 200): Response =>
  reply.ok ? Response.json(reply.value, { status }) : errorResponse(reply.error);

function bearer(c: AppContext): string | null {
  const [scheme, credentials] = (c.req.header('authorization') ?? '').split(' ');
  return scheme === AUTH_SCHEME ? (credentials ?? null) : null;
}
