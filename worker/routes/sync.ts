import { Hono } from 'hono';
import * as v from 'valibot';
import { sha256, type Bytes } from '../../shared/protocol/bytes.ts';
import { decodeFrame, encodeFrame, splitBody } from '../../shared/protocol/frame.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/limits.ts';
import { pullQuerySchema, pushSchema } from '../../shared/protocol/messages.ts';
import { fail, succeed } from '../../shared/protocol/outcome.ts';
import { errorResponse } from '../error-response.ts';
import { parseMessage, readAsked, readBody, type AppEnv } from '../request.ts';
import type { Framed, PushedRows, Reply } from '../workspace-api.ts';

export const syncRoutes = new Hono<AppEnv>()
  .post('/:workspace/push', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    const bytes = await readBody(c.req.raw, MAX_FRAME_BYTES);
    if (!bytes.ok) return errorResponse(bytes.error);
    const rows = await readPush(bytes.value);
    if (!rows.ok) return errorResponse(rows.error);
    return replyFrame(await asked.value.workspace.push(asked.value.auth, rows.value));
  })
  .get('/:workspace/pull', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    const query = v.safeParse(pullQuerySchema, c.req.query());
    if (!query.success) return errorResponse({ code: 'bad-request' });
    return replyFrame(await asked.value.workspace.pull(asked.value.auth, query.output));
  });

async function readPush(bytes: Bytes): Promise<Reply<PushedRows>> {
  const frame = decodeFrame(bytes);
  if (!frame.ok) return fail({ code: 'bad-request' });
  const push = parseMessage(frame.value.header, pushSchema);
  if (!push.ok) return push;
  const blobs = splitBody(
    frame.value.body,
    push.value.rows.map(({ size }) => size),
  );
  if (!blobs) return fail({ code: 'bad-request' });
  return succeed({ push: push.value, blobs, digest: await sha256(bytes) });
}

function replyFrame(reply: Reply<Framed<object>>): Response {
  if (!reply.ok) return errorResponse(reply.error);
  return new Response(encodeFrame(reply.value.header, reply.value.blobs), {
    headers: { 'Content-Type': 'application/octet-stream' },
  });
}
