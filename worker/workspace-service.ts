import type { DeviceId } from '../shared/clock.ts';
import type { Bytes } from '../shared/protocol/bytes.ts';
import { encodeFrame } from '../shared/protocol/frame.ts';
import { MAX_LIVE_BYTES, PROTOCOL_VERSION, ROW_HEADER_BYTES } from '../shared/protocol/limits.ts';
import type { News, PushResult } from '../shared/protocol/messages.ts';
import { fail, succeed } from '../shared/protocol/outcome.ts';
import { verifyStep, verifySteps } from '../shared/protocol/workspace-state.ts';
import type { StateChange } from './state-store.ts';
import type { PushedRows, Reply, Unfindable, WorkspaceApi } from './workspace-api.ts';
import type { WorkspaceStore } from './workspace-store.ts';

/** Who listens. In the object these are hibernating sockets; a test may keep a list. */
export interface Listeners {
  /** To everyone but the devices named. */
  tell(message: string | Bytes, except: readonly DeviceId[]): void;
  /** Ends every connection of these devices; without them, of all. */
  close(devices?: readonly DeviceId[]): void;
}

export interface WorkspaceServiceDeps {
  readonly store: WorkspaceStore;
  readonly listeners: Listeners;
  readonly now: () => number;
  /** Something was stored that will expire one day. */
  readonly onStored: () => void;
  readonly deleteStorage: () => Promise<void>;
}

export type WorkspaceService = Omit<WorkspaceApi, 'connect'>;

/** The store with what takes time or concerns others: checking signatures, telling, closing. */
export function createWorkspaceService(deps: WorkspaceServiceDeps): WorkspaceService {
  const { store, listeners } = deps;

  const tellHead = (except: readonly DeviceId[]): void => {
    const announced = store.announced();
    if (announced) listeners.tell(toHeadMessage(announced), except);
  };

  function tellOfState({ removed }: StateChange): void {
    listeners.close(removed);
    tellHead(removed);
  }

  /** What was just written goes along when it is little, so that nobody has to ask for it. */
  function tellNews(sender: DeviceId, rows: PushedRows, result: PushResult): void {
    const news = toNews(rows, result, store, deps.now());
    if (news) listeners.tell(news, [sender]);
    else tellHead([sender]);
  }

  return {
    async create({ workspace, states, packages }) {
      const verified = await verifySteps(workspace, null, states);
      if (!verified.ok) return fail({ code: 'state-refused', problem: verified.error });
      const created = store.create(verified.value, packages);
      if (!created.ok) return created;
      tellOfState(created.value.change);
      return succeed(created.value.status);
    },

    status: async (auth) => store.status(auth),
    states: async (auth, since) => store.states(auth, since),

    async putState(auth, signed, packages): Promise<Reply<Unfindable>> {
      const newest = store.newestState(auth);
      if (!newest.ok) return newest;
      const { workspace } = newest.value.state;
      const step = await verifyStep(workspace, newest.value, signed);
      if (!step.ok) {
        // The same state again: its answer was lost.
        if (isEqualState(newest.value.signed, signed)) return succeed({ recoveries: [] });
        return fail(
          step.error === 'not-next'
            ? { code: 'state-conflict', version: newest.value.state.version }
            : { code: 'state-refused', problem: step.error },
        );
      }
      const stored = store.putState(auth, newest.value, step.value, packages);
      if (!stored.ok) return stored;
      tellOfState(stored.value);
      return succeed({ recoveries: stored.value.unfindable });
    },

    async push(auth, rows) {
      const reply = store.push(auth, rows);
      if (reply.ok && reply.value.header.head > reply.value.header.before) {
        deps.onStored();
        tellNews(auth.device, rows, reply.value.header);
      }
      return reply;
    },

    pull: async (auth, query) => store.pull(auth, query),
    digest: async (auth, query) => store.digest(auth, query),
    versions: async (auth, query) => store.versions(auth, query),
    devices: async (auth) => store.devices(auth),
    mayPair: async (auth) => store.mayPair(auth),
    invite: async (auth, invitation) => store.invite(auth, invitation),
    invitations: async (auth) => store.invitations(auth),
    closeInvitation: async (auth, slot) => store.closeInvitation(auth, slot),
    setRecovery: async (auth, recovery) => store.setRecovery(auth, recovery),

    async destroy(auth) {
      const deserted = store.mayDestroy(auth);
      if (!deserted.ok) return deserted;
      listeners.close();
      await deps.deleteStorage();
      return deserted;
    },
  };
}

export const toHeadMessage = ({
  head,
  stateVersion,
}: {
  readonly head: number;
  readonly stateVersion: number;
}): string => JSON.stringify({ head, state: stateVersion });

const isEqualState = (
  a: { readonly state: string; readonly signature: string },
  b: { readonly state: string; readonly signature: string },
): boolean => a.state === b.state && a.signature === b.signature;

/** The header's own members, without its rows. */
const HEADER_BYTES = 400;

/** Null when it would be too much for a socket, or is not the newest any more (a repeated batch). */
function toNews(
  { push, blobs }: PushedRows,
  { before, head, results }: PushResult,
  store: WorkspaceStore,
  nowMs: number,
): Bytes | null {
  const announced = store.announced();
  if (!announced || announced.head !== head) return null;
  const rows: News['rows'] = [];
  const sealed: Bytes[] = [];
  let bytes = 0;
  push.rows.forEach((row, index) => {
    const result = results[index];
    const blob = blobs[index];
    if (result?.status !== 'accepted' || !blob) return;
    const { rkey, lane, hash, dead, size } = row;
    rows.push({ rkey, seq: result.seq, lane, hash, ...(dead && { dead }), size });
    sealed.push(blob);
    bytes += size + ROW_HEADER_BYTES;
  });
  if (bytes > MAX_LIVE_BYTES - HEADER_BYTES) return null;
  const { epoch, keyCheck, stateVersion } = announced;
  const header: News = {
    v: PROTOCOL_VERSION,
    type: 'news',
    epoch,
    keyCheck,
    stateVersion,
    before,
    head,
    serverTimeMs: nowMs,
    rows,
  };
  return encodeFrame(header, sealed);
}
