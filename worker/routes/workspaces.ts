import { Hono } from 'hono';
import { isEqualText } from '../../shared/protocol/bytes.ts';
import { createSchema } from '../../shared/protocol/messages.ts';
import type { CreationPolicy } from '../config.ts';
import { errorResponse } from '../error-response.ts';
import { callerOf } from '../caller.ts';
import { readAsked, readJson, replyJson, type AppEnv } from '../request.ts';

export const workspaceRoutes = new Hono<AppEnv>()
  .post('/', async (c) => {
    if (!(await c.env.isAllowed('create', callerOf(c)))) {
      return errorResponse({ code: 'too-many-requests' });
    }
    const request = await readJson(c, createSchema);
    if (!request.ok) return errorResponse(request.error);
    const { workspace, secret, ...rest } = request.value;
    if (!mayCreate(c.env.creation, secret)) return errorResponse({ code: 'creation-refused' });
    return replyJson(await c.env.workspace(workspace).create(rest), 201);
  })
  .get('/:workspace', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    return replyJson(await asked.value.workspace.state(asked.value.auth));
  });

function mayCreate(policy: CreationPolicy, secret: string | undefined): boolean {
  if (policy.kind !== 'secret') return policy.kind === 'open';
  return secret !== undefined && isEqualText(policy.secret, secret);
}
