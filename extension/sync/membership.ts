import { bytesToHex, sha256, type Bytes } from '../../shared/protocol/bytes.ts';
import { TOKEN_BYTES } from '../../shared/protocol/credentials.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import { FIRST_KEY_EPOCH, KEY_BYTES } from '../../shared/protocol/keyring.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import type { SyncDeps } from './deps.ts';
import { sealDeviceName } from './device-names.ts';
import { openIdentity, wrapIdentity, type StoredIdentity } from './identity.ts';
import { toSyncProblem } from './problem.ts';
import type { Session } from './session.ts';
import type { SyncProblem } from './status.ts';
import { forget, read, WORKSPACE_VALUES, write } from './store-keys.ts';
import { createWorkerApi } from './worker-api.ts';
import type { RequestProblem } from './worker-request.ts';
import { parseWorkerUrl } from './worker-url.ts';

export type MembershipProblem =
  | SyncProblem
  | 'worker-url-invalid'
  | 'already-member'
  | 'not-a-member'
  /** The worker creates workspaces for nobody, or only with a secret other than the one given. */
  | 'creation-refused';

export interface Membership {
  /** Null without a workspace. Keys are derived once and kept while the background lives. */
  readonly session: () => Promise<Session | null>;
  create(request: {
    readonly workerUrl: string;
    readonly deviceName: string;
    readonly secret?: string;
  }): Promise<Outcome<void, MembershipProblem>>;
  restore(secret?: string): Promise<Outcome<void, MembershipProblem>>;
  /** Stores what a pairing has brought. */
  adopt(identity: StoredIdentity): Promise<void>;
  leave(): Promise<void>;
}

export function createMembership(deps: SyncDeps): Membership {
  const { store, randomBytes } = deps;
  let opened: Promise<Session> | null = null;
  /** Until the worker has answered, the identity is neither to be used nor to be cleared away. */
  let isCreating = false;

  async function openSession(identity: StoredIdentity): Promise<Session> {
    const member = await openIdentity(identity);
    return {
      deps,
      member,
      api: createWorkerApi(deps, identity.workerUrl, identity.workspaceId, member.credentials),
    };
  }

  async function session(): Promise<Session | null> {
    const identity = isCreating ? undefined : await read(store, 'sync-identity');
    if (!identity) return null;
    opened ??= openSession(identity);
    const current = await opened;
    return identity.isConfirmed ? current : confirm(current);
  }

  /** The background ended between asking for the workspace and hearing of it. */
  async function confirm(unconfirmed: Session): Promise<Session | null> {
    const { api, member } = unconfirmed;
    const state = await api.state();
    if (state.ok) await markConfirmed(member.identity);
    else if (state.error.code === 'no-workspace') await forgetAll();
    else return null;
    return session();
  }

  async function markConfirmed(identity: StoredIdentity): Promise<void> {
    await write(store, 'sync-identity', { ...identity, isConfirmed: true });
    opened = null;
  }

  async function forgetAll(): Promise<void> {
    opened = null;
    for (const key of WORKSPACE_VALUES) await forget(store, key);
  }

  async function askToCreate(
    { member, api }: Session,
    secret: string | undefined,
  ): Promise<Outcome<void, RequestProblem>> {
    const { identity, keys, credentials } = member;
    const created = await api.create({
      keyEpoch: keys.keyEpoch,
      keyCheck: keys.keyCheck,
      proofHash: await hashHex(keys.proof),
      device: {
        id: identity.device,
        tokenHash: await hashHex(credentials.token),
        label: await sealDeviceName({ deps, member }, identity.device, identity.deviceName),
      },
      ...(secret !== undefined && { secret }),
    });
    return created.ok ? succeed(undefined) : created;
  }

  async function createWith(
    workerUrl: string,
    deviceName: string,
    secret: string | undefined,
  ): Promise<Outcome<void, MembershipProblem>> {
    const identity = await wrapIdentity(
      {
        workerUrl,
        workspaceId: bytesToHex(randomBytes(16)) as WorkspaceId,
        device: await deps.deviceId(),
        deviceName,
        keyEpoch: FIRST_KEY_EPOCH,
        workspaceKey: randomBytes(KEY_BYTES),
        token: randomBytes(TOKEN_BYTES),
        isConfirmed: false,
      },
      randomBytes,
    );
    // Stored before it is asked for: a workspace must not exist whose key is nowhere.
    await forgetAll();
    await write(store, 'sync-identity', identity);
    const created = await askToCreate(await openSession(identity), secret);
    if (created.ok) {
      await markConfirmed(identity);
      return created;
    }
    await forgetAll();
    return fail(toMembershipProblem(created.error));
  }

  return {
    session,

    async create({ workerUrl: typed, deviceName, secret }) {
      const workerUrl = parseWorkerUrl(typed);
      if (workerUrl === null) return fail('worker-url-invalid');
      if ((await read(store, 'sync-identity'))?.isConfirmed) return fail('already-member');
      isCreating = true;
      try {
        return await createWith(workerUrl, deviceName, secret);
      } finally {
        isCreating = false;
      }
    },

    async restore(secret) {
      const current = await session();
      if (!current) return fail('not-a-member');
      const restored = await askToCreate(current, secret);
      return restored.ok ? restored : fail(toMembershipProblem(restored.error));
    },

    async adopt(identity) {
      await forgetAll();
      await write(store, 'sync-identity', identity);
    },

    async leave() {
      const current = await session();
      if (current) {
        // Out of reach or already removed: this device forgets the workspace all the same.
        await current.api.removeDevice(current.member.identity.device);
      }
      await forgetAll();
    },
  };
}

const hashHex = async (bytes: Bytes): Promise<string> => bytesToHex(await sha256(bytes));

const toMembershipProblem = (problem: RequestProblem): MembershipProblem =>
  problem.code === 'creation-refused' ? problem.code : toSyncProblem(problem);
