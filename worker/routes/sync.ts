import { Hono } from 'hono';
import { digestQuerySchema, versionsQuerySchema } from '../../shared/protocol/history-messages.ts';
import { MAX_FRAME_BYTES } from '../../shared/protocol/limits.ts';
import { pullQuerySchema } from '../../shared/protocol/messages.ts';
import { errorResponse } from '../error-response.ts';
import { readPushFrame } from '../push-frame.ts';
import {
  asking,
  readBody,
  readJson,
  readQuery,
  replyFrame,
  replyJson,
  type AppEnv,
} from '../request.ts';

/** Rows, and what is asked about them. */
export const syncRoutes = new Hono<AppEnv>()
  .post('/:workspace/push', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const bytes = await readBody(c.req.raw, MAX_FRAME_BYTES);
      if (!bytes.ok) return errorResponse(bytes.error);
      const rows = await readPushFrame(bytes.value);
      if (!rows.ok) return errorResponse(rows.error);
      return replyFrame(await workspace.push(auth, rows.value));
    }),
  )
  .post('/:workspace/pull', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const query = await readJson(c, pullQuerySchema);
      if (!query.ok) return errorResponse(query.error);
      return replyFrame(await workspace.pull(auth, query.value));
    }),
  )
  .get('/:workspace/digest', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const query = readQuery(c, digestQuerySchema);
      if (!query.ok) return errorResponse(query.error);
      return replyJson(await workspace.digest(auth, query.value));
    }),
  )
  .get('/:workspace/versions', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const query = readQuery(c, versionsQuerySchema);
      if (!query.ok) return errorResponse(query.error);
      return replyFrame(await workspace.versions(auth, query.value));
    }),
  );
