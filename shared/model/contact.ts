import * as v from 'valibot';
import { clientIdSchema, contactIdSchema } from './ids.ts';
import { PROFILE_FORM } from '../rules/profile.ts';
import { addressSchema, elementsOf, instantSchema, noteSchema, textSchema } from './values.ts';

export const contactRoles = ['decision-maker', 'champion', 'payer', 'user'] as const;

export const profileSchema = v.pipe(v.string(), v.regex(PROFILE_FORM));

/** A person at a client, with any number of addresses and phones. */
export const contactSchema = v.looseObject({
  id: contactIdSchema,
  clientId: clientIdSchema,
  name: textSchema,
  emails: v.optional(elementsOf(addressSchema)),
  phones: v.optional(elementsOf(textSchema)),
  /** Pages of theirs on networks, as `linkedin:<slug>`. */
  profiles: v.optional(elementsOf(profileSchema)),
  role: v.nullish(v.picklist(contactRoles)),
  isKey: v.nullish(v.boolean()),
  hasLeft: v.nullish(v.boolean()),
  notes: v.nullish(noteSchema),
  createdAt: instantSchema,
  deleted: v.nullish(v.boolean()),
});
export type Contact = v.InferOutput<typeof contactSchema>;
