import { Dexie } from 'dexie';
import { rowsOfChunk, toInteraction, type StoredInteraction } from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { newestFirst } from './standing.ts';
import { isLive } from './stored-row.ts';

/** One form of a client's history, read piece by piece from the newest on. */
interface Source {
  /** Nothing that is still to be read is later; -Infinity at the end. */
  bound: number;
  read(): Promise<StoredInteraction[]>;
}

/**
 * A client's live interactions, newest first (of one instant the greater id first), until `visit`
 * has seen enough and says so by true. Reads no more than that takes.
 */
export async function walkHistory(
  db: MainstayDatabase,
  clientId: string,
  visit: (interaction: StoredInteraction) => boolean,
): Promise<void> {
  const rows = rowSource(db, clientId);
  const [chunks, first] = await Promise.all([chunkSource(db, clientId), rows.read()]);
  let unsure = first;
  for (;;) {
    const next = rows.bound >= chunks.bound ? rows : chunks;
    unsure.sort(newestFirst);
    const firstUnsure = unsure.findIndex(({ at }) => at <= next.bound);
    const certain = firstUnsure < 0 ? unsure : unsure.slice(0, firstUnsure);
    for (const row of certain) if (isLive(row) && visit(row)) return;
    if (next.bound === -Infinity) return;
    unsure = [...unsure.slice(certain.length), ...(await next.read())];
  }
}

/** Enough for a standing in most histories; each further read takes more. */
const FIRST_ROWS = 36;
const MORE_ROWS = 4;

function rowSource(db: MainstayDatabase, clientId: string): Source {
  const rows = db.interactions
    .where('[clientId+at]')
    .between([clientId, Dexie.minKey], [clientId, Dexie.maxKey])
    .reverse();
  let offset = 0;
  let limit = FIRST_ROWS;
  const source: Source = {
    bound: Infinity,
    async read() {
      const page = await rows.clone().offset(offset).limit(limit).toArray();
      source.bound = page.length < limit ? -Infinity : (page.at(-1)?.at ?? -Infinity);
      offset += page.length;
      limit *= MORE_ROWS;
      return page;
    },
  };
  return source;
}

async function chunkSource(db: MainstayDatabase, clientId: string): Promise<Source> {
  const chunks = db.chunks
    .where('[clientId+to]')
    .between([clientId, Dexie.minKey], [clientId, Dexie.maxKey])
    .reverse();
  let next = await chunks.clone().first();
  let offset = 0;
  const source: Source = {
    bound: next?.to ?? -Infinity,
    async read() {
      const chunk = next;
      next = await chunks
        .clone()
        .offset((offset += 1))
        .first();
      source.bound = next?.to ?? -Infinity;
      return chunk ? rowsOfChunk(chunk).map(toInteraction) : [];
    },
  };
  return source;
}
