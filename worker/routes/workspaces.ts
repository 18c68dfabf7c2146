import { Hono } from 'hono';
import { isEqualText } from '../../shared/protocol/bytes.ts';
import { MAX_CHAIN_BODY_BYTES, MAX_STATE_BODY_BYTES } from '../../shared/protocol/limits.ts';
import { readState } from '../../shared/protocol/workspace-state.ts';
import {
  createWorkspaceSchema,
  putStateSchema,
  setRecoverySchema,
  statesQuerySchema,
} from '../../shared/protocol/workspace-messages.ts';
import type { CreationPolicy } from '../config.ts';
import { errorResponse } from '../error-response.ts';
import { limited } from '../middleware.ts';
import { asking, readJson, readQuery, replyCleared, replyJson, type AppEnv } from '../request.ts';

/** The workspace as a whole, and the signed states that say who belongs to it. */
export const workspaceRoutes = new Hono<AppEnv>()
  .post('/', limited('create'), async (c) => {
    const request = await readJson(c, createWorkspaceSchema, MAX_CHAIN_BODY_BYTES);
    if (!request.ok) return errorResponse(request.error);
    const { states, packages, secret } = request.value;
    if (!mayCreate(c.env.creation, secret)) return errorResponse({ code: 'creation-refused' });
    const [first] = states;
    const workspace = first && readState(first)?.workspace;
    if (!workspace) return errorResponse({ code: 'state-refused', problem: 'malformed' });
    const created = await c.env.workspace(workspace).create({ workspace, states, packages });
    return replyJson(created, 201);
  })
  .get('/:workspace', (c) =>
    asking(c, async ({ workspace, auth }) => replyJson(await workspace.status(auth))),
  )
  .delete('/:workspace', (c) =>
    asking(c, async ({ id, workspace, auth }) => {
      const destroyed = await workspace.destroy(auth);
      if (!destroyed.ok) return errorResponse(destroyed.error);
      for (const slot of destroyed.value.slots) await c.env.slot(slot).close();
      return replyCleared(c, id, destroyed);
    }),
  )
  .get('/:workspace/state', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const query = readQuery(c, statesQuerySchema);
      if (!query.ok) return errorResponse(query.error);
      return replyJson(await workspace.states(auth, query.value.since));
    }),
  )
  .put('/:workspace/state', (c) =>
    asking(c, async ({ id, workspace, auth }) => {
      const request = await readJson(c, putStateSchema, MAX_STATE_BODY_BYTES);
      if (!request.ok) return errorResponse(request.error);
      const { state, packages } = request.value;
      return replyCleared(c, id, await workspace.putState(auth, state, packages));
    }),
  )
  .put('/:workspace/recovery', (c) =>
    asking(c, async ({ id, workspace, auth }) => {
      const request = await readJson(c, setRecoverySchema);
      if (!request.ok) return errorResponse(request.error);
      const { device, find, pointer } = request.value;
      const before = await workspace.setRecovery(auth, { device, find });
      if (!before.ok) return errorResponse(before.error);
      const set = await c.env.pointer(find).set(id, pointer);
      return set.ok ? replyCleared(c, id, before) : errorResponse(set.error);
    }),
  )
  .get('/:workspace/devices', (c) =>
    asking(c, async ({ workspace, auth }) => replyJson(await workspace.devices(auth))),
  );

function mayCreate(policy: CreationPolicy, secret: string | undefined): boolean {
  if (policy.kind !== 'secret') return policy.kind === 'open';
  return secret !== undefined && isEqualText(policy.secret, secret);
}
