import { Hono } from 'hono';
import {
  slotCloseSchema,
  slotOpenSchema,
  slotReadSchema,
  slotWriteSchema,
} from '../../shared/protocol/messages.ts';
import { callerOf } from '../caller.ts';
import { errorResponse } from '../error-response.ts';
import { readAsked, readJson, replyJson, type AppEnv } from '../request.ts';

/**
 * The slot's id comes from the pairing code, so it travels in bodies and never in a URL. Only a
 * device of a workspace can open a slot; from then on, knowing the id is what counts. Whoever has
 * it without the code can spoil one pairing and read nothing.
 */
export const pairingRoutes = new Hono<AppEnv>()
  .post('/:workspace/open', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    const request = await readJson(c, slotOpenSchema);
    if (!request.ok) return errorResponse(request.error);
    const member = await asked.value.workspace.state(asked.value.auth);
    if (!member.ok) return errorResponse(member.error);
    return replyJson(await c.env.slot(request.value.slot).open(request.value.offer), 201);
  })
  .use('/read', async (c, next) =>
    (await c.env.isAllowed('pair', callerOf(c)))
      ? next()
      : errorResponse({ code: 'too-many-requests' }),
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
