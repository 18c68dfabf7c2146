import * as v from 'valibot';
import { clientIdSchema, contactIdSchema, interactionIdSchema } from './ids.ts';
import { instantSchema, textSchema, webUrlSchema } from './values.ts';

export const interactionKinds = [
  'email',
  'call',
  'meeting',
  'message',
  'visit',
  'note',
  'gift',
] as const;
export type InteractionKind = (typeof interactionKinds)[number];
/** The kinds that have a quick-log button. */
export const quickLogKinds = ['email', 'call', 'meeting', 'message', 'note'] as const;
export const directions = ['in', 'out', 'both'] as const;
export type Direction = (typeof directions)[number];

export const minutesSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(24 * 60));

/** Something that passed between us and a client. */
export const interactionSchema = v.looseObject({
  id: interactionIdSchema,
  clientId: clientIdSchema,
  contactId: v.optional(v.nullable(contactIdSchema)),
  kind: v.picklist(interactionKinds),
  direction: v.optional(v.nullable(v.picklist(directions))),
  at: instantSchema,
  minutes: v.optional(v.nullable(minutesSchema)),
  summary: v.optional(textSchema),
  subject: v.optional(textSchema),
  threadUrl: v.optional(v.nullable(webUrlSchema)),
  /** What on the page this records (`gmail:me@x.example:<message id>`): the same is not logged twice unasked. */
  source: v.optional(v.nullable(textSchema)),
  createdAt: instantSchema,
  deleted: v.optional(v.boolean()),
});
export type Interaction = v.InferOutput<typeof interactionSchema>;
