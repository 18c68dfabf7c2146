import type { DeviceId } from '../../../../shared/clock.ts';
import type { Bytes } from '../../../../shared/protocol/bytes.ts';
import type { WorkspaceId } from '../../../../shared/protocol/ids.ts';
import { done } from '../../../../shared/protocol/messages.ts';
import { createApp } from '../../../../worker/app.ts';
import type { CleanedUp } from '../../../../worker/clean-up.ts';
import type { CreationPolicy } from '../../../../worker/config.ts';
import { isOriginAllowed, randomBytes } from '../../../../worker/config.ts';
import { createPointerStore } from '../../../../worker/pointer-store.ts';
import type { LogEntry, Services } from '../../../../worker/services.ts';
import { createSlotStore } from '../../../../worker/slot-store.ts';
import {
  createWorkspaceService,
  type WorkspaceService,
} from '../../../../worker/workspace-service.ts';
import {
  createWorkspaceStore,
  type WorkspaceLimits,
  type WorkspaceStore,
} from '../../../../worker/workspace-store.ts';
import { nodeSql } from './node-sql.ts';

/** What a socket would be: hears what the worker tells, until it is closed. */
export interface TestListener {
  readonly device: DeviceId;
  hear(message: string | Bytes): void;
  close(): void;
}

export interface TestWorker {
  /** What a client is given as `fetch`; `intercept` may lose, repeat or change things. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  readonly sql: Map<string, ReturnType<typeof nodeSql>>;
  readonly log: LogEntry[];
  readonly requests: string[];
  intercept: ((path: string, send: () => Promise<Response>) => Promise<Response>) | null;
  now: () => number;
  /** In place of sockets: to be added to and taken from by a test. */
  readonly listeners: Map<WorkspaceId, Set<TestListener>>;
  /** A workspace as its object sees it; made anew each time, so that nothing is kept in memory. */
  service(id: WorkspaceId): WorkspaceService;
  /** The alarm's work, one step. */
  cleanUp(id: WorkspaceId): CleanedUp | null;
  /** Forgets the workspaces, as a wiped storage would. */
  wipe(): void;
}

/** The real routes over the real stores, on Node's SQLite: everything but workerd itself. */
export function testWorker(
  options: {
    readonly limits?: Partial<WorkspaceLimits>;
    readonly creation?: CreationPolicy;
  } = {},
): TestWorker {
  const app = createApp();
  const sql = new Map<string, ReturnType<typeof nodeSql>>();
  const others = new Map<string, ReturnType<typeof nodeSql>>();
  const sqlOf = (id: string, from: Map<string, ReturnType<typeof nodeSql>>) => {
    const known = from.get(id) ?? nodeSql();
    from.set(id, known);
    return known;
  };
  const storeOf = (id: WorkspaceId): WorkspaceStore =>
    createWorkspaceStore({
      sql: sqlOf(id, sql),
      limits: { maxBytes: 1e9, maxRows: 1e6, maxDevices: 10, ...options.limits },
      now: () => worker.now(),
      randomBytes,
    });
  const services: Services = {
    workspace: (id) => ({
      ...worker.service(id),
      connect: async () => new Response(null, { status: 501 }),
    }),
    slot: (id) => {
      const store = createSlotStore({ sql: sqlOf(id, others), now: () => worker.now() });
      return {
        open: async (offer, lifetimeMs) => store.open(offer, lifetimeMs),
        read: async () => store.read(),
        write: async (part, sealed) => store.write(part, sealed),
        close: async () => {
          others.delete(id);
          return { ok: true, value: done };
        },
      };
    },
    pointer: (id) => {
      const store = createPointerStore(sqlOf(id, others));
      return {
        set: async (workspace, pointer) => store.set(workspace, pointer),
        find: async () => store.find(),
        clear: async (workspace) => {
          if (store.isOf(workspace)) others.delete(id);
        },
      };
    },
    creation: options.creation ?? { kind: 'open' },
    isOriginAllowed: isOriginAllowed({}),
    version: 'test',
    isAllowed: async () => true,
    log: (entry) => {
      worker.log.push(entry);
    },
  };
  const worker: TestWorker = {
    async fetch(url, init) {
      const { pathname, search } = new URL(url);
      worker.requests.push(`${init.method ?? 'GET'} ${pathname}${search}`);
      const send = async (): Promise<Response> => app.fetch(new Request(url, init), services);
      return worker.intercept ? worker.intercept(pathname, send) : send();
    },
    sql,
    log: [],
    requests: [],
    intercept: null,
    now: Date.now,
    listeners: new Map(),
    service(id) {
      const all = worker.listeners.get(id) ?? new Set<TestListener>();
      return createWorkspaceService({
        store: storeOf(id),
        listeners: {
          tell(message, except) {
            for (const each of all) if (!except.includes(each.device)) each.hear(message);
          },
          close(devices) {
            for (const each of all) {
              if (devices && !devices.includes(each.device)) continue;
              all.delete(each);
              each.close();
            }
          },
        },
        now: () => worker.now(),
        onStored: () => {},
        deleteStorage: async () => {
          sql.delete(id);
        },
      });
    },
    cleanUp: (id) => storeOf(id).cleanUp(),
    wipe: () => sql.clear(),
  };
  return worker;
}

export const WORKER_URL = 'https://sync.example';
