import { Hono } from 'hono';
import { SLOT_LIFETIME_MS } from '../../shared/protocol/limits.ts';
import {
  slotCloseSchema,
  slotOpenSchema,
  slotReadSchema,
  slotWriteSchema,
} from '../../shared/protocol/messages.ts';
import { errorResponse } from '../error-response.ts';
import { limited } from '../middleware.ts';
import { asking, readJson, replyJson, type AppEnv } from '../request.ts';

/**
 * The slot's id comes from the pairing code, so it travels in bodies and never in a URL. Only a
 * device of a workspace can open a slot; from then on, knowing the id is what counts. Whoever has
 * it without the code can spoil one pairing and read nothing.
 */
export const pairingRoutes = new Hono<AppEnv>()
  .use(limited('pair'))
  .post('/:workspace/open', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const request = await readJson(c, slotOpenSchema);
      if (!request.ok) return errorResponse(request.error);
      const allowed = await workspace.mayPair(auth);
      if (!allowed.ok) return errorResponse(allowed.error);
      const { slot, offer } = request.value;
      return replyJson(await c.env.slot(slot).open(offer, SLOT_LIFETIME_MS), 201);
    }),
  )
  .post('/read', async (c) => {
    const request = await readJson(c, slotReadSchema);
    if (!request.ok) return errorResponse(request.error);
    return replyJson(await c.env.slot(request.value.slot).read());
  })
  .post('/write', async (c) => {
    const request = await readJson(c, slotWriteSchema);
    if (!request.ok) return errorResponse(request.error);
    const { slot, part, sealed } = request.value;
    return replyJson(await c.env.slot(slot).write(part, sealed));
  })
  .post('/close', async (c) => {
    const request = await readJson(c, slotCloseSchema);
    if (!request.ok) return errorResponse(request.error);
    return replyJson(await c.env.slot(request.value.slot).close());
  });
