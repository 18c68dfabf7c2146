import { Hono } from 'hono';
import { findRecoverySchema } from '../../shared/protocol/workspace-messages.ts';
import { errorResponse } from '../error-response.ts';
import { limited } from '../middleware.ts';
import { readJson, replyJson, type AppEnv } from '../request.ts';

/** For someone who has the words and nothing else. Guessing is hopeless at 128 bits, and limited. */
export const recoveryRoutes = new Hono<AppEnv>().post('/find', limited('recover'), async (c) => {
  const request = await readJson(c, findRecoverySchema);
  if (!request.ok) return errorResponse(request.error);
  return replyJson(await c.env.pointer(request.value.find).find());
});
