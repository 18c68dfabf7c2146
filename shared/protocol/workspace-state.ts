import * as v from 'valibot';
import type { DeviceId } from '../clock.ts';
import {
  base64UrlToBytes,
  bytesToBase64Url,
  bytesToHex,
  concatBytes,
  hexToBytes,
  sha256,
  textToBytes,
  type Bytes,
} from './bytes.ts';
import { toCanonicalJson } from './canonical.ts';
import {
  base64UrlSchema,
  deviceIdSchema,
  hashSchema,
  key32Schema,
  memberIdSchema,
  sha256Schema,
  workspaceIdSchema,
  type MemberId,
  type WorkspaceId,
} from './ids.ts';
import { isNestedWithin, parseJson } from './json.ts';
import {
  MAX_LABEL_CHARS,
  MAX_STATE_CHARS,
  MAX_STATE_DEVICES,
  MAX_STATE_MEMBERS,
  PROTOCOL_VERSION,
} from './limits.ts';
import { fail, succeed, type Outcome } from './outcome.ts';
import { findStepProblem, NO_PREVIOUS_STATE, type StepProblem } from './state-rules.ts';

/**
 * Who belongs to a workspace and which keys count, signed by a device: each version names the one
 * before, so that a worker can neither make one up nor go back to an earlier one unnoticed by a
 * device that remembers the last it has seen.
 *
 * Members that a newer version of the software has added are kept and passed on.
 */
