import * as v from 'valibot';
import { directions, interactionKinds } from './kinds.ts';
import { clientIdSchema, contactIdSchema, interactionIdSchema } from './ids.ts';
import { instantSchema, textSchema, webUrlSchema } from './values.ts';

export const minutesSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24 * 60));

/** Something that passed between us and a client. */
export const interactionSchema = v.looseObject({
  id: interactionIdSchema,
  clientId: clientIdSchema,
  contactId: v.nullish(contactIdSchema),
  kind: v.picklist(interactionKinds),
  direction: v.nullish(v.picklist(directions)),
  at: instantSchema,
  minutes: v.nullish(minutesSchema),
  summary: v.nullish(textSchema),
  subject: v.nullish(textSchema),
  threadUrl: v.nullish(webUrlSchema),
  /** What on the page this records (`gmail:me@x.example:<message id>`): the same is not logged twice unasked. */
  source: v.nullish(textSchema),
  createdAt: instantSchema,
  deleted: v.nullish(v.boolean()),
});
export type Interaction = v.InferOutput<typeof interactionSchema>;
