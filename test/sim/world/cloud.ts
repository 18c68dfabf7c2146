import type { RecoveryId, SlotId, WorkspaceId } from '../../../shared/protocol/ids.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { encodeFrame } from '../../../shared/protocol/frame.ts';
import { done } from '../../../shared/protocol/messages.ts';
import { createApp } from '../../../worker/app.ts';
import { isOriginAllowed } from '../../../worker/config.ts';
import { createPointerStore } from '../../../worker/pointer-store.ts';
import { readPushFrame } from '../../../worker/push-frame.ts';
import type { Services } from '../../../worker/services.ts';
import { createSlotStore } from '../../../worker/slot-store.ts';
import type { Auth } from '../../../worker/workspace-api.ts';
import {
  createWorkspaceService,
  toHeadMessage,
  type WorkspaceService,
} from '../../../worker/workspace-service.ts';
import {
  createWorkspaceStore,
  type WorkspaceLimits,
  type WorkspaceStore,
} from '../../../worker/workspace-store.ts';
import { BrokenOffError, createDiskSql, type DiskSql, type Snapshot } from './disk-sql.ts';

export const WORKER_URL = 'https://sync.example';

/** An answer as it leaves the worker. Null: the object ended before there was one. */
export interface CloudAnswer {
  readonly status: number;
  readonly bytes: Bytes;
  /** The same bytes come again and again. */
  readonly isEndless?: boolean;
}

/** The worker's end of a socket. */
export interface CloudSocket {
  /** What the worker says; the first message is already waiting. */
  onMessage: (message: string | Bytes) => void;
  onClose: () => void;
  send(message: string | Bytes): Promise<void>;
  close(): void;
}

/** The real routes, services and stores; the objects around them can be evicted like the real ones. */
export interface Cloud {
  handle(url: string, init: RequestInit): Promise<CloudAnswer | null>;
  /** What a request to open a socket was answered with; null when it was refused. */
  socketOf(answer: CloudAnswer): CloudSocket | null;
  /** Ends the objects: what they hold in memory is gone. `afterWrites`: in the middle of the next batch. */
  evict(afterWrites: number | null): void;
  /** The objects' alarms: what has expired is cleared away. */
  cleanUp(): void;
  backUp(): void;
  /** Back to the last backup; false when there is none. */
  rollBack(): boolean;
  /** Every workspace is gone, as if it had never been. */
  wipe(): void;
  limit(limits: Partial<WorkspaceLimits>): void;
  /** How far each workspace has come, to see whether anything is still being written. */
  heads(): string;
  readonly disks: ReadonlyMap<WorkspaceId, DiskSql>;
  close(): void;
}

interface AwakeObject {
  readonly store: WorkspaceStore;
  readonly service: WorkspaceService;
}

const ROOM: WorkspaceLimits = { maxBytes: 1e9, maxRows: 1e6, maxDevices: 50 };

