import { Hono } from 'hono';
import { SOCKET_PROTOCOL } from '../../shared/protocol/limits.ts';
import { errorResponse } from '../error-response.ts';
import { readAsked, type AppEnv } from '../request.ts';

/**
 * A browser's socket can send no header of its own, so the credentials come as a second subprotocol
 * and the client's version as a third.
 */
export const socketRoutes = new Hono<AppEnv>().get('/:workspace/socket', async (c) => {
  if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
    return errorResponse({ code: 'bad-request' });
  }
  const offered = (c.req.header('sec-websocket-protocol') ?? '')
    .split(',')
    .map((name) => name.trim());
  const [protocol, credentials, client] = offered;
  if (protocol !== SOCKET_PROTOCOL) return errorResponse({ code: 'unsupported-version' });
  const asked = await readAsked(c, credentials ?? null, client?.replace(/^client\./, ''));
  if (!asked.ok) return errorResponse(asked.error);
  return asked.value.workspace.connect(asked.value.auth);
});
