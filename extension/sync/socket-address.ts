import { formatCredentials } from '../../shared/protocol/credentials.ts';
import { CLIENT_VERSION, SOCKET_PROTOCOL } from '../../shared/protocol/limits.ts';
import type { SocketAddress } from './live-socket.ts';
import type { Session } from './session.ts';

/** A browser's socket can send no header but this one; the address itself holds no secret. */
export function socketAddress(session: Session | null): SocketAddress | null {
  if (!session) return null;
  const { identity, credentials } = session.member;
  return {
    url: `${identity.workerUrl.replace(/^http/, 'ws')}/v1/workspaces/${identity.workspaceId}/socket`,
    protocols: [
      SOCKET_PROTOCOL,
      formatCredentials(credentials),
      `client.${String(CLIENT_VERSION)}`,
    ],
  };
}