export function createCloud(deps: {
  readonly now: () => number;
  readonly randomBytes: (length: number) => Bytes;
  /** A storage to begin with; it is not this cloud's to close. */
  readonly storage?: { readonly id: WorkspaceId; readonly disk: DiskSql };
}): Cloud {
  const app = createApp();
  const disks = new Map<WorkspaceId, DiskSql>();
  if (deps.storage) disks.set(deps.storage.id, deps.storage.disk);
  const awake = new Map<WorkspaceId, AwakeObject>();
  const sockets = new Map<CloudSocket, { readonly id: WorkspaceId; readonly auth: Auth }>();
  const waitingSockets = new Map<string, CloudSocket>();
  const others = new Map<string, DiskSql>();
  const backups = new Map<WorkspaceId, Snapshot>();
  let limits = ROOM;
  let isBroken = false;
  let opened = 0;

  function diskOf<Id extends string>(from: Map<Id, DiskSql>, id: Id): DiskSql {
    const known = from.get(id) ?? createDiskSql();
    from.set(id, known);
    return known;
  }

  function objectOf(id: WorkspaceId): AwakeObject {
    const known = awake.get(id) ?? wake(id);
    awake.set(id, known);
    return known;
  }

  function wake(id: WorkspaceId): AwakeObject {
    const store = createWorkspaceStore({ sql: diskOf(disks, id), limits, ...deps });
    const heard = (): [CloudSocket, Auth][] =>
      [...sockets].flatMap(([socket, of]) => (of.id === id ? [[socket, of.auth]] : []));
    const service = createWorkspaceService({
      store,
      listeners: {
        tell(message, except) {
          for (const [socket, { device }] of heard()) {
            if (!except.includes(device)) socket.onMessage(message);
          }
        },
        close(devices) {
          for (const [socket, { device }] of heard()) {
            if (!devices || devices.includes(device)) socket.close();
          }
        },
      },
      now: deps.now,
      onStored: () => {},
      deleteStorage: async () => forget(id),
    });
    return { store, service };
  }

  function forget(id: WorkspaceId): void {
    awake.delete(id);
    const disk = disks.get(id);
    if (disk !== deps.storage?.disk) disk?.close();
    disks.delete(id);
  }

  /** As across the object's boundary: an eviction in between ends the request without an answer. */
  async function ask<Value>(
    id: WorkspaceId,
    question: (object: AwakeObject) => Promise<Value>,
  ): Promise<Value> {
    try {
      return await question(objectOf(id));
    } catch (error) {
      if (error instanceof BrokenOffError) {
        awake.delete(id);
        isBroken = true;
      }
      throw error;
    }
  }

  function cleanUpStep(id: WorkspaceId): boolean {
    try {
      return objectOf(id).store.cleanUp()?.isMore ?? false;
    } catch (error) {
      if (!(error instanceof BrokenOffError)) throw error;
      awake.delete(id);
      return true;
    }
  }

  function openSocket(id: WorkspaceId, auth: Auth, greeting: string): string {
    const early: (string | Bytes)[] = [greeting];
    const socket: CloudSocket = {
      onMessage: (message) => early.push(message),
      onClose: () => {},
      async send(message) {
        if (!sockets.has(socket) || typeof message === 'string') return socket.close();
        const rows = await readPushFrame(message);
        const reply = rows.ok
          ? await ask(id, ({ service }) => service.push(auth, rows.value))
          : rows;
        socket.onMessage(
          reply.ok
            ? encodeFrame(reply.value.header, reply.value.blobs)
            : JSON.stringify({ error: reply.error }),
        );
      },
      close() {
        if (sockets.delete(socket)) socket.onClose();
      },
    };
    sockets.set(socket, { id, auth });
    const name = `socket ${String((opened += 1))}`;
    waitingSockets.set(name, {
      ...socket,
      get onMessage() {
        return socket.onMessage;
      },
      set onMessage(hear: CloudSocket['onMessage']) {
        socket.onMessage = hear;
        for (const message of early.splice(0)) hear(message);
      },
      get onClose() {
        return socket.onClose;
      },
      set onClose(end: CloudSocket['onClose']) {
        socket.onClose = end;
      },
    });
    return name;
  }

  const services: Services = {
    workspace: (id) => ({
      create: (chain) => ask(id, ({ service }) => service.create(chain)),
      status: (auth) => ask(id, ({ service }) => service.status(auth)),
      states: (auth, since) => ask(id, ({ service }) => service.states(auth, since)),
      putState: (auth, state, packages) =>
        ask(id, ({ service }) => service.putState(auth, state, packages)),
      push: (auth, rows) => ask(id, ({ service }) => service.push(auth, rows)),
      pull: (auth, query) => ask(id, ({ service }) => service.pull(auth, query)),
      digest: (auth, query) => ask(id, ({ service }) => service.digest(auth, query)),
      versions: (auth, query) => ask(id, ({ service }) => service.versions(auth, query)),
      devices: (auth) => ask(id, ({ service }) => service.devices(auth)),
      mayPair: (auth) => ask(id, ({ service }) => service.mayPair(auth)),
      invite: (auth, invitation) => ask(id, ({ service }) => service.invite(auth, invitation)),
      invitations: (auth) => ask(id, ({ service }) => service.invitations(auth)),
      closeInvitation: (auth, slot) =>
        ask(id, ({ service }) => service.closeInvitation(auth, slot)),
      setRecovery: (auth, recovery) =>
        ask(id, ({ service }) => service.setRecovery(auth, recovery)),
      destroy: (auth) => ask(id, ({ service }) => service.destroy(auth)),
      connect: (auth) =>
        ask(id, async ({ store }) => {
          const caller = store.authorise(auth);
          if (!caller.ok) return new Response(null, { status: 401 });
          return new Response(openSocket(id, auth, toHeadMessage(caller.value.workspace)));
        }),
    }),
    slot: (id: SlotId) => {
      const store = createSlotStore({ sql: diskOf(others, id), now: deps.now });
      return {
        open: async (offer, lifetimeMs) => store.open(offer, lifetimeMs),
        read: async () => store.read(),
        write: async (part, sealed) => store.write(part, sealed),
        close: async () => {
          others.get(id)?.close();
          others.delete(id);
          return { ok: true, value: done };
        },
      };
    },
    pointer: (id: RecoveryId) => {
      const store = createPointerStore(diskOf(others, id));
      return {
        set: async (workspace, pointer) => store.set(workspace, pointer),
        find: async () => store.find(),
        clear: async (workspace) => {
          if (store.isOf(workspace)) others.delete(id);
        },
      };
    },
    creation: { kind: 'open' },
    isOriginAllowed: isOriginAllowed({}),
    version: 'simulated',
    isAllowed: async () => true,
    log: () => {},
  };

  return {
    async handle(url, { method, headers, body }) {
      isBroken = false;
      const request = new Request(url, {
        ...(method !== undefined && { method }),
        ...(headers !== undefined && { headers }),
        ...(body !== undefined && { body }),
      });
      const response = await app.fetch(request, services);
      const bytes = new Uint8Array(await response.arrayBuffer());
      return isBroken ? null : { status: response.status, bytes };
    },
    socketOf({ bytes }) {
      const name = new TextDecoder().decode(bytes);
      const socket = waitingSockets.get(name);
      waitingSockets.delete(name);
      return socket ?? null;
    },
    evict(afterWrites) {
      if (afterWrites === null) awake.clear();
      for (const disk of disks.values()) disk.breakAfter(afterWrites);
    },
    cleanUp() {
      for (const id of disks.keys()) {
        // An alarm that breaks off is called again.
        for (let isMore = true; isMore;) isMore = cleanUpStep(id);
      }
    },
    backUp() {
      for (const [id, disk] of disks) backups.set(id, disk.snapshot());
    },
    rollBack() {
      awake.clear();
      for (const [id, snapshot] of backups) disks.get(id)?.restore(snapshot);
      return backups.size > 0;
    },
    wipe() {
      for (const id of disks.keys()) forget(id);
    },
    limit(changed) {
      limits = { ...ROOM, ...changed };
      awake.clear();
    },
    heads: () =>
      [...disks.values()]
        .flatMap((disk) => [...disk.rows('SELECT head FROM workspace')])
        .map(({ head }) => String(head))
        .join(),
    disks,
    close() {
      for (const disk of [...disks.values(), ...others.values()]) {
        if (disk !== deps.storage?.disk) disk.close();
      }
    },
  };
}
