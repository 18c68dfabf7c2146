import { Dexie } from 'dexie';
import type { ForeignRow, MainstayDatabase } from './database.ts';

/** Asking for each of so many costs less than asking first whether there are any. */
const FEW = 20;

/** Versions that could not be read, in the order of the ids; most often a table has none at all. */
export const readStrangers = async (
  db: MainstayDatabase,
  table: string,
  ids: readonly string[],
): Promise<readonly (ForeignRow | undefined)[]> =>
  ids.length <= FEW || (await hasSome(db.foreign, table))
    ? db.foreign.bulkGet(ids.map((id): [string, string] => [table, id]))
    : [];

/** Whether anything of this table is in there. */
export const hasSome = async (
  store: MainstayDatabase['foreign'] | MainstayDatabase['outbox'],
  table: string,
): Promise<boolean> =>
  (await store
    .where('[table+id]')
    .between([table, Dexie.minKey], [table, Dexie.maxKey])
    .limit(1)
    .count()) > 0;
