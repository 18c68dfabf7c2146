import type { BookRecord, FieldValue } from '../contract.ts';

export type Columns = Readonly<Record<string, string | number | null>>;

/** What is not text or number travels as JSON where a peer has columns. */
const AS_JSON = new Set(['domains', 'emails', 'phones', 'cadence', 'isKey', 'hasLeft']);
/** A column without a value is a field that is not there, but for these. */
const NULLABLE = new Set(['contactId', 'direction']);

/**
 * A row for a table with columns.
 *
 * @public by the peers' own scripts
 */
export const toColumns = (row: BookRecord['row']): Columns =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      AS_JSON.has(name) ? JSON.stringify(value) : (value as string | number | null),
    ]),
  );

/** The row again. */
export function fromColumns(table: BookRecord['table'], columns: Columns): BookRecord['row'] {
  const fields = Object.entries(columns).flatMap(([name, value]): [string, FieldValue][] => {
    if (value === null) return table === 'interactions' && NULLABLE.has(name) ? [[name, null]] : [];
    return [[name, AS_JSON.has(name) ? (JSON.parse(String(value)) as FieldValue) : value]];
  });
  return Object.fromEntries(fields) as BookRecord['row'];
}

/** All that a row of each table can have. */
export const columnsOf: Readonly<Record<BookRecord['table'], readonly string[]>> = {
  clients: [
    'id',
    'name',
    'domains',
    'relationshipType',
    'stage',
    'status',
    'tier',
    'language',
    'createdAt',
    'channel',
    'cadence',
    'snoozedUntil',
  ],
  contacts: ['id', 'clientId', 'name', 'emails', 'role', 'isKey', 'createdAt', 'phones', 'hasLeft'],
  interactions: [
    'id',
    'clientId',
    'contactId',
    'kind',
    'direction',
    'at',
    'createdAt',
    'subject',
    'threadUrl',
    'source',
    'minutes',
    'summary',
  ],
};
