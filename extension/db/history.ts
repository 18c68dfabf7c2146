import type { TableName } from '../../shared/model/tables.ts';
import { getMany } from './bulk.ts';
import {
  rowsOfChunk,
  toInteraction,
  withRows,
  type Chunk,
  type ChunkRow,
  type StoredInteraction,
} from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { findPlaces, idHash, sourceHash } from './places.ts';
import { isLive, type StoredRow } from './stored-row.ts';

/** A row by its id, wherever it lies. */
export interface Located {
  readonly row: StoredRow | undefined;
  /** The chunk it has to be taken out of when it is written as a row. */
  readonly chunk: number | null;
  /** It waits to be sent without an entry in the outbox, as rows in chunks do. */
  readonly isWaiting: boolean;
}

export const NOWHERE: Located = { row: undefined, chunk: null, isWaiting: false };

/** Looking for a few, both forms are asked at once: each wait is felt. */
const FEW = 20;

export async function locate(
  db: MainstayDatabase,
  table: TableName,
  ids: readonly string[],
): Promise<Located[]> {
  const store = db.table<StoredRow, string>(table);
  if (table !== 'interactions') {
    return (await getMany(store, ids, idOf)).map((row) => ({ ...NOWHERE, row }));
  }
  const reading = getMany(store, ids, idOf);
  const [rows, packed] = await (ids.length <= FEW
    ? Promise.all([reading, findChunked(db, ids)])
    : inTurn(db, ids, await reading));
  return ids.map((id, index) => {
    const row = rows[index];
    const found = packed.get(id);
    if (row || !found) return { ...NOWHERE, row };
    const { row: chunked, chunk: number } = found;
    return { row: toInteraction(chunked), chunk: number, isWaiting: chunked.isWaiting };
  });
}

const idOf = ({ id }: StoredRow): string => id;

/** Of many, almost all lie in one form. */
async function inTurn(
  db: MainstayDatabase,
  ids: readonly string[],
  rows: readonly (StoredRow | undefined)[],
) {
  const missing = ids.filter((_, index) => !rows[index]);
  return [rows, await findChunked(db, missing)] as const;
}

export interface Chunked {
  readonly row: ChunkRow;
  readonly chunk: number;
}

/** Those of the interactions that lie in chunks, by id. */
export async function findChunked(
  db: MainstayDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Chunked>> {
  const found = new Map<string, Chunked>();
  if (ids.length === 0) return found;
  const wanted = new Set(ids);
  const chunks = await db.chunks.bulkGet([...(await findPlaces(db, ids.map(idHash)))]);
  for (const chunk of chunks) {
    if (!chunk) continue;
    for (const row of rowsOfChunk(chunk)) {
      if (wanted.has(row.id)) found.set(row.id, { row, chunk: chunk.n });
    }
  }
  return found;
}

/** One interaction, live or deleted. */
export async function readInteraction(
  db: MainstayDatabase,
  id: string,
): Promise<StoredInteraction | undefined> {
  const [row, chunked] = await Promise.all([db.interactions.get(id), findChunked(db, [id])]);
  const found = chunked.get(id);
  return row ?? (found && toInteraction(found.row));
}

/** The live interactions that record this thing of a page. */
export async function findBySource(
  db: MainstayDatabase,
  source: string,
): Promise<StoredInteraction[]> {
  const [rows, places] = await Promise.all([
    db.interactions.where('source').equals(source).toArray(),
    findPlaces(db, [sourceHash(source)]),
  ]);
  const chunks = places.length === 0 ? [] : await db.chunks.bulkGet([...places]);
  const chunked = chunks.flatMap((chunk) => (chunk ? rowsOfChunk(chunk) : []));
  return [...rows, ...chunked.map(toInteraction)].filter(
    (row) => row.source === source && isLive(row),
  );
}

/** Takes rows out of the chunks they lie in, since they are (or become) rows again. */
export async function takeFromChunks(
  db: MainstayDatabase,
  rows: readonly { readonly id: string; readonly chunk: number | null }[],
): Promise<void> {
  const idsByChunk = new Map<number, Set<string>>();
  for (const { id, chunk } of rows) {
    if (chunk === null) continue;
    const ids = idsByChunk.get(chunk) ?? new Set();
    idsByChunk.set(chunk, ids.add(id));
  }
  await rewriteChunks(db, [...idsByChunk.keys()], (row, chunk) =>
    idsByChunk.get(chunk)?.has(row.id) ? null : row,
  );
}

/** `change` gives each row as it shall be, or null for one that goes. */
export async function rewriteChunks(
  db: MainstayDatabase,
  numbers: readonly number[],
  change: (row: ChunkRow, chunk: number) => ChunkRow | null,
): Promise<void> {
  if (numbers.length === 0) return;
  const chunks = (await db.chunks.bulkGet([...numbers])).filter((chunk) => chunk !== undefined);
  const rewritten = chunks.map((chunk) => changedChunk(chunk, change));
  await Promise.all([
    db.chunks.bulkPut(rewritten.filter((chunk) => chunk !== null)),
    db.chunks.bulkDelete(chunks.filter((_, index) => !rewritten[index]).map(({ n }) => n)),
  ]);
}

export const changedChunk = (
  chunk: Chunk,
  change: (row: ChunkRow, chunk: number) => ChunkRow | null,
): Chunk | null =>
  withRows(
    chunk,
    rowsOfChunk(chunk)
      .map((row) => change(row, chunk.n))
      .filter((row) => row !== null),
  );
