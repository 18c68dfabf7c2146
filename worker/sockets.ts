import * as v from 'valibot';
import type { DeviceId } from '../shared/clock.ts';
import { encodeFrame } from '../shared/protocol/frame.ts';
import { MAX_LIVE_BYTES, SOCKET_PROTOCOL, SOCKET_REMOVED } from '../shared/protocol/limits.ts';
import type { PushResult } from '../shared/protocol/messages.ts';
import { readPushFrame } from './push-frame.ts';
import { attachmentOf, authOf } from './socket-auth.ts';
import type { Auth, Framed, PushedRows, Reply } from './workspace-api.ts';
import { toHeadMessage, type Listeners } from './workspace-service.ts';
import type { WorkspaceRecord } from './workspace-record.ts';

/** 4000 and above are ours to give meaning; see docs/protocol.md, "Socket". */
const CLOSE_TOO_MANY = 4002;
const CLOSE_UNEXPECTED = 1008;
const CLOSE_TOO_LARGE = 1009;

/** A browser has one; some more for those that ended without a word. */
const MAX_SOCKETS_OF_DEVICE = 4;

export interface Sockets extends Listeners {
  accept(auth: Auth, workspace: WorkspaceRecord): WebSocket;
  hear(socket: WebSocket, message: string | ArrayBuffer): Promise<void>;
}

/** The sockets of one workspace, which outlive its object's memory: each carries who it belongs to. */
export function createSockets(
  ctx: DurableObjectState,
  now: () => number,
  push: (auth: Auth, rows: PushedRows) => Promise<Reply<Framed<PushResult>>>,
): Sockets {
  return {
    accept(auth, workspace) {
      makeRoom(ctx.getWebSockets(auth.device));
      const { 0: client, 1: server } = new WebSocketPair();
      ctx.acceptWebSocket(server, [auth.device]);
      server.serializeAttachment({ ...attachmentOf(auth), openedAt: now() });
      server.send(toHeadMessage(workspace));
      return client;
    },

    /** A small push; pings are answered without waking the object, and nothing else is expected. */
    async hear(socket, message) {
      const auth = authOf(socket.deserializeAttachment());
      if (typeof message === 'string' || !auth) {
        socket.close(CLOSE_UNEXPECTED, 'only pings and pushes');
        return;
      }
      if (message.byteLength > MAX_LIVE_BYTES) {
        socket.close(CLOSE_TOO_LARGE, 'too large');
        return;
      }
      const rows = await readPushFrame(new Uint8Array(message));
      const reply = rows.ok ? await push(auth, rows.value) : rows;
      send(
        socket,
        reply.ok
          ? encodeFrame(reply.value.header, reply.value.blobs)
          : JSON.stringify({ error: reply.error }),
      );
    },

    tell(message, except) {
      const spared = new Set(except.flatMap((device) => ctx.getWebSockets(device)));
      for (const socket of ctx.getWebSockets()) if (!spared.has(socket)) send(socket, message);
    },

    close(devices) {
      const closing = devices
        ? devices.flatMap((device: DeviceId) => ctx.getWebSockets(device))
        : ctx.getWebSockets();
      for (const socket of closing) socket.close(SOCKET_REMOVED, 'removed');
    },
  };
}

/** Names the protocol and not the credentials that came beside it. */
export const socketResponse = (webSocket: WebSocket): Response =>
  new Response(null, {
    status: 101,
    webSocket,
    headers: { 'Sec-WebSocket-Protocol': SOCKET_PROTOCOL },
  });

/** The order that the platform lists them in is its own. */
function makeRoom(others: readonly WebSocket[]): void {
  const oldestFirst = others.toSorted((a, b) => openedAtOf(a) - openedAtOf(b));
  for (const socket of oldestFirst.slice(
    0,
    Math.max(0, 1 + others.length - MAX_SOCKETS_OF_DEVICE),
  )) {
    socket.close(CLOSE_TOO_MANY, 'too many');
  }
}

const openedAtOf = (socket: WebSocket): number => {
  const parsed = v.safeParse(v.object({ openedAt: v.number() }), socket.deserializeAttachment());
  return parsed.success ? parsed.output.openedAt : 0;
};

function send(socket: WebSocket, message: string | Uint8Array): void {
  try {
    socket.send(message);
  } catch {
    // It is just closing. What was written is stored, and its sender must hear that and nothing else.
  }
}
