import * as v from 'valibot';
import { clientIdSchema, timeEntryIdSchema } from './ids.ts';
import { minutesSchema } from './interaction.ts';
import { daySchema, instantSchema, textSchema } from './values.ts';

/** How the minutes came about. */
const timeSources = ['timer', 'by-hand', 'suggested'] as const;

/**
 * Minutes worked for a client on a day. A suggestion that was turned down is an entry of no minutes:
 * it adds nothing to any sum, no other device asks again, and undo works as for everything else.
 */
export const timeEntrySchema = v.looseObject({
  id: timeEntryIdSchema,
  clientId: clientIdSchema,
  /** The user's own local day. */
  day: daySchema,
  minutes: minutesSchema,
  from: v.picklist(timeSources),
  note: v.nullish(textSchema),
  createdAt: instantSchema,
  deleted: v.nullish(v.boolean()),
});
export type TimeEntry = v.InferOutput<typeof timeEntrySchema>;
