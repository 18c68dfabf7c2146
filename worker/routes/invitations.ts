import { Hono } from 'hono';
import { INVITATION_LIFETIME_MS } from '../../shared/protocol/limits.ts';
import { inviteSchema, uninviteSchema } from '../../shared/protocol/workspace-messages.ts';
import { errorResponse } from '../error-response.ts';
import { asking, readJson, replyJson, type AppEnv } from '../request.ts';

/** An invitation is a slot that lives for days and is listed, so that it can be taken back. */
export const invitationRoutes = new Hono<AppEnv>()
  .get('/:workspace/invitations', (c) =>
    asking(c, async ({ workspace, auth }) => replyJson(await workspace.invitations(auth))),
  )
  .post('/:workspace/invitations', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const request = await readJson(c, inviteSchema);
      if (!request.ok) return errorResponse(request.error);
      const { slot, offer, label } = request.value;
      const listed = await workspace.invite(auth, { slot, label });
      if (!listed.ok) return errorResponse(listed.error);
      const opened = await c.env.slot(slot).open(offer, INVITATION_LIFETIME_MS);
      if (!opened.ok) await workspace.closeInvitation(auth, slot);
      return replyJson(opened, 201);
    }),
  )
  .post('/:workspace/invitations/close', (c) =>
    asking(c, async ({ workspace, auth }) => {
      const request = await readJson(c, uninviteSchema);
      if (!request.ok) return errorResponse(request.error);
      const closed = await workspace.closeInvitation(auth, request.value.slot);
      if (!closed.ok) return errorResponse(closed.error);
      return replyJson(await c.env.slot(request.value.slot).close());
    }),
  );
