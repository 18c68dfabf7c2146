import { Dexie } from 'dexie';
import type { Hlc } from '../../shared/clock.ts';
import { mergeRows } from '../../shared/merge.ts';
import { SETTINGS_ID, isTouchKind, type Settings } from '../../shared/model/settings.ts';
import { unpackRow } from '../../shared/row.ts';
import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import { isSamePack, mergeRemote } from './apply-rows.ts';
import { arrivalsOf, firstShelf } from './arrival-table.ts';
import { arrivedOf, toRemote, type Arrived } from './arrival.ts';
import { rowsOfChunk, toInteraction, withRows, type Chunk, type ChunkRow } from './chunk.ts';
import type { MainstayDatabase } from './database.ts';
import { refreshDerived, type Additions, type RowChange } from './derived.ts';
import { readClock } from './device.ts';
import { openDigest, type DigestBook } from './digest-book.ts';
import { chunksOf, fillChunks } from './fill-chunks.ts';
import { createHashFilter, type HashFilter } from './hash-filter.ts';
import { addPlaces, eachPlacedHash, idHash, joinRuns, type Place } from './places.ts';
import { SHELVES } from './roster.ts';
import { RECENT_INTERACTIONS, newestFirst, type Added } from './standing.ts';

/**
 * Merges what a first pull has put away (arrival.ts), a few shelves at a time: each client's chunks
 * and standing are written once instead of once for every page.
 */
export interface Settler {
  /** One step, some tens of milliseconds of work. */
  step(nowMs: number): Promise<SettleStep>;
}

export interface SettleStep {
  readonly isDone: boolean;
  readonly changedClientIds: readonly string[];
}

/** Fewer, and the transactions cost more than the work; more, and a log waits longer for its turn. */
const ROWS_PER_STEP = 6000;

/** What is known of the database while it is being settled. */
interface Memory {
  /** Which ids may be here already, as row or in a chunk. */
  readonly known: HashFilter;
  readonly hasChunks: boolean;
  /**
   * Who writes here moves the clock, and what comes from the worker is counted in the digest: then
   * there may be an id that `known` has not.
   */
  readonly clock: Hlc | null;
  readonly counted: string;
  /** The next shelf to look at, and how many at once. */
  readonly shelf: number;
  readonly shelves: number;
}

export function createSettler(db: MainstayDatabase): Settler {
  const everything = db.tables.filter((table) => table !== db.undo && table !== db.dropped);
  let memory: Memory | null = null;

  return {
    async step(nowMs) {
      if (!memory) {
        const shelf = await firstShelf(db);
        if (shelf === null) {
          await joinRuns(db);
          return { isDone: true, changedClientIds: [] };
        }
        // Of one shelf at first: nobody knows yet how much lies on one.
        memory = { ...(await remember(db)), shelf, shelves: 1 };
      }
      const before = memory;
      // After a failure nothing of this step is there, whatever the memory says.
      memory = null;
      const step = await db.transaction('rw', everything, async () =>
        settleShelves(db, before, nowMs),
      );
      if (step && step.memory.shelf < SHELVES) memory = step.memory;
      return { isDone: false, changedClientIds: step?.changed ?? [] };
    },
  };
}

interface Settled {
  readonly memory: Memory;
  readonly changed: readonly string[];
}

/** Null when someone else has written meanwhile. */
async function settleShelves(
  db: MainstayDatabase,
  memory: Memory,
  nowMs: number,
): Promise<Settled | null> {
  const shelf = memory.shelf + memory.shelves;
  const arriving = arrivalsOf(db, memory.shelf, shelf);
  const [clock, digest, arrivals] = await Promise.all([
    readClock(db),
    openDigest(db),
    arriving.toArray(),
  ]);
  if (clock !== memory.clock || digest.state() !== memory.counted) return null;
  const rows = arrivals.flatMap(arrivedOf);
  const [changed] = await Promise.all([
    mergeArrived(db, memory, digest, rows, nowMs),
    rows.length > 0 && arriving.delete(),
  ]);
  const perShelf = Math.max(1, rows.length / memory.shelves);
  const shelves = Math.max(1, Math.floor(ROWS_PER_STEP / perShelf));
  return { memory: { ...memory, counted: digest.state(), shelf, shelves }, changed };
}

const KEYS_AT_A_TIME = 20_000;
/** Written in one go: each is some tens of kilobytes to copy. */
const CHUNKS_AT_A_TIME = 50;

async function remember(db: MainstayDatabase): Promise<Omit<Memory, 'shelf' | 'shelves'>> {
  const [clock, digest] = await Promise.all([readClock(db), openDigest(db)]);
  const known = createHashFilter();
  for (let after = '', isMore = true; isMore;) {
    const ids = await db.interactions.where(':id').above(after).limit(KEYS_AT_A_TIME).primaryKeys();
    for (const id of ids) known.add(idHash(id));
    after = ids.at(-1) ?? after;
    isMore = ids.length === KEYS_AT_A_TIME;
  }
  await eachPlacedHash(db, (hashes) => {
    for (const hash of hashes) known.add(hash);
  });
  const hasChunks = (await db.chunks.limit(1).count()) > 0;
  return { known, clock, counted: digest.state(), hasChunks };
}

