import { DurableObject } from 'cloudflare:workers';
import type { DeviceId } from '../shared/clock.ts';
import { SOCKET_PING, SOCKET_PONG } from '../shared/protocol/limits.ts';
import {
  done,
  type DeviceList,
  type Done,
  type NewDevice,
  type PullQuery,
  type PullResult,
  type PushResult,
  type WorkspaceState,
} from '../shared/protocol/messages.ts';
import { limitsFrom, randomBytes } from './config.ts';
import { errorResponse } from './error-response.ts';
import { objectSql } from './object-sql.ts';
import { readSocketAuth, socketResponse } from './socket.ts';
import type { Auth, Framed, NewWorkspace, PushedRows, Reply } from './workspace-api.ts';
import { createWorkspaceStore, type WorkspaceStore } from './workspace-store.ts';

/** One firm's sealed rows. Everything it decides is in the store; this adds sockets and transport. */
export class Workspace extends DurableObject {
  readonly #store: WorkspaceStore;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#store = createWorkspaceStore({
      sql: objectSql(ctx.storage),
      limits: limitsFrom(env),
      now: () => Date.now(),
      randomBytes,
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(SOCKET_PING, SOCKET_PONG));
  }

  create(request: NewWorkspace): Reply<WorkspaceState> {
    return this.#store.create(request);
  }

  state(auth: Auth): Reply<WorkspaceState> {
    return this.#store.state(auth);
  }

  push(auth: Auth, rows: PushedRows): Reply<Framed<PushResult>> {
    const reply = this.#store.push(auth, rows);
    if (reply.ok && reply.value.header.head > reply.value.header.before) {
      this.#announce(reply.value.header.head, auth.device);
    }
    return reply;
  }

  pull(auth: Auth, query: PullQuery): Reply<Framed<PullResult>> {
    return this.#store.pull(auth, query);
  }

  devices(auth: Auth): Reply<DeviceList> {
    return this.#store.devices(auth);
  }

  register(auth: Auth, device: NewDevice): Reply<Done> {
    return this.#store.register(auth, device);
  }

  async remove(auth: Auth, device: DeviceId): Promise<Reply<Done>> {
    const removed = this.#store.remove(auth, device);
    if (!removed.ok) return removed;
    for (const socket of this.ctx.getWebSockets(device)) socket.close(4001, 'removed');
    if (removed.value.isEmpty) await this.ctx.storage.deleteAll();
    return { ok: true, value: done };
  }

  /** Only ever called by the worker's own route, with what it has read from the request. */
  override async fetch(request: Request): Promise<Response> {
    const auth = readSocketAuth(request);
    if (!auth) return errorResponse({ code: 'unauthorised' });
    const workspace = this.#store.authorise(auth);
    if (!workspace.ok) return errorResponse(workspace.error);
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server, [auth.device]);
    server.send(JSON.stringify({ head: workspace.value.head }));
    return socketResponse(client);
  }

  /** Pings are answered without waking the object; nothing else is expected. */
  override webSocketMessage(socket: WebSocket): void {
    socket.close(1008, 'only pings');
  }

  #announce(head: number, exceptDevice: DeviceId): void {
    const own = new Set(this.ctx.getWebSockets(exceptDevice));
    for (const socket of this.ctx.getWebSockets()) {
      if (own.has(socket)) continue;
      try {
        socket.send(JSON.stringify({ head }));
      } catch {
        // It is just closing. The batch is stored, and its sender must hear that and nothing else.
      }
    }
  }
}
