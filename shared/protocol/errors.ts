import * as v from 'valibot';
import { storageEpochSchema } from './ids.ts';

/** Every error answer of the worker: `{ "error": { "code": …, … } }` with the status given here. */
export const ERROR_STATUS = {
  'bad-request': 400,
  /** The device is not (or no longer) one of the workspace's, or its token is wrong. */
  unauthorised: 401,
  /** The token is right, the proof of the workspace key is not. */
  'wrong-key': 401,
  'origin-refused': 403,
  'creation-refused': 403,
  'not-found': 404,
  'no-workspace': 404,
  'workspace-exists': 409,
  'device-exists': 409,
  'too-many-devices': 409,
  /** The worker's storage begins anew: reconcile in full. Carries the new epoch. */
  'epoch-changed': 409,
  /** The batch number was used for something else. Carries the last one seen. */
  'batch-number-used': 409,
  /** Never opened, expired, or finished: which of them is nobody's business. */
  'slot-gone': 410,
  'slot-used': 409,
  'too-large': 413,
  'unsupported-version': 426,
  'too-many-requests': 429,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

const plainCodes = Object.keys(ERROR_STATUS).filter(
  (code): code is Exclude<ErrorCode, 'epoch-changed' | 'batch-number-used'> =>
    code !== 'epoch-changed' && code !== 'batch-number-used',
);

const errorSchema = v.variant('code', [
  v.object({ code: v.literal('epoch-changed'), epoch: storageEpochSchema }),
  v.object({ code: v.literal('batch-number-used'), last: v.number() }),
  v.object({ code: v.picklist(plainCodes) }),
]);
export const errorBodySchema = v.object({ error: errorSchema });

export type WireError = v.InferOutput<typeof errorSchema>;
