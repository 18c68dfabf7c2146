import type { SlotId, WorkspaceId } from '../../../shared/protocol/ids.ts';
import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { done } from '../../../shared/protocol/messages.ts';
import { createApp } from '../../../worker/app.ts';
import type { Services } from '../../../worker/services.ts';
import { createSlotStore } from '../../../worker/slot-store.ts';
import type { Auth, Reply } from '../../../worker/workspace-api.ts';
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
}

/** The real routes over the real stores; the objects around them can be evicted like the real ones. */
export interface Cloud {
  handle(url: string, init: RequestInit): Promise<CloudAnswer | null>;
  /** Ends the objects: what they hold in memory is gone. `afterWrites`: in the middle of the next batch. */
  evict(afterWrites: number | null): void;
  snapshot(): void;
  /** Back to the last snapshot; false when there is none. */
  rollBack(): boolean;
  limit(limits: Partial<WorkspaceLimits>): void;
  /** A batch of this device has moved the head. */
  onHead: (head: number, by: string) => void;
  /** How far each workspace has come, to see whether anything is still being written. */
  heads(): string;
  readonly disks: ReadonlyMap<string, DiskSql>;
  close(): void;
}

const ROOM: WorkspaceLimits = { maxBytes: 1e9, maxRows: 1e6, maxDevices: 50 };

export function createCloud(deps: {
  readonly now: () => number;
  readonly randomBytes: (length: number) => Bytes;
}): Cloud {
  const app = createApp();
  const disks = new Map<string, DiskSql>();
  const awake = new Map<WorkspaceId, WorkspaceStore>();
  const slots = new Map<SlotId, DiskSql>();
  const backups = new Map<string, Snapshot>();
  let limits = ROOM;
  let isBroken = false;

  function diskOf<Id extends string>(from: Map<Id, DiskSql>, id: Id): DiskSql {
    const known = from.get(id) ?? createDiskSql();
    from.set(id, known);
    return known;
  }

  function storeOf(id: WorkspaceId): WorkspaceStore {
    const known =
      awake.get(id) ?? createWorkspaceStore({ sql: diskOf(disks, id), limits, ...deps });
    awake.set(id, known);
    return known;
  }

  /** As across the object's boundary: an eviction in between ends the request without an answer. */
  async function ask<Value>(
    id: WorkspaceId,
    question: (store: WorkspaceStore) => Reply<Value>,
  ): Promise<Reply<Value>> {
    try {
      return question(storeOf(id));
    } catch (error) {
      if (error instanceof BrokenOffError) {
        awake.delete(id);
        isBroken = true;
      }
      throw error;
    }
  }

  const services: Services = {
    workspace: (id) => ({
      create: (request) => ask(id, (store) => store.create(request)),
      state: (auth) => ask(id, (store) => store.state(auth)),
      async push(auth, rows) {
        const reply = await ask(id, (store) => store.push(auth, rows));
        if (reply.ok && reply.value.header.head > reply.value.header.before) {
          cloud.onHead(reply.value.header.head, auth.device);
        }
        return reply;
      },
      pull: (auth, query) => ask(id, (store) => store.pull(auth, query)),
      devices: (auth) => ask(id, (store) => store.devices(auth)),
      register: (auth, device) => ask(id, (store) => store.register(auth, device)),
      async remove(auth, device) {
        const removed = await ask(id, (store) => store.remove(auth, device));
        return removed.ok ? { ok: true, value: done } : removed;
      },
      /** A socket is no more than the head at first and onHead after that. */
      async connect(auth: Auth) {
        const reply = await ask(id, (store) => store.authorise(auth));
        return reply.ok
          ? Response.json({ head: reply.value.head })
          : new Response(null, { status: 401 });
      },
    }),
    slot: (id) => {
      const store = createSlotStore({ sql: diskOf(slots, id), now: deps.now });
      return {
        open: async (offer) => store.open(offer),
        read: async () => store.read(),
        write: async (part, sealed) => store.write(part, sealed),
        close: async () => {
          slots.get(id)?.close();
          slots.delete(id);
          return { ok: true, value: done };
        },
      };
    },
    creation: { kind: 'open' },
    version: 'simulated',
    isAllowed: async () => true,
    log: () => {},
  };

  const cloud: Cloud = {
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
    evict(afterWrites) {
      if (afterWrites === null) awake.clear();
      for (const disk of disks.values()) disk.breakAfter(afterWrites);
    },
    snapshot() {
      for (const [id, disk] of disks) backups.set(id, disk.snapshot());
    },
    rollBack() {
      awake.clear();
      for (const [id, snapshot] of backups) disks.get(id)?.restore(snapshot);
      return backups.size > 0;
    },
    limit(changed) {
      limits = { ...ROOM, ...changed };
      awake.clear();
    },
    onHead: () => {},
    heads: () =>
      [...disks.values()]
        .flatMap((disk) => [...disk.rows('SELECT head FROM workspace')])
        .map(({ head }) => String(head))
        .join(),
    disks,
    close() {
      for (const disk of [...disks.values(), ...slots.values()]) disk.close();
    },
  };
  return cloud;
}
