import { Hono } from 'hono';
import { PROTOCOL_VERSION } from '../shared/protocol/limits.ts';
import { errorResponse } from './error-response.ts';
import { extensionOrigins, limited, requestLog, securityHeaders } from './middleware.ts';
import type { AppEnv } from './request.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { joinRoutes } from './routes/join.ts';
import { pairingRoutes } from './routes/pairing.ts';
import { recoveryRoutes } from './routes/recovery.ts';
import { socketRoutes } from './routes/socket.ts';
import { syncRoutes } from './routes/sync.ts';
import { workspaceRoutes } from './routes/workspaces.ts';

/** Every route of the worker, as docs/protocol.md lists them. */
export const createApp = () =>
  new Hono<AppEnv>()
    .use(requestLog, securityHeaders, extensionOrigins)
    .get('/health', (c) => c.json({ ok: true }))
    .get('/version', (c) => c.json({ version: c.env.version, protocol: PROTOCOL_VERSION }))
    .route('/join', joinRoutes)
    .use('/v1/*', limited('any'))
    .route('/v1/workspaces', workspaceRoutes)
    .route('/v1/workspaces', syncRoutes)
    .route('/v1/workspaces', invitationRoutes)
    .route('/v1/workspaces', socketRoutes)
    .route('/v1/pairing', pairingRoutes)
    .route('/v1/recovery', recoveryRoutes)
    .notFound(() => errorResponse({ code: 'not-found' }))
    .onError((error, c) => {
      c.set('failure', error.name);
      return errorResponse({ code: 'internal' });
    });

/** For a client that calls the routes by type. @public */
export type AppType = ReturnType<typeof createApp>;
