import { emptyState, isDeleted, type RowState } from '../../shared/merge.ts';
import { parseEntity, type TableName } from '../../shared/model/tables.ts';
import { membersOf } from '../../shared/model/values.ts';
import {
  packRow,
  unpackRow,
  type Fields,
  type FieldValue,
  type PackedRow,
} from '../../shared/row.ts';
import { clueKeysOf } from './clue-keys.ts';
import { exchangedOf, type Clocked, type Exchanged } from './clocked.ts';

/** Beside a row's synced fields: its key, its clocks, and what only this device needs. */
const LOCAL_FIELDS = new Set([
  'id',
  'meta',
  'seq',
  'mark',
  'domainKeys',
  'emailKeys',
  'clueKeys',
  'openFor',
]);

export type StoredRow = Clocked & { readonly id: string };
export type ToStored =
  | { readonly ok: true; readonly row: StoredRow }
  | { readonly ok: false; readonly reason: string };

/** What a stored row says, without the device's own additions. */
export function packedOf(row: StoredRow): PackedRow {
  const fields: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(row)) {
    if (!LOCAL_FIELDS.has(name) && value !== undefined) fields[name] = value as FieldValue;
  }
  return { fields, meta: row.meta };
}

export const stateOf = (row: StoredRow | undefined): RowState =>
  row ? unpackRow(packedOf(row)) : emptyState;

/** Checks the fields by the table's schema and adds the index keys. */
export function toStored(
  table: TableName,
  id: string,
  state: RowState,
  exchanged: Exchanged = {},
): ToStored {
  const { fields, meta } = packRow(state);
  // A newer version's field of such a name could not be stored beside ours without losing it.
  const taken = Object.keys(fields).find((name) => LOCAL_FIELDS.has(name));
  if (taken !== undefined) return { ok: false, reason: `${table}.${taken}: reserved` };
  const isGone = isDeleted(state);
  const parsed = parseEntity(table, id, { ...fields, deleted: isGone || undefined });
  if (!parsed.ok) return parsed;
  // The packed fields are what is stored: a schema's normalisation must not change a synced value.
  const row = {
    ...fields,
    id,
    meta,
    ...exchangedOf(exchanged),
    ...indexKeys(table, fields, isGone),
  };
  return { ok: true, row };
}

/** True while the row is in use: there, and not deleted by its latest edit. */
export const isLive = (row: StoredRow | undefined): boolean =>
  row !== undefined && !(isMarkedDeleted(row) && isDeleted(stateOf(row)));

/** Only of such a row the clocks have to be looked at, which is ten times the work. */
const isMarkedDeleted = (row: StoredRow): boolean => 'deleted' in row && row.deleted === true;

function indexKeys(table: TableName, fields: Fields, isGone: boolean): object {
  if (table === 'clients') return { domainKeys: isGone ? [] : keysOf(fields['domains']) };
  if (table === 'contacts') {
    return { emailKeys: isGone ? [] : keysOf(fields['emails']), ...clueKeysOf(fields, isGone) };
  }
  if (table === 'promises' && !isGone && (fields['status'] ?? 'open') === 'open')
    return { openFor: fields['clientId'] };
  return {};
}

const keysOf = (field: FieldValue | undefined): string[] =>
  field !== null && typeof field === 'object' && !Array.isArray(field)
    ? [...new Set(membersOf(field as Readonly<Record<string, boolean>>).map(normalKey))]
    : [];

/** As the schema of an address or domain would have it: what is looked up went through that. */
const normalKey = (key: string): string => key.trim().toLowerCase();
