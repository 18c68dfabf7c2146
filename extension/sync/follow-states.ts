import { base64UrlToBytes } from '../../shared/protocol/bytes.ts';
import { completeKeyring } from '../../shared/protocol/key-epoch.ts';
import { openKeyPackage } from '../../shared/protocol/key-package.ts';
import { parseJson } from '../../shared/protocol/json.ts';
import type { Keyring } from '../../shared/protocol/keyring.ts';
import { fail, succeed, type Outcome } from '../../shared/protocol/outcome.ts';
import {
  verifySteps,
  workspaceStateSchema,
  writersOf,
  type SignedState,
  type VerifiedState,
  type WorkspaceState,
} from '../../shared/protocol/workspace-state.ts';
import type { SyncDeps } from './deps.ts';
import { sealAgain, type StoredIdentity } from './identity.ts';
import type { Member, StepProblem } from './session.ts';
import { read, writeAll, type Pin } from './store-keys.ts';
import type { WorkerApi } from './worker-api.ts';
import { parseWorkerUrl } from './worker-url.ts';

/** What following needs; a page that changes the workspace follows first, like everybody. */
export interface Following {
  readonly deps: Pick<SyncDeps, 'store' | 'exclusively' | 'now' | 'randomBytes'>;
  readonly member: Pick<Member, 'identity' | 'keys' | 'credentials' | 'lockKey'>;
  readonly api: Pick<WorkerApi, 'states'>;
}

/**
 * Moves the pin along the chain of signed states, and takes the key package of a new key epoch.
 * Says whether anything changed. Only forward, and only over states that verify: whatever else the
 * worker shows is a lie, and changes nothing here.
 */
export const followStates = (following: Following): Promise<Outcome<boolean, StepProblem>> =>
  following.deps.exclusively(() => followWithin(following));

/** For a caller that is exclusive already. */
export async function followWithin(following: Following): Promise<Outcome<boolean, StepProblem>> {
  const { deps, api, member } = following;
  const identity = await read(deps.store, 'sync-identity');
  const pin = await read(deps.store, 'sync-pin');
  // Somebody else was here first, and what the caller has opened is out of date.
  if (!pin || !identity || identity.revision !== member.identity.revision) return succeed(true);
  const fetched = await fetchStates(api, identity.workspaceId, pin.newest);
  if (!fetched.ok) return fetched;
  const { verified, keyPackage } = fetched.value;
  const newest = verified.at(-1) ?? pin.newest;
  // Signed evidence, unlike a refusal, which any worker can give.
  if (!newest.state.devices.some(({ id }) => id === identity.device)) {
    return fail({ code: 'access-ended' });
  }
  const chain = [
    ...((await read(deps.store, 'sync-chain')) ?? []),
    ...verified.map(({ signed }) => signed),
  ];
  const isNewEpoch = newest.state.keyEpoch > member.keys.keyEpoch;
  if (verified.length === 0 && !isNewEpoch) return succeed(false);
  let next: StoredIdentity = {
    ...identity,
    workerUrl: addressIn(newest.state) ?? identity.workerUrl,
  };
  if (isNewEpoch) {
    const keyring = await openKeys(identity, newest.state, keyPackage, chain);
    if (!keyring) return fail({ code: 'wrong-key' });
    const { token } = member.credentials;
    const secrets = { token, keyring };
    next = {
      ...next,
      secrets: await sealAgain(identity.secrets, secrets, member.lockKey, deps.randomBytes),
    };
  }
  await writeAll(
    deps.store,
    {
      'sync-identity': { ...next, revision: newRevision(deps.randomBytes) },
      'sync-pin': movePin(pin, verified, newest),
      'sync-chain': chain,
    },
    deps.now(),
  );
  return succeed(true);
}

export interface FetchedStates {
  readonly verified: readonly VerifiedState[];
  /** Of the newest key epoch, for this device, base64url. */
  readonly keyPackage: string;
}

/** Everything after `from`, checked; null begins at the first. */
export async function fetchStates(
  api: Pick<WorkerApi, 'states'>,
  workspace: StoredIdentity['workspaceId'],
  from: VerifiedState | null,
): Promise<Outcome<FetchedStates, StepProblem>> {
  const verified: VerifiedState[] = [];
  for (;;) {
    const last = verified.at(-1) ?? from;
    const answer = await api.states(last?.state.version ?? 0);
    if (!answer.ok) return answer;
    const { states, isComplete, keyPackage } = answer.value;
    const steps = await verifySteps(workspace, last, states);
    if (!steps.ok) return fail({ code: 'worker-lies' });
    verified.push(...steps.value);
    if (isComplete) return succeed({ verified, keyPackage });
    if (states.length === 0) return fail({ code: 'bad-answer' });
  }
}

/** Null unless the package is for this device and what it brings is what the states were signed for. */
export async function openKeys(
  { workspaceId, device, keys }: Pick<StoredIdentity, 'workspaceId' | 'device' | 'keys'>,
  { keyEpoch }: WorkspaceState,
  keyPackage: string,
  chain: readonly SignedState[],
): Promise<Keyring | null> {
  const sealed = base64UrlToBytes(keyPackage);
  const address = { workspaceId, keyEpoch, device };
  const received = sealed && (await openKeyPackage(address, keys.box, sealed));
  if (!received) return null;
  const states = chain.flatMap(({ state }) => parseJson(state, workspaceStateSchema) ?? []);
  const keyring = await completeKeyring(workspaceId, received, states);
  return keyring.ok ? keyring.value : null;
}

/** Where the owners have moved the workspace to. */
const addressIn = ({ movedTo }: WorkspaceState): string | null =>
  movedTo === undefined ? null : parseWorkerUrl(movedTo);

export const movePin = (
  pin: Pin | null,
  verified: readonly VerifiedState[],
  newest: VerifiedState,
): Pin => ({
  newest,
  writers: [
    ...new Set([...(pin?.writers ?? []), ...writersOf(verified.map(({ state }) => state))]),
  ],
});

export const newRevision = (randomBytes: (length: number) => Uint8Array): string =>
  randomBytes(8).join('.');
