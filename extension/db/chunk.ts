import type { Interaction } from '../../shared/model/interaction.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { PackedRow } from '../../shared/row.ts';
import { exchangedOf, type Exchanged, type Stored } from './clocked.ts';

/**
 * Cold interactions of one client as one value: IndexedDB writes a few thousand rows a second
 * however small they are, and a hundred of them in one value cost little more than one. What is
 * edited is lifted out and is a row again.
 */
export interface Chunk {
  /** What points to one that is gone, or to a later one of the same number, is not believed. */
  readonly n: number;
  readonly clientId: string;
  /** No interaction in it is later: who looks back from the newest can stop before it. */
  readonly to: number;
  /** How many wait to be sent; absent for none, so that the index is short. */
  readonly waiting?: number;
  /** UTF-8 JSON, an array of `{id, row}` with the packed row; more members mean nothing. */
  readonly rows: Bytes;
  /** In the same order the worker's number, 0 for none; one that waits to be sent as -1 less that. */
  readonly seqs: Float64Array;
  /** In the same order the marks, all of one length. */
  readonly marks: string;
}

export type StoredInteraction = Stored<Interaction>;

/** What is known of one row's exchange. */
export interface ChunkMark {
  /** The worker's number, 0 for none. */
  readonly seq: number;
  /** Empty for none. */
  readonly mark: string;
  /** To be sent: a row in a chunk has no entry in the outbox. */
  readonly isWaiting: boolean;
}

/** One row of a chunk, taken apart. */
export interface ChunkRow extends ChunkMark {
  readonly id: string;
  readonly row: PackedRow;
}

/** One row of a chunk as it lies there. */
export interface ChunkItem extends ChunkMark {
  readonly at: number;
  /** UTF-8 JSON of `{id, row}`. */
  readonly bytes: Uint8Array;
}

/** A row on its way into a chunk, and what it will be looked for by. */
export interface Placed extends ChunkItem {
  readonly id: string;
  /** Of the thing of a page that it records; null for none. */
  readonly sourceHash: number | null;
}

export const ROWS_PER_CHUNK = 100;
/** Chromium keeps larger values in files of their own, one for each. */
const MAX_CHUNK_BYTES = 60_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `items` newest first, as many chunks as they need, numbered from `n` on. */
export function toChunks(clientId: string, items: readonly ChunkItem[], n: number): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < items.length) {
    let end = start;
    let bytes = 2;
    for (; end < items.length && end < start + ROWS_PER_CHUNK; end++) {
      const more = (items[end]?.bytes.length ?? 0) + 1;
      if (end > start && bytes + more > MAX_CHUNK_BYTES) break;
      bytes += more;
    }
    chunks.push(toChunk(clientId, items.slice(start, end), n + chunks.length));
    start = end;
  }
  return chunks;
}

function toChunk(clientId: string, items: readonly ChunkItem[], n: number): Chunk {
  return {
    n,
    clientId,
    to: Math.max(...items.map(({ at }) => at)),
    rows: joined(items.map(({ bytes }) => bytes)),
    ...exchangesOf(items),
  };
}

function exchangesOf(rows: readonly ChunkMark[]): Pick<Chunk, 'waiting' | 'seqs' | 'marks'> {
  const waiting = rows.filter(({ isWaiting }) => isWaiting).length;
  return {
    ...(waiting > 0 && { waiting }),
    seqs: Float64Array.from(rows.map(({ seq, isWaiting }) => (isWaiting ? -1 - seq : seq))),
    marks: joinMarks(rows.map(({ mark }) => mark)),
  };
}

const MARK_LENGTH = 34;
const NO_MARK = '-'.repeat(MARK_LENGTH);

/** One text is copied in a fraction of the time that a hundred take. */
export const joinMarks = (marks: readonly string[]): string =>
  marks.map((mark) => mark || NO_MARK).join('');

/** Empty for none. */
export function markAt(marks: string, index: number): string {
  const mark = marks.slice(index * MARK_LENGTH, (index + 1) * MARK_LENGTH);
  return mark === NO_MARK ? '' : mark;
}

const OPEN = 0x5b;
const COMMA = 0x2c;
const CLOSE = 0x5d;

/** The JSON of an array from that of its elements. */
function joined(parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length + 1, 1));
  let offset = 0;
  for (const part of parts) {
    bytes[offset] = offset === 0 ? OPEN : COMMA;
    bytes.set(part, offset + 1);
    offset += part.length + 1;
  }
  bytes[offset] = CLOSE;
  return bytes;
}

export function rowsOfChunk(chunk: Chunk): ChunkRow[] {
  const packed = JSON.parse(decoder.decode(chunk.rows)) as readonly {
    readonly id: string;
    readonly row: PackedRow;
  }[];
  const marks = marksOfChunk(chunk);
  return packed.map(({ id, row }, index) => ({ id, row, ...(marks[index] ?? NOTHING_KNOWN) }));
}

const NOTHING_KNOWN: ChunkMark = { seq: 0, mark: '', isWaiting: false };

export const toItem = ({ id, row, ...mark }: ChunkRow): ChunkItem => ({
  at: atOf(row),
  bytes: rowToBytes(id, row),
  ...mark,
});

export const rowToBytes = (id: string, row: PackedRow): Uint8Array =>
  encoder.encode(JSON.stringify({ id, row }));

/** Checked by the schema before it was packed. */
const atOf = ({ fields }: PackedRow): number => fields['at'] as number;

/** The row as the table `interactions` would hold it: as the schema left it when it was packed. */
export function toInteraction({
  id,
  row,
  seq,
  mark,
}: Omit<ChunkRow, 'isWaiting'>): StoredInteraction {
  const exchanged: Exchanged = exchangedOf({
    ...(seq > 0 && { seq }),
    ...(mark !== '' && { mark }),
  });
  return { ...row.fields, id, meta: row.meta, ...exchanged } as unknown as StoredInteraction;
}

/** The same rows, with what `change` says of their exchange: nothing is taken apart. */
export function withExchanged(
  chunk: Chunk,
  change: (row: ChunkMark, index: number) => ChunkMark,
): Chunk {
  const { waiting: _, ...rest } = chunk;
  return { ...rest, ...exchangesOf(marksOfChunk(chunk).map(change)) };
}

export const marksOfChunk = (chunk: Chunk): ChunkMark[] =>
  Array.from(chunk.seqs, (seq, index) => {
    const isWaiting = seq < 0;
    return { seq: isWaiting ? -1 - seq : seq, isWaiting, mark: markAt(chunk.marks, index) };
  });

/** The same chunk with other rows, or null when none are left. */
export function withRows(chunk: Chunk, rows: readonly ChunkRow[]): Chunk | null {
  return rows.length === 0 ? null : toChunk(chunk.clientId, rows.map(toItem), chunk.n);
}