export const roles = ['owner', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Unknown members may hold anything, but nothing so deep that comparing it would end the stack. */
const MAX_NESTING = 8;

const labelSchema = v.pipe(base64UrlSchema, v.maxLength(MAX_LABEL_CHARS));
const countSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export interface StateMember {
  readonly id: MemberId;
  readonly role: Role;
  /** The person's name, sealed. */
  readonly label: string;
}

export interface StateDevice {
  readonly id: DeviceId;
  readonly member: MemberId;
  /** Ed25519: signs states. */
  readonly signKey: string;
  /** X25519: receives key packages. */
  readonly boxKey: string;
  readonly tokenHash: string;
  /** The device's name, sealed. */
  readonly label: string;
  /** `recovery` exists as words on paper: it signs and receives keys but writes no rows. */
  readonly kind: 'device' | 'recovery';
}

export interface WorkspaceState {
  readonly type: 'workspace-state';
  readonly v: typeof PROTOCOL_VERSION;
  readonly workspace: WorkspaceId;
  readonly version: number;
  /** Hash of the signed state before this one; 64 zeros for the first. */
  readonly previous: string;
  readonly members: readonly StateMember[];
  readonly devices: readonly StateDevice[];
  readonly keyEpoch: number;
  readonly keyCheck: string;
  /** SHA-256 of the proof of this key epoch. */
  readonly proofHash: string;
  /** The lowest client version that may take part. */
  readonly floor: number;
  /** The key of the epoch before, sealed; only in the state that begins an epoch after the first. */
  readonly chain?: string;
  /** Where the workspace has gone to: the last state that its old worker shows. */
  readonly movedTo?: string;
}

// Loose: what a newer version has added stays in the objects, though these types do not name it.
export const workspaceStateSchema: v.GenericSchema<unknown, WorkspaceState> = v.looseObject({
  type: v.literal('workspace-state'),
  v: v.literal(PROTOCOL_VERSION),
  workspace: workspaceIdSchema,
  version: v.pipe(countSchema, v.minValue(1)),
  previous: sha256Schema,
  members: v.pipe(
    v.array(v.looseObject({ id: memberIdSchema, role: v.picklist(roles), label: labelSchema })),
    v.maxLength(MAX_STATE_MEMBERS),
  ),
  devices: v.pipe(
    v.array(
      v.looseObject({
        id: deviceIdSchema,
        member: memberIdSchema,
        signKey: key32Schema,
        boxKey: key32Schema,
        tokenHash: sha256Schema,
        label: labelSchema,
        kind: v.picklist(['device', 'recovery']),
      }),
    ),
    v.maxLength(MAX_STATE_DEVICES),
  ),
  keyEpoch: v.pipe(countSchema, v.minValue(1), v.maxValue(0xffff_ffff)),
  keyCheck: hashSchema,
  proofHash: sha256Schema,
  floor: countSchema,
  chain: v.exactOptional(v.pipe(base64UrlSchema, v.maxLength(100))),
  movedTo: v.exactOptional(v.pipe(v.string(), v.maxLength(300))),
});

export const signedStateSchema = v.object({
  /** The state as JSON text: what was signed is kept to the letter. */
  state: v.pipe(v.string(), v.maxLength(MAX_STATE_CHARS)),
  signer: deviceIdSchema,
  /** Ed25519, 64 bytes. */
  signature: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
});
export type SignedState = v.InferOutput<typeof signedStateSchema>;

export const keyPackageSchema = v.object({
  device: deviceIdSchema,
  sealed: v.pipe(base64UrlSchema, v.maxLength(200)),
});
export type KeyPackage = v.InferOutput<typeof keyPackageSchema>;

/** A signed state whose place in the chain has been checked. */
export interface VerifiedState {
  readonly state: WorkspaceState;
  readonly hash: string;
  readonly signed: SignedState;
}

export type StateProblem = 'malformed' | 'bad-signature' | StepProblem;

export async function signState(
  state: WorkspaceState,
  signer: DeviceId,
  privateKey: CryptoKey,
): Promise<SignedState> {
  const text = toCanonicalJson(state);
  const signature = await crypto.subtle.sign('Ed25519', privateKey, signedBytes(text, signer));
  return { state: text, signer, signature: bytesToBase64Url(new Uint8Array(signature)) };
}

/** Version 1; to be signed by its only device. */
export const firstState = (
  state: Omit<WorkspaceState, 'type' | 'v' | 'version' | 'previous' | 'chain'>,
): WorkspaceState => ({
  ...state,
  type: 'workspace-state',
  v: PROTOCOL_VERSION,
  version: 1,
  previous: NO_PREVIOUS_STATE,
});

/** The next version, with these changes; to be signed. */
export function nextState(
  { state, hash }: VerifiedState,
  changes: Partial<WorkspaceState>,
): WorkspaceState {
  const { chain: _, ...kept } = state;
  return { ...kept, ...changes, version: state.version + 1, previous: hash };
}

/**
 * Does `signed` follow `previous`? Null begins a chain. The rules are in state-rules.ts; worker and
 * clients ask this one function.
 */
export async function verifyStep(
  workspace: WorkspaceId,
  previous: VerifiedState | null,
  signed: SignedState,
): Promise<Outcome<VerifiedState, StateProblem>> {
  const state = readState(signed);
  if (!state) return fail('malformed');
  const problem = findStepProblem(workspace, previous, state, signed.signer);
  if (problem) return fail(problem);
  // Its own keys speak for the first state, the keys of the state before for every other.
  const signers = (previous?.state ?? state).devices;
  const signer = signers.find(({ id }) => id === signed.signer);
  if (!signer || !(await isSignedBy(signer, signed))) return fail('bad-signature');
  return succeed({ state, hash: await hashOf(signed), signed });
}

/** What is written, before anything of it is believed. Null when it is no state. */
export function readState({ state }: Pick<SignedState, 'state'>): WorkspaceState | null {
  // A lone half of a pair would be signed as another character than it is read.
  if (!state.isWellFormed()) return null;
  const parsed = parseJson(state, workspaceStateSchema);
  return parsed && isNestedWithin(parsed, MAX_NESTING) ? parsed : null;
}

/** Checks one after the other; the first must follow `previous`. */
export async function verifySteps(
  workspace: WorkspaceId,
  previous: VerifiedState | null,
  signed: readonly SignedState[],
): Promise<Outcome<readonly VerifiedState[], StateProblem>> {
  const verified: VerifiedState[] = [];
  let last = previous;
  for (const each of signed) {
    const step = await verifyStep(workspace, last, each);
    if (!step.ok) return step;
    last = step.value;
    verified.push(step.value);
  }
  return succeed(verified);
}

/** The devices that these states have ever let write: a row under any other name is not genuine. */
export const writersOf = (states: readonly WorkspaceState[]): ReadonlySet<DeviceId> =>
  new Set(
    states.flatMap(({ members, devices }) => {
      const writing = new Set(members.filter(({ role }) => role !== 'viewer').map(({ id }) => id));
      return devices
        .filter(({ kind, member }) => kind === 'device' && writing.has(member))
        .map(({ id }) => id);
    }),
  );

async function isSignedBy(
  { signKey }: Pick<StateDevice, 'signKey'>,
  { state, signer, signature }: SignedState,
): Promise<boolean> {
  const raw = base64UrlToBytes(signKey);
  const bytes = base64UrlToBytes(signature);
  if (!raw || !bytes) return false;
  try {
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, bytes, signedBytes(state, signer));
  } catch {
    return false;
  }
}

const hashOf = async ({ state, signer, signature }: SignedState): Promise<string> =>
  bytesToHex(
    await sha256(
      concatBytes(
        textToBytes('mainstay signed state'),
        base64UrlToBytes(signature) ?? new Uint8Array(0),
        hexToBytes(signer),
        textToBytes(state),
      ),
    ),
  );

const signedBytes = (text: string, signer: DeviceId): Bytes =>
  concatBytes(textToBytes('mainstay workspace state'), hexToBytes(signer), textToBytes(text));
