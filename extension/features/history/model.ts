import { hlcOf } from '../../../shared/clock.ts';
import type { Json, Loser } from '../../../shared/merge.ts';
import type { Fields } from '../../../shared/row.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { readInteraction } from '../../db/history.ts';
import { packedOf, type StoredRow } from '../../db/stored-row.ts';
import type { Answer } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import type { AllMessages } from '../../page/all-messages.ts';
import type { VersionLine } from '../../sync/membership/versions.ts';
import { signal, type ReadonlySignal } from '../../ui/signal.ts';

/** A row with what was overridden in it. */
export interface HistoryRow {
  readonly table: string;
  readonly id: string;
  /** What a person would call it. */
  readonly title: string;
  readonly fields: Fields;
  readonly losers: readonly Loser[];
}

export interface HistoryModel {
  readonly rows: ReadonlySignal<readonly HistoryRow[]>;
  open(clientId: string): Promise<void>;
  /** Makes a value that lost the present one, as a new edit. The undo token, or null. */
  use(row: HistoryRow, loser: Loser): Promise<string | null>;
  restore(row: HistoryRow, fields: Fields): Promise<string | null>;
}

export interface HistoryModelDeps {
  readonly db: MainstayDatabase;
  readonly send: Send<AllMessages>;
  readonly restoredFields: (version: Fields, present: Fields) => Fields;
}

export type ReadVersions = (
  row: Pick<HistoryRow, 'table' | 'id'>,
) => Promise<readonly VersionLine[] | null>;

export function createHistoryModel({ db, send, restoredFields }: HistoryModelDeps): HistoryModel {
  const rows = signal<readonly HistoryRow[]>([]);
  let shown: string | null = null;

  async function read(clientId: string): Promise<readonly HistoryRow[]> {
    const [client, contacts, standing] = await Promise.all([
      db.clients.get(clientId),
      db.contacts.where('clientId').equals(clientId).toArray(),
      db.standings.get(clientId),
    ]);
    const recent = standing?.recent ?? [];
    const open = standing?.promises?.next ?? [];
    const [promises, ...interactions] = await Promise.all([
      db.promises.bulkGet(open.map(({ id }) => id)),
      ...recent.map(({ id }) => readInteraction(db, id)),
    ]);
    return [
      ...(client ? [toRow('clients', client, client.name)] : []),
      ...contacts.map((contact) => toRow('contacts', contact, contact.name)),
      ...promises.flatMap((row) => (row ? [toRow('promises', row, row.what)] : [])),
      ...interactions.flatMap((row) =>
        row ? [toRow('interactions', row, row.summary ?? row.subject ?? '')] : [],
      ),
    ];
  }

  async function write(row: HistoryRow, fields: Fields): Promise<string | null> {
    const answer: Answer<{ readonly undoToken: string }> = await send('sync.restoreVersion', {
      table: row.table,
      id: row.id,
      fields,
    });
    if (shown !== null) rows.value = await read(shown);
    return answer.ok ? answer.value.undoToken : null;
  }

  return {
    rows,
    async open(clientId) {
      shown = clientId;
      rows.value = await read(clientId);
    },
    use: (row, { path, value }) => write(row, fieldsOf(path, value)),
    restore: (row, fields) => write(row, restoredFields(fields, row.fields)),
  };
}

/** When the overridden value was written, UTC milliseconds. */
export const writtenAt = ({ stamp }: Loser): number =>
  Number.parseInt(hlcOf(stamp).slice(0, 12), 16);

const toRow = (table: string, row: StoredRow, title: string): HistoryRow => ({
  table,
  id: row.id,
  title,
  fields: packedOf(row).fields,
  losers: row.meta.losers ?? [],
});

/** `emails/noa@levi.example` is one element of a set. */
function fieldsOf(path: string, value: Json): Fields {
  const slash = path.indexOf('/');
  if (slash < 0) return { [path]: value };
  return { [path.slice(0, slash)]: { [path.slice(slash + 1)]: value } };
}
