import { Dexie } from 'dexie';
import { FEW } from './bulk.ts';
import type { ForeignRow, MainstayDatabase } from './database.ts';

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
