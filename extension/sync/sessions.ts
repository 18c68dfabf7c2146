import type { SyncDeps } from './deps.ts';
import type { StoredIdentity } from './identity.ts';
import { readLockKey } from './lock.ts';
import type { Memory } from './memory.ts';
import { openMember, type Session } from './session.ts';
import { forget, read, WORKSPACE_VALUES, write, writeAll, type Prepared } from './store-keys.ts';
import { createWorkerApi, type Live } from './worker-api.ts';

export type Opened =
  | { readonly kind: 'none' }
  | { readonly kind: 'locked'; readonly identity: StoredIdentity }
  | { readonly kind: 'open'; readonly session: Session };

/** Which membership counts, and its keys while they may be used. */
export interface Sessions {
  /** Looks at what is stored: a page may have changed it, and a lock may have closed. */
  current(): Promise<Opened>;
  /** What was opened last, without looking; null when nothing is. */
  last(): Session | null;
  /** Ends what is under way with the membership so far; call before waiting for it. */
  end(): void;
  /** Takes over what a page has prepared and the worker has confirmed. */
  adopt(): Promise<void>;
  /** The data stays; what binds it to the workspace goes. */
  forget(): Promise<void>;
}

export interface SessionsDeps {
  readonly deps: SyncDeps;
  readonly memory: Memory;
  readonly live: Live;
}

export function createSessions({ deps, memory, live }: SessionsDeps): Sessions {
  const { store } = deps;
  let opened: { readonly session: Session; readonly end: AbortController } | null = null;

  function end(): void {
    opened?.end.abort();
    opened = null;
  }

  async function open(identity: StoredIdentity): Promise<Opened> {
    const { secrets } = identity;
    const lockKey = secrets.kind === 'passphrase' ? await readLockKey(deps, secrets.idleMs) : null;
    if (secrets.kind === 'passphrase' && !lockKey) {
      end();
      return { kind: 'locked', identity };
    }
    if (opened?.session.member.identity.revision === identity.revision) {
      return { kind: 'open', session: opened.session };
    }
    end();
    const pin = await read(store, 'sync-pin');
    const member = pin && (await openMember(identity, pin, lockKey));
    if (!member) return { kind: 'locked', identity };
    const ending = new AbortController();
    const { workerUrl, workspaceId } = identity;
    const requests = { fetch: deps.fetch, signal: ending.signal, live };
    const api = createWorkerApi(requests, workerUrl, workspaceId, member.credentials);
    opened = { session: { deps, memory, api, member, signal: ending.signal }, end: ending };
    return { kind: 'open', session: opened.session };
  }

  async function forgetAll(): Promise<void> {
    end();
    for (const key of WORKSPACE_VALUES) await forget(store, key);
    memory.clear();
  }

  async function takeOver({ identity, pin, chain }: Prepared): Promise<void> {
    await forgetAll();
    const values = { 'sync-identity': identity, 'sync-pin': pin, 'sync-chain': chain };
    await writeAll(store, values, deps.now());
    await forget(store, 'sync-prepared');
  }

  return {
    async current() {
      const identity = await read(store, 'sync-identity');
      if (identity) return open(identity);
      // The background ended between forgetting the one before and storing this one.
      const prepared = await read(store, 'sync-prepared');
      if (!prepared?.isConfirmed) return { kind: 'none' };
      await takeOver(prepared);
      return open(prepared.identity);
    },
    last: () => opened?.session ?? null,
    end,
    async adopt() {
      const prepared = await read(store, 'sync-prepared');
      if (prepared?.isConfirmed) await takeOver(prepared);
    },
    async forget() {
      const identity = await read(store, 'sync-identity');
      if (identity) await write(store, 'sync-last-workspace', identity.workspaceId);
      await forgetAll();
    },
  };
}