async function mergeArrived(
  db: MainstayDatabase,
  { known, hasChunks }: Memory,
  digest: DigestBook,
  rows: readonly Arrived[],
  nowMs: number,
): Promise<readonly string[]> {
  if (rows.length === 0) return [];
  const [settings, strangers] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    db.foreign
      .where('[table+id]')
      .between(['interactions', Dexie.minKey], ['interactions', Dexie.maxKey])
      .primaryKeys(),
  ]);
  const unread = new Set(strangers.map(([, id]) => id));
  const fresh: Arrived[] = [];
  let doubtful: readonly Arrived[] = rows.filter((row) => {
    const hash = idHash(row.id);
    const isDoubtful = known.mayHave(hash) || unread.has(row.id);
    known.add(hash);
    if (!isDoubtful) fresh.push(row);
    return isDoubtful;
  });
  const changes: RowChange[] = [];
  if (hasChunks) doubtful = await mergeIntoChunks(db, doubtful, digest, changes);
  const byClient = Map.groupBy(fresh, ({ clientId }) => clientId);
  for (const some of byClient.values()) some.sort(newestFirst);
  await fillChunks(db, byClient, hasChunks);
  for (const { mark } of fresh) digest.add({ mark });
  // What may be anywhere, or came twice, goes the way of every other row; last, since it may be
  // another version of something in `fresh`.
  changes.push(...(await mergeRemote(db, doubtful.map(toRemote), digest)));
  const additions = new Map(
    [...byClient].map(([clientId, some]) => [clientId, toAdditions(some, settings, nowMs)]),
  );
  const [changed] = await Promise.all([
    refreshDerived(db, changes, nowMs, { arrived: additions }),
    digest.store(),
  ]);
  return changed;
}

/**
 * Versions of rows that lie in the chunks of their client, as when everything is fetched again: each
 * chunk is taken apart once. Gives what has to be merged as a row, because it is elsewhere or
 * because this device has more to say than the worker.
 */
async function mergeIntoChunks(
  db: MainstayDatabase,
  doubtful: readonly Arrived[],
  digest: DigestBook,
  changes: RowChange[],
): Promise<readonly Arrived[]> {
  const merged = new Set<Arrived>();
  let rewritten: Chunk[] = [];
  const places: Place[] = [];
  for (const [clientId, some] of Map.groupBy(doubtful, (row) => row.clientId)) {
    const byId = new Map<string, Arrived>(some.map((row) => [row.id, row]));
    for (const chunk of await chunksOf(db, clientId).toArray()) {
      let hasChanged = false;
      const rows = rowsOfChunk(chunk).map((row): ChunkRow => {
        const arrived = byId.get(row.id);
        const version = arrived && newerVersion(row, arrived);
        if (!version) return row;
        merged.add(arrived);
        hasChanged = true;
        digest.remove(row);
        digest.add(version);
        if (version.row !== row.row) {
          changes.push({
            table: 'interactions',
            before: toInteraction(row),
            after: toInteraction(version),
          });
          if (arrived.sourceHash !== null) {
            places.push({ hash: arrived.sourceHash, chunk: chunk.n });
          }
        }
        return version;
      });
      const after = hasChanged ? withRows(chunk, rows) : null;
      if (after) rewritten.push(after);
    }
    if (rewritten.length >= CHUNKS_AT_A_TIME) {
      await db.chunks.bulkPut(rewritten);
      rewritten = [];
    }
  }
  await db.chunks.bulkPut(rewritten);
  await addPlaces(db, places);
  return doubtful.filter((row) => !merged.has(row));
}

/** The row as it lies in the chunk from now on; null when the version must be merged as a row. */
function newerVersion(row: ChunkRow, arrived: Arrived): ChunkRow | null {
  const { seq, mark } = arrived;
  if (seq < row.seq) return null;
  const exchanged = { seq, mark, isWaiting: false };
  const theirs = toRemote(arrived).row;
  if (JSON.stringify(theirs) === JSON.stringify(row.row)) return { ...row, ...exchanged };
  const [mine, latest] = [unpackRow(row.row), unpackRow(theirs)];
  const all = mergeRows(mine, latest);
  if (!isSamePack(all, latest)) return null;
  return { id: row.id, row: isSamePack(all, mine) ? row.row : theirs, ...exchanged };
}

/** What matters to a standing is taken apart, of some others the time is enough; `rows` newest first. */
function toAdditions(
  rows: readonly Arrived[],
  settings: Settings | undefined,
  nowMs: number,
): Additions {
  const live = rows.filter(({ isLive }) => isLive);
  const latestThread = live.find(({ hasThread }) => hasThread);
  const touches = live.filter(({ kind }) => isTouchKind(kind, settings));
  const booked = touches.filter(({ at }) => at > nowMs).length;
  const whole = new Set([
    ...live.slice(0, RECENT_INTERACTIONS),
    ...(latestThread ? [latestThread] : []),
  ]);
  const inPart = touches.slice(0, booked + RHYTHM_TOUCHES).filter((row) => !whole.has(row));
  const added: Added[] = [
    ...[...whole].map((row) => toInteraction({ ...row, row: toRemote(row).row })),
    ...inPart,
  ];
  return { added, count: live.length };
}
