import type { MainstayDatabase, Places } from './database.ts';

export interface Place {
  readonly hash: number;
  readonly chunk: number;
}

/** At a million interactions a segment is some 30 kB: read in a moment, and rewritten in one. */
const SEGMENT_BITS = 9;
const SEGMENTS = 1 << SEGMENT_BITS;
/** How many segments one step of joining the runs writes. */
const SEGMENTS_PER_STEP = 128;
/** Up to this many entries go straight into their segments; more would rewrite most of them. */
const MAX_DIRECT_PLACES = 256;

/** A run's value stays below the size from which Chromium keeps values in files of their own. */
const MAX_RUN_PLACES = 7000;

export const idHash = (id: string): number => hash32(id, 0x9e3779b1);
export const sourceHash = (source: string): number => hash32(source, 0x85ebca6b);

/** FNV-1a with the finish of MurmurHash3: the segment is taken from the upper bits. */
function hash32(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const segmentOf = (hash: number): number => hash >>> (32 - SEGMENT_BITS);

/** The chunks in which any of these may be. */
export async function findPlaces(
  db: MainstayDatabase,
  hashes: readonly number[],
): Promise<readonly number[]> {
  const numbers = [...new Set(hashes.map(segmentOf))];
  const [segments, runs] = await Promise.all([db.places.bulkGet(numbers), readRuns(db)]);
  const bySegment = new Map(numbers.map((number, index) => [number, segments[index]]));
  const chunks = new Set<number>();
  for (const hash of hashes) {
    const segment = bySegment.get(segmentOf(hash));
    if (segment) collect(segment, hash, chunks);
    for (const run of runs) collect(run, hash, chunks);
  }
  return [...chunks];
}

function collect({ hashes, chunks }: Places, hash: number, found: Set<number>): void {
  for (let at = hashes.indexOf(hash); at >= 0; at = hashes.indexOf(hash, at + 1)) {
    found.add(chunks[at] ?? 0);
  }
}

const readRuns = (db: MainstayDatabase): Promise<Places[]> =>
  db.places.where(':id').below(0).toArray();

/** Runs inside the transaction that writes the chunks. */
export async function addPlaces(db: MainstayDatabase, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  if (places.length <= MAX_DIRECT_PLACES) return addToSegments(db, places);
  const [first] = await db.places.limit(1).primaryKeys();
  let n = Math.min(0, first ?? 0);
  const runs: Places[] = [];
  for (let start = 0; start < places.length; start += MAX_RUN_PLACES) {
    runs.push(toPlaces((n -= 1), places.slice(start, start + MAX_RUN_PLACES)));
  }
  await db.places.bulkPut(runs);
}

async function addToSegments(db: MainstayDatabase, places: readonly Place[]): Promise<void> {
  const bySegment = Map.groupBy(places, ({ hash }) => segmentOf(hash));
  const numbers = [...bySegment.keys()];
  const known = await db.places.bulkGet(numbers);
  await db.places.bulkPut(
    numbers.map((number, index) =>
      toPlaces(number, [...placesOf(known[index]), ...(bySegment.get(number) ?? [])]),
    ),
  );
}

const toPlaces = (n: number, places: readonly Place[]): Places => ({
  n,
  hashes: Uint32Array.from(places.map(({ hash }) => hash)),
  chunks: Uint32Array.from(places.map(({ chunk }) => chunk)),
});

const placesOf = (places: Places | undefined): Place[] =>
  Array.from(places?.hashes ?? [], (hash, index) => ({ hash, chunk: places?.chunks[index] ?? 0 }));

/**
 * The runs of a first pull become part of the segments: until then each look has to read them all.
 * One transaction, since half of it done twice would be hard to tell from half of it done once.
 *
 * @returns false when there was nothing to do
 */
export async function joinRuns(db: MainstayDatabase): Promise<boolean> {
  return db.transaction('rw', db.places, async () => {
    const runs = await readRuns(db);
    if (runs.length === 0) return false;
    const sorted = sortRuns(runs);
    for (let from = 0; from < SEGMENTS; from += SEGMENTS_PER_STEP) {
      const known: (Places | undefined)[] = Array.from({ length: SEGMENTS_PER_STEP });
      for (const segment of await segmentsFrom(db, from)) known[segment.n - from] = segment;
      await db.places.bulkPut(joinedSegments(from, known, sorted));
    }
    await db.places.bulkDelete(runs.map(({ n }) => n));
    return true;
  });
}

/** What the runs hold, segment by segment. */
interface Sorted extends Omit<Places, 'n'> {
  /** Where each segment begins, and behind the last one the end. */
  readonly starts: Uint32Array;
}

/** A counting sort: each entry is looked at twice, however many segments there are. */
function sortRuns(runs: readonly Places[]): Sorted {
  const starts = new Uint32Array(SEGMENTS + 1);
  for (const { hashes } of runs) {
    for (const hash of hashes) add(starts, segmentOf(hash) + 1, 1);
  }
  for (let segment = 0; segment < SEGMENTS; segment++) {
    add(starts, segment + 1, starts[segment] ?? 0);
  }
  const next = starts.slice();
  const hashes = new Uint32Array(starts[SEGMENTS] ?? 0);
  const chunks = new Uint32Array(hashes.length);
  for (const run of runs) {
    for (let at = 0; at < run.hashes.length; at++) {
      const hash = run.hashes[at] ?? 0;
      const place = add(next, segmentOf(hash), 1);
      hashes[place] = hash;
      chunks[place] = run.chunks[at] ?? 0;
    }
  }
  return { starts, hashes, chunks };
}

/** Gives what was there before. */
function add(numbers: Uint32Array, index: number, more: number): number {
  const before = numbers[index] ?? 0;
  numbers[index] = before + more;
  return before;
}

/** The segments from `from` on with what was sorted for them; those that gain nothing are left out. */
const joinedSegments = (
  from: number,
  known: readonly (Places | undefined)[],
  { starts, hashes, chunks }: Sorted,
): Places[] =>
  known.flatMap((segment, index): Places | [] => {
    const [start, end] = [starts[from + index], starts[from + index + 1]];
    return start === end
      ? []
      : {
          n: from + index,
          hashes: joined(segment?.hashes, hashes.subarray(start, end)),
          chunks: joined(segment?.chunks, chunks.subarray(start, end)),
        };
  });

function joined(before: Uint32Array | undefined, more: Uint32Array): Uint32Array<ArrayBuffer> {
  const length = before?.length ?? 0;
  const numbers = new Uint32Array(length + more.length);
  if (before) numbers.set(before);
  numbers.set(more, length);
  return numbers;
}

const segmentsFrom = (db: MainstayDatabase, from: number): Promise<Places[]> =>
  db.places
    .where(':id')
    .between(from, from + SEGMENTS_PER_STEP)
    .toArray();

/** Every hash that may be in a chunk, for who has to tell what is new among very many. */
export async function eachPlacedHash(
  db: MainstayDatabase,
  visit: (hashes: Uint32Array) => void,
): Promise<void> {
  for (let from = 0; from < SEGMENTS; from += SEGMENTS_PER_STEP) {
    for (const { hashes } of await segmentsFrom(db, from)) visit(hashes);
  }
  for (const { hashes } of await readRuns(db)) visit(hashes);
}
