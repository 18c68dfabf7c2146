import { Dexie } from 'dexie';
import { isSample } from '../../shared/model/ids.ts';
import { rowToBytes, type Placed, type StoredInteraction } from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { fillChunks } from './fill-chunks.ts';
import { sourceHash } from './places.ts';
import { packedOf } from './stored-row.ts';

/** A client's newest rows stay as they are: what is edited and moved about is among them. */
const KEPT_ROWS = 30;
/** Folding a few at a time would rewrite a chunk for each. */
const MIN_FOLDED = 20;
const MAX_FOLDED = 500;
const CLIENTS_PER_STEP = 20;

/** Where the sweep through the clients has come to; absent between sweeps. */
const PLACE_KEY = 'fold-place';

/**
 * One step of folding cold rows into chunks: rows that the worker has as they are, behind their
 * client's newest. True while this sweep is not at its end.
 */
export async function foldSome(db: MainstayDatabase): Promise<boolean> {
  const place = (await db.kv.get(PLACE_KEY))?.value;
  const after = typeof place === 'string' ? place : '';
  const clientIds = await db.standings
    .where(':id')
    .above(after)
    .limit(CLIENTS_PER_STEP)
    .primaryKeys();
  const counts = await Promise.all(clientIds.map((clientId) => rowsOf(db, clientId).count()));
  let next: string | undefined = after;
  for (const [index, clientId] of clientIds.entries()) {
    if ((counts[index] ?? 0) >= KEPT_ROWS + MIN_FOLDED) {
      const folded = await foldClient(db, clientId);
      // There may be more of the same client: the next step begins with it.
      if (folded === MAX_FOLDED) break;
    }
    next = clientId;
  }
  if (clientIds.length === 0) {
    await db.kv.delete(PLACE_KEY);
    return false;
  }
  await db.kv.put({ key: PLACE_KEY, value: next });
  return true;
}

const rowsOf = (db: MainstayDatabase, clientId: string) =>
  db.interactions
    .where('[clientId+at]')
    .between([clientId, Dexie.minKey], [clientId, Dexie.maxKey]);

async function foldClient(db: MainstayDatabase, clientId: string): Promise<number> {
  const tables = [db.interactions, db.chunks, db.places, db.outbox, db.foreign];
  return db.transaction('rw', tables, async () => {
    const old = await rowsOf(db, clientId).reverse().offset(KEPT_ROWS).limit(MAX_FOLDED).toArray();
    const keys = old.map(({ id }): [string, string] => ['interactions', id]);
    const [waiting, strangers] = await Promise.all([
      db.outbox.bulkGet(keys),
      db.foreign.bulkGet(keys),
    ]);
    const cold = old.filter(
      (row, index) =>
        row.seq !== undefined && !isSample(row.id) && !waiting[index] && !strangers[index],
    );
    if (cold.length === 0) return 0;
    await fillChunks(db, new Map([[clientId, cold.map(toPlaced)]]), true);
    await db.interactions.bulkDelete(cold.map(({ id }) => id));
    return cold.length;
  });
}

const toPlaced = (row: StoredInteraction): Placed => ({
  id: row.id,
  at: row.at,
  sourceHash: row.source ? sourceHash(row.source) : null,
  bytes: rowToBytes(row.id, packedOf(row)),
  seq: row.seq ?? 0,
  mark: row.mark ?? '',
  isWaiting: false,
});
