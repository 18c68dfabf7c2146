import * as v from 'valibot';
import {
  base64UrlSchema,
  hashSchema,
  laneSchema,
  rowKeySchema,
  seqSchema,
  slotIdSchema,
  storageEpochSchema,
} from './ids.ts';
import {
  MAX_PULL_ROWS,
  MAX_PUSH_ROWS,
  MAX_FRAME_BYTES,
  MAX_SLOT_BYTES,
  PROTOCOL_VERSION,
} from './limits.ts';

/**
 * Every message names its type and version. Unknown members are ignored, so a newer side may add
 * some; an unknown type or version is an error of its own and never taken for something else.
 */
const version = v.literal(PROTOCOL_VERSION);
/** One row too many bytes is refused by itself; a size beyond the frame is no size at all. */
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_FRAME_BYTES));
const serverTimeMs = seqSchema;
const base64Max = (bytes: number) =>
  v.pipe(base64UrlSchema, v.maxLength(Math.ceil((bytes * 4) / 3)));

export const pushSchema = v.object({
  v: version,
  type: v.literal('push'),
  /** Counts up per device; the same number with the same bytes gives the stored result again. */
  batch: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  epoch: storageEpochSchema,
  /** The sender's cursor: one behind the horizon must not bring back what was cleared away. */
  cursor: seqSchema,
  rows: v.pipe(
    v.array(
      v.object({
        rkey: rowKeySchema,
        lane: laneSchema,
        /** The version this one builds on; null when the sender knows of none. */
        seq: v.nullable(seqSchema),
        hash: hashSchema,
        /** Deleted: cleared away when every device has heard of it. */
        dead: v.boolean(),
        size,
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_PUSH_ROWS),
  ),
});
export type Push = v.InferOutput<typeof pushSchema>;

const refusals = [
  'too-large',
  'quota-bytes',
  'quota-rows',
  /** Not an envelope, or one of another device. */
  'not-yours',
  /** The newest state begins a later key epoch: fetch it, seal anew, push again. */
  'old-key-epoch',
  /** A viewer's device, or recovery words. */
  'read-only',
] as const;

const rowResultSchema = v.variant('status', [
  v.object({ status: v.literal('accepted'), seq: seqSchema }),
  v.object({ status: v.literal('same'), seq: seqSchema }),
  /** The worker's version follows in the body; size 0 means it did not fit: pull it. */
  v.object({ status: v.literal('conflict'), seq: seqSchema, hash: hashSchema, size }),
  v.object({ status: v.literal('refused'), reason: v.picklist(refusals) }),
]);
export type RowResult = v.InferOutput<typeof rowResultSchema>;

export const pushResultSchema = v.object({
  v: version,
  type: v.literal('push-result'),
  batch: v.number(),
  /** The head before and after this batch: one whose cursor was at `before` is now at `head`. */
  before: seqSchema,
  head: seqSchema,
  /** Of the newest signed state. */
  stateVersion: v.number(),
  serverTimeMs,
  results: v.pipe(v.array(rowResultSchema), v.maxLength(MAX_PUSH_ROWS)),
});
export type PushResult = v.InferOutput<typeof pushResultSchema>;

/**
 * `POST /v1/workspaces/:workspace/pull`. A request that only reads, and yet has a body: a browser
 * remembers for each URL whether an extension may ask it, and would ask anew for every `since`.
 */
export const pullQuerySchema = v.object({
  v: version,
  type: v.literal('pull'),
  since: seqSchema,
  epoch: storageEpochSchema,
  lane: v.optional(laneSchema),
  /** Only what is sealed under a key epoch below this one: to be sealed anew. */
  below: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
  limit: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MAX_PULL_ROWS))),
});
export type PullQuery = v.InferOutput<typeof pullQuerySchema>;

const pulledRows = v.pipe(
  v.array(
    v.object({
      rkey: rowKeySchema,
      seq: seqSchema,
      lane: laneSchema,
      hash: hashSchema,
      /** Left out for a row that lives. */
      dead: v.optional(v.literal(true)),
      size,
    }),
  ),
  v.maxLength(MAX_PULL_ROWS),
);

export const pullResultSchema = v.object({
  v: version,
  type: v.literal('pull-result'),
  keyCheck: hashSchema,
  /** Of the newest signed state: one higher than known is fetched first. */
  stateVersion: v.number(),
  head: seqSchema,
  /** The cursor after this page. */
  next: seqSchema,
  /** Nothing (of this lane) is left after this page. */
  isComplete: v.boolean(),
  serverTimeMs,
  rows: pulledRows,
});
export type PullResult = v.InferOutput<typeof pullResultSchema>;

/**
 * What another device has just written, over an open socket: a small page that nobody asked for. A
 * device whose cursor is `before` is at `head` with it; any other pulls.
 */
export const newsSchema = v.object({
  v: version,
  type: v.literal('news'),
  epoch: storageEpochSchema,
  keyCheck: hashSchema,
  stateVersion: v.number(),
  before: seqSchema,
  head: seqSchema,
  serverTimeMs,
  rows: pulledRows,
});
export type News = v.InferOutput<typeof newsSchema>;

const slotParts = ['offer', 'answer', 'reveal', 'grant'] as const;
export type SlotPart = (typeof slotParts)[number];

const sealedPart = base64Max(MAX_SLOT_BYTES);
export const slotOpenSchema = v.object({
  v: version,
  type: v.literal('open-slot'),
  slot: slotIdSchema,
  offer: sealedPart,
});
export const slotWriteSchema = v.object({
  v: version,
  type: v.literal('write-slot'),
  slot: slotIdSchema,
  part: v.picklist(slotParts),
  sealed: sealedPart,
});
export const slotReadSchema = v.object({
  v: version,
  type: v.literal('read-slot'),
  slot: slotIdSchema,
});
export const slotCloseSchema = v.object({
  v: version,
  type: v.literal('close-slot'),
  slot: slotIdSchema,
});

export const slotSchema = v.object({
  v: version,
  type: v.literal('slot'),
  /** What is left of the two minutes: the devices' clocks may differ by years. */
  expiresInMs: v.number(),
  offer: v.optional(sealedPart),
  answer: v.optional(sealedPart),
  reveal: v.optional(sealedPart),
  grant: v.optional(sealedPart),
});
export type Slot = v.InferOutput<typeof slotSchema>;

export const doneSchema = v.object({ v: version, type: v.literal('done') });
export type Done = v.InferOutput<typeof doneSchema>;
export const done: Done = { v: PROTOCOL_VERSION, type: 'done' };

/** What a socket says as text: the head, and the version of the newest signed state. */
export const headMessageSchema = v.object({ head: seqSchema, state: v.optional(seqSchema) });
