import * as v from 'valibot';
import { queryFlag, queryNumber, sizeField, timeField, versionField } from './fields.ts';
import { deviceIdSchema, hashSchema, rowKeySchema, seqSchema, storageEpochSchema } from './ids.ts';
import { MAX_PULL_ROWS } from './limits.ts';

/** What is asked beside pushing and pulling: do both sides hold the same, and what was there before. */

const bucketQuery = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{2}$/),
  v.transform((hex) => Number.parseInt(hex, 16)),
);

/** `GET /v1/workspaces/:workspace/digest[?buckets=1 | ?bucket=xx[&after=<rkey>]]` */
export const digestQuerySchema = v.object({
  buckets: queryFlag,
  bucket: v.optional(bucketQuery),
  after: v.optional(rowKeySchema),
});
export type DigestQuery = v.InferOutput<typeof digestQuerySchema>;

export const digestSchema = v.object({
  v: versionField,
  type: v.literal('digest'),
  epoch: storageEpochSchema,
  head: seqSchema,
  /** No deleted row at or below it is counted: they were cleared away. */
  horizon: seqSchema,
  count: v.number(),
  xor: hashSchema,
  /** All buckets as digest.ts describes them, base64url; only when asked for. */
  buckets: v.optional(v.string()),
});
export type Digest = v.InferOutput<typeof digestSchema>;

export const bucketSchema = v.object({
  v: versionField,
  type: v.literal('bucket'),
  epoch: storageEpochSchema,
  head: seqSchema,
  /** In the order of their row keys. */
  rows: v.pipe(
    v.array(v.object({ rkey: rowKeySchema, seq: seqSchema, hash: hashSchema })),
    v.maxLength(4 * MAX_PULL_ROWS),
  ),
  /** Else ask again with `after`, the last row key of this answer. */
  isComplete: v.boolean(),
});
export type Bucket = v.InferOutput<typeof bucketSchema>;

/** `GET /v1/workspaces/:workspace/versions?rkey=…[&before=<seq>]` */
export const versionsQuerySchema = v.object({
  rkey: rowKeySchema,
  before: v.optional(queryNumber(15)),
});
export type VersionsQuery = v.InferOutput<typeof versionsQuerySchema>;

/** The header of a frame; newest first. */
export const versionsSchema = v.object({
  v: versionField,
  type: v.literal('versions'),
  /** Else ask again with `before`, the last number of this answer. */
  isComplete: v.boolean(),
  rows: v.array(
    v.object({
      seq: seqSchema,
      device: deviceIdSchema,
      writtenAt: timeField,
      replacedAt: timeField,
      size: sizeField,
    }),
  ),
});
export type Versions = v.InferOutput<typeof versionsSchema>;
