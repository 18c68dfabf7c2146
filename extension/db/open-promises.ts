import type { OpenPromise } from '../../shared/model/open-promise.ts';
import type { MainstayDatabase } from './database.ts';

/**
 * The promise of each client that is due first, for the mark in a list and the word of warning
 * beside a draft. Nobody has one until promises are kept: this is the one place to look them up.
 */
export async function openPromises(
  _db: MainstayDatabase,
  _clientIds: readonly string[],
): Promise<ReadonlyMap<string, OpenPromise>> {
  return new Map();
}
