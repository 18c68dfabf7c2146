import type { SlotId, WorkspaceId } from '../../../../shared/protocol/ids.ts';
import { done } from '../../../../shared/protocol/messages.ts';
import { createApp } from '../../../../worker/app.ts';
import type { CreationPolicy } from '../../../../worker/config.ts';
import { randomBytes } from '../../../../worker/config.ts';
import type { RequestLog, Services } from '../../../../worker/services.ts';
import { createSlotStore } from '../../../../worker/slot-store.ts';
import { createWorkspaceStore, type WorkspaceLimits } from '../../../../worker/workspace-store.ts';
import { nodeSql } from './node-sql.ts';

export interface TestWorker {
  /** What a client is given as `fetch`; `intercept` may lose, repeat or change things. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  readonly sql: Map<string, ReturnType<typeof nodeSql>>;
  readonly log: RequestLog[];
  readonly requests: string[];
  intercept: ((path: string, send: () => Promise<Response>) => Promise<Response>) | null;
  now: () => number;
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
  const slots = new Map<SlotId, ReturnType<typeof nodeSql>>();
  const sqlOf = (id: string, from: Map<string, ReturnType<typeof nodeSql>>) => {
    const known = from.get(id) ?? nodeSql();
    from.set(id, known);
    return known;
  };
  const storeOf = (id: WorkspaceId) =>
    createWorkspaceStore({
      sql: sqlOf(id, sql),
      limits: { maxBytes: 1e9, maxRows: 1e6, maxDevices: 10, ...options.limits },
      now: () => worker.now(),
      randomBytes,
    });
  const services: Services = {
    workspace: (id) => ({
      create: async (request) => storeOf(id).create(request),
      state: async (auth) => storeOf(id).state(auth),
      push: async (auth, rows) => storeOf(id).push(auth, rows),
      pull: async (auth, query) => storeOf(id).pull(auth, query),
      devices: async (auth) => storeOf(id).devices(auth),
      register: async (auth, device) => storeOf(id).register(auth, device),
      remove: async (auth, device) => {
        const removed = storeOf(id).remove(auth, device);
        return removed.ok ? { ok: true, value: done } : removed;
      },
      connect: async () => new Response(null, { status: 501 }),
    }),
    slot: (id) => {
      const store = createSlotStore({ sql: sqlOf(id, slots), now: () => worker.now() });
      return {
        open: async (offer) => store.open(offer),
        read: async () => store.read(),
        write: async (part, sealed) => store.write(part, sealed),
        close: async () => {
          slots.delete(id);
          return { ok: true, value: done };
        },
      };
    },
    creation: options.creation ?? { kind: 'open' },
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
    wipe: () => sql.clear(),
  };
  return worker;
}

export const WORKER_URL = 'https://sync.example';
