import { mergeRows } from '../../shared/merge.ts';
import { isTableName } from '../../shared/model/tables.ts';
import { unpackRow } from '../../shared/row.ts';
import type { MainstayDatabase } from './database.ts';
import { locate, NOWHERE } from './history.ts';
import { foreignPacked } from './outbox.ts';
import { stateOf } from './stored-row.ts';

/**
 * What of a table is here under these ids, in whatever form: the readable row, the version that
 * cannot be read, and both in one state.
 */
export async function readStates(db: MainstayDatabase, table: string, ids: readonly string[]) {
  const [strangers, located] = await Promise.all([
    db.foreign.bulkGet(ids.map((id): [string, string] => [table, id])),
    isTableName(table) ? locate(db, table, ids) : [],
  ]);
  return ids.map((id, index) => {
    const stranger = strangers[index];
    const { row, chunk, isWaiting } = located[index] ?? NOWHERE;
    const versions = [row && stateOf(row), stranger && unpackRow(foreignPacked(stranger))].filter(
      (state) => state !== undefined,
    );
    const state = versions.length > 0 ? versions.reduce(mergeRows) : null;
    return { id, stranger, row, chunk, isWaiting, versions, state };
  });
}
