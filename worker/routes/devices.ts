import { Hono } from 'hono';
import * as v from 'valibot';
import { deviceIdSchema } from '../../shared/protocol/ids.ts';
import { registerSchema } from '../../shared/protocol/messages.ts';
import { errorResponse } from '../error-response.ts';
import { readAsked, readJson, replyJson, type AppEnv } from '../request.ts';

export const deviceRoutes = new Hono<AppEnv>()
  .get('/:workspace/devices', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    return replyJson(await asked.value.workspace.devices(asked.value.auth));
  })
  .post('/:workspace/devices', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    const request = await readJson(c, registerSchema);
    if (!request.ok) return errorResponse(request.error);
    const { workspace, auth } = asked.value;
    return replyJson(await workspace.register(auth, request.value.device), 201);
  })
  .delete('/:workspace/devices/:device', async (c) => {
    const asked = await readAsked(c);
    if (!asked.ok) return errorResponse(asked.error);
    const device = v.safeParse(deviceIdSchema, c.req.param('device'));
    if (!device.success) return errorResponse({ code: 'bad-request' });
    return replyJson(await asked.value.workspace.remove(asked.value.auth, device.output));
  });
