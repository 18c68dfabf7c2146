import { isDeleted } from '../../shared/merge.ts';
import type { ClientId, InteractionId } from '../../shared/model/ids.ts';
import type { InteractionKind } from '../../shared/model/kinds.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { unpackRow, type PackedRow } from '../../shared/row.ts';
import { rowToBytes, toInteraction, type Placed } from './chunk.ts';
import { markOf, partsOfMark } from './clocked.ts';
import { pause } from './pause.ts';
import { isPlainInteraction } from './plain-interaction.ts';
import { shelfOf } from './roster.ts';
import { toStored } from './stored-row.ts';
import type { RemoteRow } from './sync-store.ts';

/**
 * Interactions that a first pull has brought and nobody has looked at yet: those of one page and one
 * shelf. They come in any order, and to sort each page in by client would write every client's
 * chunk again with every page. settle.ts takes one shelf after the other.
 */
export interface Arrival {
  /** Given by the database. */
  readonly n?: number;
  readonly shelf: number;
  readonly heads: readonly Head[];
  /** Their JSON, one after the other; each head says how long its own is. */
  readonly bytes: Bytes;
}

/** What is needed to sort an interaction in without taking it apart; a tuple, since it is short. */
export type Head = readonly [
  id: InteractionId,
  clientId: ClientId,
  at: number,
  kind: InteractionKind,
  source: string | null,
  isLive: boolean,
  hasThread: boolean,
  seq: number,
  mark: string,
  byteLength: number,
];

/** This many rows are looked at without a pause: some twenty milliseconds. */
const ROWS_AT_A_TIME = 1000;

/** A value stays below the size from which Chromium keeps values in files of their own. */
const MAX_ROWS = 120;

export interface Sorted {
  readonly arrivals: readonly Arrival[];
  /** What this version cannot read. */
  readonly unreadable: readonly RemoteRow[];
}

/** By shelf; looks at nothing but the rows themselves, so it needs no transaction. */
export async function toArrivals(rows: readonly RemoteRow[]): Promise<Sorted> {
  const open = new Map<number, { readonly heads: Head[]; readonly parts: Uint8Array[] }>();
  const arrivals: Arrival[] = [];
  const unreadable: RemoteRow[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
    if (start > 0) await pause();
    for (const remote of rows.slice(start, start + ROWS_AT_A_TIME)) {
      if (!isReadable(remote)) {
        unreadable.push(remote);
        continue;
      }
      const bytes = remote.bytes ?? rowToBytes(remote.id, remote.row);
      const head = toHead(remote, bytes.length);
      const number = shelfOf(head[1]);
      const shelf = open.get(number) ?? { heads: [], parts: [] };
      shelf.heads.push(head);
      shelf.parts.push(bytes);
      open.set(number, shelf);
      if (shelf.heads.length < MAX_ROWS) continue;
      arrivals.push(toArrival(number, shelf.heads, shelf.parts));
      open.delete(number);
    }
  }
  for (const [shelf, { heads, parts }] of open) arrivals.push(toArrival(shelf, heads, parts));
  return { arrivals, unreadable };
}

const isReadable = ({ id, row }: RemoteRow): boolean =>
  isPlainInteraction(id, row.fields) || toStored('interactions', id, unpackRow(row)).ok;

function toHead(remote: RemoteRow, byteLength: number): Head {
  const { seq } = remote;
  const { id, clientId, at, kind, source, threadUrl } = toInteraction({ ...remote, mark: '' });
  const isLive = remote.row.fields['deleted'] !== true || !isDeleted(unpackRow(remote.row));
  const hasThread = Boolean(threadUrl);
  return [
    id,
    clientId,
    at,
    kind,
    source ?? null,
    isLive,
    hasThread,
    seq,
    markOf(remote),
    byteLength,
  ];
}

function toArrival(shelf: number, heads: readonly Head[], parts: readonly Uint8Array[]): Arrival {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return { shelf, heads, bytes };
}

/** An interaction out of an arrival, with its JSON. */
export interface Arrived extends Placed {
  readonly id: InteractionId;
  readonly clientId: ClientId;
  readonly kind: InteractionKind;
  readonly isLive: boolean;
  readonly hasThread: boolean;
}

export function arrivedOf({ heads, bytes }: Arrival): Arrived[] {
  let offset = 0;
  return heads.map(
    ([id, clientId, at, kind, source, isLive, hasThread, seq, mark, byteLength]): Arrived => {
      const start = offset;
      offset += byteLength;
      return {
        id,
        clientId,
        at,
        kind,
        source,
        isLive,
        hasThread,
        seq,
        mark,
        isWaiting: false,
        bytes: bytes.subarray(start, offset),
      };
    },
  );
}

const decoder = new TextDecoder();

/** As it was received, for who has to look at all of it. */
export function toRemote({ id, bytes, seq, mark }: Arrived): RemoteRow {
  const { row } = JSON.parse(decoder.decode(bytes)) as { readonly row: PackedRow };
  return { table: 'interactions', id, row, seq, ...partsOfMark(mark) };
}
