import * as v from 'valibot';
import { clientIdSchema, contactIdSchema, promiseIdSchema } from './ids.ts';
import { promiseDirections, promiseStatuses } from './promise-words.ts';
import { daySchema, instantSchema, textSchema, webUrlSchema } from './values.ts';

/** What one side owes the other by a day, with the sentence it came from. */
export const promiseSchema = v.looseObject({
  id: promiseIdSchema,
  clientId: clientIdSchema,
  contactId: v.nullish(contactIdSchema),
  direction: v.picklist(promiseDirections),
  what: v.pipe(textSchema, v.minLength(1)),
  /** The day by which, as the client's calendar has it; null where none was named. */
  dueOn: v.nullish(daySchema),
  status: v.nullish(v.picklist(promiseStatuses)),
  /** When it was kept, broken or waived. */
  settledAt: v.nullish(instantSchema),
  /** Today says nothing about it before this local day. */
  snoozedUntil: v.nullish(daySchema),
  sentence: v.nullish(textSchema),
  subject: v.nullish(textSchema),
  threadUrl: v.nullish(webUrlSchema),
  createdAt: instantSchema,
  deleted: v.nullish(v.boolean()),
});
/** Not "Promise": that name is the language's. */
export type ClientPromise = v.InferOutput<typeof promiseSchema>;

export const isOpen = ({ status }: Pick<ClientPromise, 'status'>): boolean =>
  (status ?? 'open') === 'open';
