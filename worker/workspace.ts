import { DurableObject } from 'cloudflare:workers';
import type { DigestQuery, VersionsQuery } from '../shared/protocol/history-messages.ts';
import type { SlotId } from '../shared/protocol/ids.ts';
import { SOCKET_PING, SOCKET_PONG } from '../shared/protocol/limits.ts';
import type { PullQuery } from '../shared/protocol/messages.ts';
import type { Invite, SetRecovery } from '../shared/protocol/workspace-messages.ts';
import type { KeyPackage, SignedState } from '../shared/protocol/workspace-state.ts';
import { limitsFrom, logTo, randomBytes } from './config.ts';
import { errorResponse } from './error-response.ts';
import { objectSql } from './object-sql.ts';
import { readSocketAuth } from './socket-auth.ts';
import { createSockets, socketResponse, type Sockets } from './sockets.ts';
import type { Auth, Chain, PushedRows } from './workspace-api.ts';
import { createWorkspaceService, type WorkspaceService } from './workspace-service.ts';
import { createWorkspaceStore, type WorkspaceStore } from './workspace-store.ts';

const CLEAN_UP_EVERY_MS = 24 * 60 * 60 * 1000;
/** Between two steps of one clean-up, so that the devices are served in between. */
const NEXT_STEP_MS = 1000;

/**
 * One firm's sealed rows. Everything it decides is in the store and the service; this is their
 * transport: method calls, sockets, the alarm.
 */
export class Workspace extends DurableObject {
  readonly #store: WorkspaceStore;
  readonly #service: WorkspaceService;
  readonly #sockets: Sockets;
  #hasAlarm = false;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    const now = (): number => Date.now();
    this.#store = createWorkspaceStore({
      sql: objectSql(ctx.storage),
      limits: limitsFrom(env),
      now,
      randomBytes,
    });
    this.#sockets = createSockets(ctx, now, (auth, rows) => this.#service.push(auth, rows));
    this.#service = createWorkspaceService({
      store: this.#store,
      listeners: this.#sockets,
      now,
      onStored: () => this.#expectCleanUp(),
      deleteStorage: async () => {
        await ctx.storage.deleteAlarm();
        await ctx.storage.deleteAll();
        this.#hasAlarm = false;
      },
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(SOCKET_PING, SOCKET_PONG));
  }

  create(chain: Chain) {
    return this.#service.create(chain);
  }
  status(auth: Auth) {
    return this.#service.status(auth);
  }
  states(auth: Auth, since: number) {
    return this.#service.states(auth, since);
  }
  putState(auth: Auth, state: SignedState, packages: readonly KeyPackage[]) {
    return this.#service.putState(auth, state, packages);
  }
  push(auth: Auth, rows: PushedRows) {
    return this.#service.push(auth, rows);
  }
  pull(auth: Auth, query: PullQuery) {
    return this.#service.pull(auth, query);
  }
  digest(auth: Auth, query: DigestQuery) {
    return this.#service.digest(auth, query);
  }
  versions(auth: Auth, query: VersionsQuery) {
    return this.#service.versions(auth, query);
  }
  devices(auth: Auth) {
    return this.#service.devices(auth);
  }
  mayPair(auth: Auth) {
    return this.#service.mayPair(auth);
  }
  invite(auth: Auth, invitation: Pick<Invite, 'slot' | 'label'>) {
    return this.#service.invite(auth, invitation);
  }
  invitations(auth: Auth) {
    return this.#service.invitations(auth);
  }
  closeInvitation(auth: Auth, slot: SlotId) {
    return this.#service.closeInvitation(auth, slot);
  }
  setRecovery(auth: Auth, recovery: Pick<SetRecovery, 'device' | 'find'>) {
    return this.#service.setRecovery(auth, recovery);
  }
  destroy(auth: Auth) {
    return this.#service.destroy(auth);
  }

  /** Only ever called by the worker's own route, with what it has read from the request. */
  override async fetch(request: Request): Promise<Response> {
    const auth = readSocketAuth(request.headers);
    if (!auth) return errorResponse({ code: 'unauthorised' });
    const caller = this.#store.authorise(auth);
    if (!caller.ok) return errorResponse(caller.error);
    return socketResponse(this.#sockets.accept(auth, caller.value.workspace));
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    await this.#sockets.hear(socket, message);
  }

  override async alarm(): Promise<void> {
    const cleaned = this.#store.cleanUp();
    this.#hasAlarm = false;
    if (!cleaned) return;
    const { deadRows, versions, isMore, isWaiting } = cleaned;
    logTo(this.env)({ event: 'clean-up', deadRows, versions });
    if (isMore) await this.#setAlarm(NEXT_STEP_MS);
    else if (isWaiting) await this.#setAlarm(CLEAN_UP_EVERY_MS);
  }

  /** An object that was evicted asks once whether its alarm is set, and then remembers. */
  #expectCleanUp(): void {
    if (this.#hasAlarm) return;
    this.#hasAlarm = true;
    this.ctx.waitUntil(
      this.ctx.storage.getAlarm().then(async (alarm) => {
        if (alarm === null) await this.#setAlarm(CLEAN_UP_EVERY_MS);
      }),
    );
  }

  async #setAlarm(inMs: number): Promise<void> {
    this.#hasAlarm = true;
    await this.ctx.storage.setAlarm(Date.now() + inMs);
  }
}
