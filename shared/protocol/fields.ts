import * as v from 'valibot';
import { base64UrlSchema, seqSchema } from './ids.ts';
import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from './limits.ts';

/**
 * Every message names its type and version. Unknown members are ignored, so a newer side may add
 * some; an unknown type or version is an error of its own and never taken for something else.
 */
export const versionField = v.literal(PROTOCOL_VERSION);

/** One row too many bytes is refused by itself; a size beyond the frame is no size at all. */
export const sizeField = v.pipe(
  v.number(),
  v.safeInteger(),
  v.minValue(0),
  v.maxValue(MAX_FRAME_BYTES),
);

/** UTC milliseconds by the worker's clock. */
export const timeField = seqSchema;

/* @__NO_SIDE_EFFECTS__ */
export const base64Field = (maxBytes: number) =>
  v.pipe(base64UrlSchema, v.maxLength(Math.ceil((maxBytes * 4) / 3)));

/** A number in a query. */
/* @__NO_SIDE_EFFECTS__ */
export const queryNumber = (maxDigits: number) =>
  v.pipe(v.string(), v.regex(new RegExp(`^\\d{1,${String(maxDigits)}}$`)), v.transform(Number));

/** `name=1`, and nothing else for yes. */
export const queryFlag = v.optional(
  v.pipe(
    v.literal('1'),
    v.transform(() => true),
  ),
  undefined,
);
