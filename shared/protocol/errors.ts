import * as v from 'valibot';
import { seqSchema, storageEpochSchema } from './ids.ts';

/** Every error answer of the worker: `{ "error": { "code": …, … } }` with the status given here. */
export const ERROR_STATUS = {
  'bad-request': 400,
  /** The device is not (or no longer) one of the workspace's, or its token is wrong. */
  unauthorised: 401,
  /** The token is right, the proof of the workspace key is not. */
  'wrong-key': 401,
  'origin-refused': 403,
  'creation-refused': 403,
  /** The member's role does not include this. */
  'not-allowed': 403,
  /** The signed state may not follow the newest one. Carries why. */
  'state-refused': 403,
  'not-found': 404,
  'no-workspace': 404,
  /** No words lead here, or no longer. */
  'recovery-unknown': 404,
  'workspace-exists': 409,
  'too-many-devices': 409,
  'too-many-invitations': 409,
  /** Another device was quicker with a state. Carries the newest version. */
  'state-conflict': 409,
  /** The proof is of an earlier key epoch: fetch states and key package first. */
  'old-key-epoch': 409,
  /** The worker's storage begins anew: reconcile in full. Carries the new epoch. */
  'epoch-changed': 409,
  /** Deletions that this device has not heard of were cleared away. Carries up to where. */
  'behind-horizon': 409,
  /** The batch number was used for something else. Carries the last one seen. */
  'batch-number-used': 409,
  /** Never opened, expired, or finished: which of them is nobody's business. */
  'slot-gone': 410,
  'slot-used': 409,
  'too-large': 413,
  'unsupported-version': 426,
  /** This client could damage what newer ones write. Carries the lowest version that may take part. */
  'client-too-old': 426,
  'too-many-requests': 429,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

const stateProblems = [
  'malformed',
  'bad-signature',
  'other-workspace',
  'not-next',
  'unknown-signer',
  'not-allowed',
  'no-owner',
  'inconsistent',
  'key-epoch',
  /** A key package is missing, or one is for nobody. */
  'packages',
] as const;

const detailed = {
  'epoch-changed': v.object({ code: v.literal('epoch-changed'), epoch: storageEpochSchema }),
  'batch-number-used': v.object({ code: v.literal('batch-number-used'), last: v.number() }),
  'behind-horizon': v.object({ code: v.literal('behind-horizon'), horizon: seqSchema }),
  'state-conflict': v.object({ code: v.literal('state-conflict'), version: seqSchema }),
  'state-refused': v.object({
    code: v.literal('state-refused'),
    problem: v.picklist(stateProblems),
  }),
  'client-too-old': v.object({ code: v.literal('client-too-old'), floor: seqSchema }),
};

const plainCodes = Object.keys(ERROR_STATUS).filter(
  (code): code is Exclude<ErrorCode, keyof typeof detailed> => !(code in detailed),
);

const errorSchema = v.variant('code', [
  ...Object.values(detailed),
  v.object({ code: v.picklist(plainCodes) }),
]);
export const errorBodySchema = v.object({ error: errorSchema });

export type WireError = v.InferOutput<typeof errorSchema>;
