import { Dexie, type Collection } from 'dexie';
import { ROWS_PER_CHUNK, rowsOfChunk, toChunks, toItem, type Chunk, type Placed } from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { addPlaces, idHash, type Place } from './places.ts';

/**
 * Puts rows away in chunks of their client, those of each newest first: new ones, or (with `join`)
 * the client's newest chunk while there is room in it.
 */
export async function fillChunks(
  db: MainstayDatabase,
  byClient: ReadonlyMap<string, readonly Placed[]>,
  join: boolean,
): Promise<void> {
  let n = await lastChunk(db);
  const places: Place[] = [];
  const chunks: Chunk[] = [];
  for (const [clientId, rows] of byClient) {
    const joined = join ? await withNewest(db, clientId, rows) : null;
    const made = joined ? [joined] : toChunks(clientId, rows, n + 1);
    if (!joined) n += made.length;
    chunks.push(...made);
    let next = 0;
    for (const chunk of made) {
      for (const { id, sourceHash } of rows.slice(next, next + chunk.seqs.length)) {
        places.push({ hash: idHash(id), chunk: chunk.n });
        if (sourceHash !== null) places.push({ hash: sourceHash, chunk: chunk.n });
      }
      next += chunk.seqs.length;
    }
  }
  await Promise.all([db.chunks.bulkPut(chunks), addPlaces(db, places)]);
}

/** A client's chunks by the age of their newest row, the newest last. */
export const chunksOf = (db: MainstayDatabase, clientId: string): Collection<Chunk, number> =>
  db.chunks.where('[clientId+to]').between([clientId, Dexie.minKey], [clientId, Dexie.maxKey]);

async function lastChunk(db: MainstayDatabase): Promise<number> {
  const [last] = await db.chunks.toCollection().reverse().limit(1).primaryKeys();
  return last ?? 0;
}

/** The client's newest chunk with these before its own rows; null when there is none, or no room. */
async function withNewest(
  db: MainstayDatabase,
  clientId: string,
  rows: readonly Placed[],
): Promise<Chunk | null> {
  if (rows.length >= ROWS_PER_CHUNK) return null;
  const newest = await chunksOf(db, clientId).last();
  if (!newest || newest.seqs.length + rows.length > ROWS_PER_CHUNK) return null;
  const before = rowsOfChunk(newest).map(toItem);
  const [joined, tooMuch] = toChunks(clientId, [...rows, ...before], newest.n);
  return joined && !tooMuch ? joined : null;
}
