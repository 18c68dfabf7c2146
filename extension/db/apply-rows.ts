import { isTooFarAhead, maxHlc, type Hlc } from '../../shared/clock.ts';
import { mergeRows, type RowState } from '../../shared/merge.ts';
import { isTableName } from '../../shared/model/tables.ts';
import { latestClock, packRow, unpackRow } from '../../shared/row.ts';
import { FEW, putMany } from './bulk.ts';
import { markOf, type Exchanged } from './clocked.ts';
import type { ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import type { DigestBook } from './digest-book.ts';
import type { RowChange } from './derived.ts';
import { locate, NOWHERE, rewriteChunks, takeFromChunks, type Located } from './history.ts';
import { foreignPacked, queued } from './outbox.ts';
import { stateOf, toStored, type StoredRow } from './stored-row.ts';
import { hasSome, readStrangers } from './strangers.ts';
import type { RemoteRow, RowName } from './sync-store.ts';

export interface Believable {
  readonly rows: readonly RemoteRow[];
  readonly tooFarAhead: readonly RowName[];
  /** The latest clock value among the rows. */
  readonly highest: Hlc | null;
}

/** Rows stamped more than an hour ahead are not taken in: they would win every merge to come. */
export function believe(remotes: readonly RemoteRow[], nowMs: number): Believable {
  const rows: RemoteRow[] = [];
  const tooFarAhead: RowName[] = [];
  let highest: Hlc | null = null;
  for (const remote of remotes) {
    const latest = latestClock(remote.row.meta);
    if (isTooFarAhead(latest, nowMs)) {
      tooFarAhead.push({ table: remote.table, id: remote.id });
      continue;
    }
    rows.push(remote);
    highest = highest === null ? latest : maxHlc(highest, latest);
  }
  return { rows, tooFarAhead, highest };
}

/** Written in one go; of more, the thread would be busy for longer than a frame may be late. */
const ROWS_AT_A_TIME = 500;

/** Merges rows of any tables; must run inside a transaction over everything. */
export async function mergeRemote(
  db: MainstayDatabase,
  rows: readonly RemoteRow[],
  digest: DigestBook,
): Promise<RowChange[]> {
  const changes: RowChange[] = [];
  for (const [table, group] of Map.groupBy(rows, ({ table }) => table)) {
    for (let start = 0; start < group.length; start += ROWS_AT_A_TIME) {
      const some = group.slice(start, start + ROWS_AT_A_TIME);
      changes.push(...(await mergeTable(db, table, some, digest)));
    }
  }
  return changes;
}

interface Versions {
  readonly id: string;
  /** What the worker has now, and that merged with the older versions that came along. */
  readonly latest: RowState;
  readonly all: RowState;
  readonly exchanged: Required<Exchanged>;
}

/** A worker that misbehaves can send one row twice: the later must not be lost to the earlier. */
function joinVersions(versions: readonly RemoteRow[]): Versions {
  const [newest, ...older] = versions.toSorted((a, b) => b.seq - a.seq);
  if (!newest) throw new Error('a group of rows is never empty');
  const latest = unpackRow(newest.row);
  const all = older.reduce((state, { row }) => mergeRows(state, unpackRow(row)), latest);
  return { id: newest.id, latest, all, exchanged: { seq: newest.seq, mark: markOf(newest) } };
}

/** What one table's rows lead to, to be written at once. */
interface Writes {
  readonly rows: StoredRow[];
  readonly foreign: ForeignRow[];
  /** The ids of those that were there before. */
  readonly strangers: string[];
  /** Rows that leave their chunk; and those that stay and only learn what the worker calls them. */
  readonly lifted: { readonly id: string; readonly chunk: number }[];
  readonly staying: Map<
    string,
    { readonly chunk: number; readonly exchanged: Required<Exchanged> }
  >;
  readonly queue: OutboxEntry[];
  readonly settled: [string, string][];
  readonly changes: RowChange[];
}

async function mergeTable(
  db: MainstayDatabase,
  table: string,
  received: readonly RemoteRow[],
  digest: DigestBook,
): Promise<RowChange[]> {
  const remotes = [...Map.groupBy(received, ({ id }) => id).values()].map(joinVersions);
  const ids = remotes.map(({ id }) => id);
  const [located, strangers] = await Promise.all([
    isTableName(table) ? locate(db, table, ids) : [],
    readStrangers(db, table, ids),
  ]);
  const writes: Writes = {
    rows: [],
    foreign: [],
    strangers: ids.filter((_, index) => strangers[index]),
    lifted: [],
    staying: new Map(),
    queue: [],
    settled: [],
    changes: [],
  };
  remotes.forEach((remote, index) => {
    mergeOne(table, remote, located[index] ?? NOWHERE, strangers[index], writes, digest);
  });
  await write(db, table, writes);
  return writes.changes;
}

function mergeOne(
  table: string,
  { id, latest, all, exchanged }: Versions,
  { row: local, chunk }: Located,
  stranger: ForeignRow | undefined,
  writes: Writes,
  digest: DigestBook,
): void {
  const ours = [local && stateOf(local), stranger && unpackRow(foreignPacked(stranger))].filter(
    (state) => state !== undefined,
  );
  const merged = ours.reduce(mergeRows, all);
  const mine = ours.length > 0 ? ours.reduce(mergeRows) : null;
  const bringsNothing = mine !== null && isSamePack(merged, mine);
  // The worker's numbers only grow, so this is an older version, and says nothing about what waits.
  const known = stranger?.seq ?? local?.seq;
  if (bringsNothing && known !== undefined && known > exchanged.seq) return;
  digest.remove(local);
  digest.remove(stranger);
  digest.add(exchanged);
  const isAsSent = (ours.length === 0 && all === latest) || isSamePack(merged, latest);
  if (isAsSent) writes.settled.push([table, id]);
  else writes.queue.push(queued(table, id, merged));
  if (chunk !== null && bringsNothing && isAsSent) {
    writes.staying.set(id, { chunk, exchanged });
    return;
  }
  if (chunk !== null) writes.lifted.push({ id, chunk });
  const stored = isTableName(table)
    ? toStored(table, id, merged, exchanged)
    : ({ ok: false, reason: 'table' } as const);
  if (stored.ok) {
    writes.rows.push(stored.row);
    writes.changes.push({ table, before: local, after: stored.row });
    return;
  }
  writes.foreign.push({ table, id, ...packRow(merged), ...exchanged, reason: stored.reason });
  if (!local) return;
  // The last version that can be read stays to be shown; the digest counts the other one.
  const { mark: _, ...shown } = local;
  writes.rows.push(shown);
}

/** All at once, since no row is in two of these: each wait is felt on the other device. */
async function write(db: MainstayDatabase, table: string, writes: Writes): Promise<void> {
  const { rows, foreign, strangers, queue, settled } = writes;
  const isForeign = new Set(foreign.map(({ id }) => id));
  const readable = isTableName(table) ? strangers.filter((id) => !isForeign.has(id)) : [];
  await Promise.all([
    isTableName(table) && putMany(db.table<StoredRow, string>(table), rows),
    db.foreign.bulkDelete(readable.map((id): [string, string] => [table, id])),
    writeChunks(db, writes),
    takeFromOutbox(db, table, settled),
    db.outbox.bulkPut(queue),
  ]);
  await db.foreign.bulkPut(foreign);
}

async function writeChunks(db: MainstayDatabase, { lifted, staying }: Writes): Promise<void> {
  await takeFromChunks(db, lifted);
  const numbers = new Set([...staying.values()].map(({ chunk }) => chunk));
  await rewriteChunks(db, [...numbers], (row) => {
    const stays = staying.get(row.id);
    return stays ? { ...row, ...stays.exchanged, isWaiting: false } : row;
  });
}

async function takeFromOutbox(
  db: MainstayDatabase,
  table: string,
  settled: [string, string][],
): Promise<void> {
  if (settled.length < FEW || (await hasSome(db.outbox, table))) {
    await db.outbox.bulkDelete(settled);
  }
}

/** Packing is canonical, so equal text means equal rows. */
export const isSamePack = (a: RowState, b: RowState): boolean =>
  JSON.stringify(packRow(a)) === JSON.stringify(packRow(b));
