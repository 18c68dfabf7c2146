import * as v from 'valibot';
import {
  channels,
  clientStatuses,
  lifecycleStages,
  relationshipTypes,
  tiers,
} from './client-words.ts';
import { clientIdSchema } from './ids.ts';
import {
  daySchema,
  domainSchema,
  elementsOf,
  instantSchema,
  noteSchema,
  textSchema,
} from './values.ts';

/** Whole days, ten years at most: infinity cannot be sent as JSON. */
const intervalSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650));
/** A cadence in days: the ideal interval between touches, and the most that should ever pass. */
export const cadenceSchema = v.pipe(
  v.tuple([intervalSchema, intervalSchema]),
  v.check(([ideal, max]) => ideal <= max, 'the ideal interval is not longer than the maximum'),
);

/** A company or person served over time. Fields of a newer version pass through unread. */
export const clientSchema = v.looseObject({
  id: clientIdSchema,
  name: v.pipe(textSchema, v.minLength(1)),
  domains: v.optional(elementsOf(domainSchema)),
  relationshipType: v.nullish(v.picklist(relationshipTypes)),
  stage: v.nullish(v.picklist(lifecycleStages)),
  status: v.nullish(v.picklist(clientStatuses)),
  tier: v.nullish(v.picklist(tiers)),
  owner: v.nullish(textSchema),
  interests: v.optional(elementsOf(textSchema)),
  channel: v.nullish(v.picklist(channels)),
  language: v.nullish(v.pipe(v.string(), v.maxLength(35))),
  /** An IANA time zone; the user's own where it is not known. Decides what their "Friday" is. */
  timeZone: v.nullish(v.pipe(v.string(), v.maxLength(64))),
  notes: v.nullish(noteSchema),
  /** Overrides the tier's default; null takes the default again. */
  cadence: v.nullish(cadenceSchema),
  /** Today says nothing about this client's rhythm before this local day. */
  snoozedUntil: v.nullish(daySchema),
  /** "Skip once": the rhythm counts on from this instant as if there had been a touch. */
  skippedAt: v.nullish(instantSchema),
  createdAt: instantSchema,
  deleted: v.nullish(v.boolean()),
});
export type Client = v.InferOutput<typeof clientSchema>;
