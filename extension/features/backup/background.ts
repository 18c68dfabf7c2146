import * as v from 'valibot';
import { isTableName } from '../../../shared/model/tables.ts';
import { isPackedRow, type PackedRow } from '../../../shared/row.ts';
import { bringBack, type NamedRow } from '../../db/bring-back.ts';
import { readDropped, restoreRows } from '../../db/dropped.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import type { Edit, Writer } from '../../db/writer.ts';
import { ok } from '../../messaging/messages.ts';
import { internal, type Handlers } from '../../messaging/receive.ts';
import type { BackupMessages } from './messages.ts';

export interface BackupDeps {
  readonly db: MainstayDatabase;
  readonly writer: Writer;
  readonly now: () => number;
  /** Rows were written past the writer. */
  readonly onBroughtBack: (clientIds: readonly string[]) => void;
}

const MAX_ROWS = 2000;
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export function backupHandlers({
  db,
  writer,
  now,
  onBroughtBack,
}: BackupDeps): Handlers<BackupMessages> {
  return {
    'backup.bringBack': internal(
      v.strictObject({
        rows: v.pipe(
          v.array(v.strictObject({ table: name, id: name, row: v.custom<PackedRow>(isPackedRow) })),
          v.maxLength(MAX_ROWS),
        ),
        revive: v.boolean(),
      }),
      async ({ rows, revive }) => {
        const back = await db.transaction('rw', db.tables, async () => bringBack(db, rows, now()));
        onBroughtBack(back.changedClientIds);
        const revived = revive ? back.stillDeleted.flatMap(toRevival) : [];
        if (revived.length > 0) await writer.write(revived);
        return ok({ changed: back.count + revived.length });
      },
    ),

    'history.bringBack': internal(v.strictObject({}), async () => {
      const names = await readDropped(db);
      const back = await db.transaction('rw', db.tables, async () => restoreRows(db, names, now()));
      onBroughtBack(back.changedClientIds);
      return ok({ changed: back.count });
    }),
  };
}

/** A new edit: it wins over the deletion on every device. */
const toRevival = ({ table, id }: Pick<NamedRow, 'table' | 'id'>): Edit[] =>
  isTableName(table) ? [{ table, id, patch: { deleted: false } }] : [];
