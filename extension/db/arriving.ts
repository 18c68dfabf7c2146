import type { MainstayDatabase } from './database.ts';

/** The sync client keeps its place under this key while everything is fetched anew. */
const RECONCILE_KEY = 'sync-reconcile';

/**
 * Is history still on its way from other devices? Clients come before their interactions, so until
 * then "nothing logged yet" would be a claim about what has merely not arrived.
 */
export const isHistoryArriving = async (db: MainstayDatabase): Promise<boolean> =>
  (await db.kv.where('key').equals(RECONCILE_KEY).count()) > 0;
