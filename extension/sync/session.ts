import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Credentials } from '../../shared/protocol/credentials.ts';
import { createWorkspaceKeys, type WorkspaceKeys } from '../../shared/protocol/keys.ts';
import type { WorkspaceState } from '../../shared/protocol/workspace-state.ts';
import type { DeviceId } from '../../shared/clock.ts';
import type { SyncDeps } from './deps.ts';
import { openSecrets, type StoredIdentity } from './identity.ts';
import type { Memory } from './memory.ts';
import type { Pin } from './store-keys.ts';
import type { WorkerApi } from './worker-api.ts';
import { REQUEST_TIMEOUT_MS, type RequestProblem, type Requested } from './worker-request.ts';

/** This device as a member of a workspace, with its keys derived, ready for use. */
export interface Member {
  readonly identity: StoredIdentity;
  readonly pin: Pin;
  readonly keys: WorkspaceKeys;
  readonly credentials: Credentials;
  /** What opened the secrets, so that new ones can be put away under the same lock. */
  readonly lockKey: Bytes | null;
}

/** What every step of an exchange needs. */
export interface Session {
  readonly deps: SyncDeps;
  readonly memory: Memory;
  readonly api: WorkerApi;
  readonly member: Member;
  /** Aborted when this membership is no longer the one to use. */
  readonly signal: AbortSignal;
}

/** A step that could not be finished: a request's problem, or one found here. */
export type StepProblem =
  | RequestProblem
  | {
      readonly code:
        | 'wrong-key'
        | 'worker-lies'
        | 'access-ended'
        /** A newer signed state is to be fetched first. */
        | 'state-behind'
        /** It was fetched: what was opened under the one before is not to be used any more. */
        | 'membership-changed';
    };

/** Null when `lockKey` does not open the secrets. */
export async function openMember(
  identity: StoredIdentity,
  pin: Pin,
  lockKey: Bytes | null,
): Promise<Member | null> {
  const secrets = await openSecrets(identity.secrets, lockKey);
  if (!secrets) return null;
  const keys = await createWorkspaceKeys(identity.workspaceId, secrets.keyring);
  const { token } = secrets;
  const credentials = { device: identity.device, token, proof: keys.proof };
  return { identity, pin, keys, credentials, lockKey };
}

export const roleOf = ({ members, devices }: WorkspaceState, device: DeviceId) => {
  const member = devices.find(({ id }) => id === device)?.member;
  return members.find(({ id }) => id === member)?.role ?? 'viewer';
};

/** A difference smaller than this is as likely the line's as the clock's. */
const MIN_STEP_MS = 100;

interface Timed {
  readonly serverTimeMs: number;
}
type TimedAnswer = Timed | { readonly header: Timed };

/**
 * Makes a request and measures the worker's clock with its answer: half-way between sending and
 * receiving is taken for the moment it was written (Cristian, 1989), off by at most half the trip.
 * Where the trip took less than nothing, or longer than any, this clock was set meanwhile: then only
 * the moment of receiving is by the clock that counts from here on.
 */
export async function timed<Value extends TimedAnswer>(
  { deps, memory }: Pick<Session, 'deps' | 'memory'>,
  request: () => Requested<Value>,
): Requested<Value> {
  const { now, store } = deps;
  const sentAt = now();
  const answer = await request();
  if (!answer.ok) return answer;
  const receivedAt = now();
  const { value } = answer;
  const serverTimeMs = 'header' in value ? value.header.serverTimeMs : value.serverTimeMs;
  const tripMs = receivedAt - sentAt;
  const halfTripMs = tripMs < 0 || tripMs > REQUEST_TIMEOUT_MS ? 0 : tripMs / 2;
  const offsetMs = Math.round(serverTimeMs - receivedAt + halfTripMs);
  const known = (await memory.read('clock-offset-ms')) ?? 0;
  const uncertaintyMs = Math.max(MIN_STEP_MS, halfTripMs);
  if (Math.abs(offsetMs - known) > uncertaintyMs) {
    await store.setClockOffset(offsetMs, receivedAt + offsetMs);
    memory.note('clock-offset-ms', offsetMs);
  }
  return answer;
}

/** This device's time, corrected by the worker's. */
export const correctedNow = async ({
  deps,
  memory,
}: Pick<Session, 'deps' | 'memory'>): Promise<number> =>
  deps.now() + ((await memory.read('clock-offset-ms')) ?? 0);
