import { isDeleted } from '../../shared/merge.ts';
import type { ClientId, InteractionId } from '../../shared/model/ids.ts';
import { interactionKinds, type InteractionKind } from '../../shared/model/kinds.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { unpackRow, type PackedRow } from '../../shared/row.ts';
import { joinMarks, markAt, rowToBytes, toInteraction, type Placed } from './chunk.ts';
import { markOf, partsOfMark } from './clocked.ts';
import { pause } from './pause.ts';
import { isPlainInteraction } from './plain-interaction.ts';
import { sourceHash } from './places.ts';
import { shelfOf } from './roster.ts';
import { toStored } from './stored-row.ts';
import type { RemoteRow } from './sync-store.ts';

/**
 * Interactions that a first pull has brought and nobody has looked at yet: those of one page and one
 * shelf. They come in any order, and to sort each page in by client would write every client's
 * chunk again with every page. settle.ts takes one shelf after the other. In columns, since the
 * database copies a few long values far faster than many short ones.
 */
export interface Arrival {
  readonly shelf: number;
  /** Counts up, so that none takes another's place. */
  readonly n: number;
  /** No id has a line break. */
  readonly ids: string;
  readonly clientIds: string;
  readonly ats: Float64Array;
  /** Places in `interactionKinds`. */
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly sourceHashes: Uint32Array;
  readonly seqs: Float64Array;
  readonly marks: string;
  /** How many of `bytes` are each row's JSON. */
  readonly lengths: Uint32Array;
  readonly bytes: Bytes;
}

/** An interaction out of an arrival, with its JSON. */
export interface Arrived extends Placed {
  readonly id: InteractionId;
  readonly clientId: ClientId;
  readonly kind: InteractionKind;
  readonly isLive: boolean;
  readonly hasThread: boolean;
}

const LIVE = 1;
const THREAD = 2;
const SOURCE = 4;

/** This many rows are looked at without a pause: some twenty milliseconds. */
const ROWS_AT_A_TIME = 500;
/** A value stays below the size from which Chromium keeps values in files of their own. */
const MAX_ROWS = 160;

export interface Sorted {
  readonly arrivals: readonly Omit<Arrival, 'n'>[];
  /** What this version cannot read. */
  readonly unreadable: readonly RemoteRow[];
}

/** By shelf; looks at nothing but the rows themselves, so it needs no transaction. */
export async function toArrivals(rows: readonly RemoteRow[]): Promise<Sorted> {
  const open = new Map<number, Arrived[]>();
  const arrivals: Omit<Arrival, 'n'>[] = [];
  const unreadable: RemoteRow[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
    if (start > 0) await pause();
    for (const remote of rows.slice(start, start + ROWS_AT_A_TIME)) {
      if (!isReadable(remote)) {
        unreadable.push(remote);
        continue;
      }
      const arrived = toArrived(remote);
      const shelf = shelfOf(arrived.clientId);
      const others = open.get(shelf) ?? [];
      others.push(arrived);
      if (others.length < MAX_ROWS) open.set(shelf, others);
      else {
        arrivals.push(toArrival(shelf, others));
        open.delete(shelf);
      }
    }
  }
  for (const [shelf, some] of open) arrivals.push(toArrival(shelf, some));
  return { arrivals, unreadable };
}

const isReadable = ({ id, row }: RemoteRow): boolean =>
  isPlainInteraction(id, row.fields) || toStored('interactions', id, unpackRow(row)).ok;

function toArrived(remote: RemoteRow): Arrived {
  const mark = markOf(remote);
  const { id, clientId, at, kind, source, threadUrl } = toInteraction({ ...remote, mark });
  return {
    id,
    clientId,
    at,
    kind,
    isLive: remote.row.fields['deleted'] !== true || !isDeleted(unpackRow(remote.row)),
    hasThread: Boolean(threadUrl),
    sourceHash: typeof source === 'string' ? sourceHash(source) : null,
    seq: remote.seq,
    mark,
    isWaiting: false,
    bytes: remote.bytes ?? rowToBytes(remote.id, remote.row),
  };
}

const kindNumbers = new Map(interactionKinds.map((kind, index) => [kind, index]));

function toArrival(shelf: number, rows: readonly Arrived[]): Omit<Arrival, 'n'> {
  const bytes = new Uint8Array(rows.reduce((sum, row) => sum + row.bytes.length, 0));
  let offset = 0;
  for (const row of rows) {
    bytes.set(row.bytes, offset);
    offset += row.bytes.length;
  }
  return {
    shelf,
    ids: rows.map(({ id }) => id).join('\n'),
    clientIds: rows.map(({ clientId }) => clientId).join('\n'),
    ats: Float64Array.from(rows.map(({ at }) => at)),
    kinds: Uint8Array.from(rows.map(({ kind }) => kindNumbers.get(kind) ?? 0)),
    flags: Uint8Array.from(rows.map(flagsOf)),
    sourceHashes: Uint32Array.from(rows.map(({ sourceHash }) => sourceHash ?? 0)),
    seqs: Float64Array.from(rows.map(({ seq }) => seq)),
    marks: joinMarks(rows.map(({ mark }) => mark)),
    lengths: Uint32Array.from(rows.map((row) => row.bytes.length)),
    bytes,
  };
}

const flagsOf = ({ isLive, hasThread, sourceHash }: Arrived): number =>
  (isLive ? LIVE : 0) | (hasThread ? THREAD : 0) | (sourceHash === null ? 0 : SOURCE);

export function arrivedOf(arrival: Arrival): Arrived[] {
  const { ats, kinds, flags, sourceHashes, seqs, marks, lengths, bytes } = arrival;
  const clientIds = arrival.clientIds.split('\n') as ClientId[];
  const ids = arrival.ids.split('\n') as InteractionId[];
  let offset = 0;
  return ids.map((id, index): Arrived => {
    const start = offset;
    offset += lengths[index] ?? 0;
    const flag = flags[index] ?? 0;
    return {
      id,
      clientId: clientIds[index] ?? ('' as ClientId),
      at: ats[index] ?? 0,
      kind: interactionKinds[kinds[index] ?? 0] ?? 'note',
      isLive: (flag & LIVE) !== 0,
      hasThread: (flag & THREAD) !== 0,
      sourceHash: (flag & SOURCE) !== 0 ? (sourceHashes[index] ?? 0) : null,
      seq: seqs[index] ?? 0,
      mark: markAt(marks, index),
      isWaiting: false,
      bytes: bytes.subarray(start, offset),
    };
  });
}

const decoder = new TextDecoder();

/** As it was received, for who has to look at all of it. */
export function toRemote({ id, bytes, seq, mark }: Arrived): RemoteRow {
  const { row } = JSON.parse(decoder.decode(bytes)) as { readonly row: PackedRow };
  return { table: 'interactions', id, row, seq, ...partsOfMark(mark) };
}
