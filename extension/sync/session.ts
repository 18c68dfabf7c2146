import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { SyncDeps } from './deps.ts';
import type { Member } from './identity.ts';
import { read, write } from './store-keys.ts';
import type { RequestProblem, Requested } from './worker-request.ts';
import type { WorkerApi } from './worker-api.ts';

/** What every step of an exchange needs. */
export interface Session {
  readonly deps: SyncDeps;
  readonly api: WorkerApi;
  readonly member: Member;
}

/** A step that could not be finished: a request's problem, or one found here. */
export type StepProblem = RequestProblem | { readonly code: 'wrong-key' };

/** A difference smaller than this is as likely the line's as the clock's. */
const MIN_STEP_MS = 100;

/**
 * Makes a request and measures the worker's clock with its answer: half-way between sending and
 * receiving is taken for the moment it was written (Cristian, 1989), off by at most half the trip.
 */
export async function timed<Value extends { readonly serverTimeMs: number } | Framed>(
  { store, now }: Pick<SyncDeps, 'store' | 'now'>,
  request: () => Requested<Value>,
): Requested<Value> {
  const sentAt = now();
  const answer = await request();
  if (!answer.ok) return answer;
  const receivedAt = now();
  const { value } = answer;
  const serverTimeMs = 'header' in value ? value.header.serverTimeMs : value.serverTimeMs;
  const offsetMs = Math.round(serverTimeMs - (sentAt + receivedAt) / 2);
  const known = (await read(store, 'clock-offset-ms')) ?? 0;
  const uncertaintyMs = Math.max(MIN_STEP_MS, (receivedAt - sentAt) / 2);
  if (Math.abs(offsetMs - known) > uncertaintyMs) await write(store, 'clock-offset-ms', offsetMs);
  return answer;
}

interface Framed {
  readonly header: { readonly serverTimeMs: number };
  readonly blobs: readonly Bytes[];
}

/** This device's time, corrected by the worker's. */
export const correctedNow = async ({
  store,
  now,
}: Pick<SyncDeps, 'store' | 'now'>): Promise<number> =>
  now() + ((await read(store, 'clock-offset-ms')) ?? 0);
