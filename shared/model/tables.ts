import * as v from 'valibot';
import { clientSchema, type Client } from './client.ts';
import { contactSchema, type Contact } from './contact.ts';
import { interactionSchema, type Interaction } from './interaction.ts';
import { promiseSchema, type ClientPromise } from './promise.ts';
import { settingsSchema, type Settings } from './settings.ts';
import { timeEntrySchema, type TimeEntry } from './time-entry.ts';

/** The synced tables. A row of any other table comes from a newer version: kept and passed on. */
export const tableSchemas = {
  clients: clientSchema,
  contacts: contactSchema,
  interactions: interactionSchema,
  promises: promiseSchema,
  settings: settingsSchema,
  timeEntries: timeEntrySchema,
} as const;
export type TableName = keyof typeof tableSchemas;
export const tableNames = Object.keys(tableSchemas) as readonly TableName[];

export interface Entities {
  readonly clients: Client;
  readonly contacts: Contact;
  readonly interactions: Interaction;
  readonly promises: ClientPromise;
  readonly settings: Settings;
  readonly timeEntries: TimeEntry;
}

export const isTableName = (name: string): name is TableName => Object.hasOwn(tableSchemas, name);

export type ParsedEntity =
  | { readonly ok: true; readonly entity: Entities[TableName] }
  | { readonly ok: false; readonly reason: string };

/** `fields` must be what the table's schema says; the reason names the field and never its value. */
export function parseEntity(table: TableName, id: string, fields: object): ParsedEntity {
  const result = v.safeParse(tableSchemas[table], { ...fields, id });
  if (result.success) return { ok: true, entity: result.output };
  const issue = result.issues[0];
  // Only the first step of the path: the second may be an element of a set, such as an address.
  const field = issue.path?.[0].key;
  const name = typeof field === 'string' ? field : '?';
  return { ok: false, reason: `${table}.${name}: ${issue.type}` };
}
