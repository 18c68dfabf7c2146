import { Dexie } from 'dexie';
import {
  isTooFarAhead,
  MAX_AHEAD_MS,
  maxHlc,
  tick,
  toStamp,
  type Hlc,
} from '../../shared/clock.ts';
import { isTableName } from '../../shared/model/tables.ts';
import { latestClock, packRow, unpackRow } from '../../shared/row.ts';
import type { ForeignRow, MainstayDatabase, OutboxEntry } from './database.ts';
import { readBelieved, readClock, readDeviceId, takeShift, writeClock } from './device.ts';
import { takeFromChunks } from './history.ts';
import { foreignPacked, queued } from './outbox.ts';
import { readStates } from './read-states.ts';
import {
  correctedStamps,
  later,
  latestBelievable,
  restampRow,
  type Correction,
} from './restamp.ts';
import { stateOf, toStored, type StoredRow } from './stored-row.ts';

const PAGE_ROWS = 500;

/**
 * Puts right what waits to be sent, and the clock with it, in one transaction: an edit in between
 * would be stamped by the one and overtaken by the other.
 */
export async function restampOutbox(db: MainstayDatabase, nowMs: number): Promise<number> {
  return db.transaction('rw', db.tables, async () => {
    const [clock, device, shiftMs] = await Promise.all([
      readClock(db),
      readDeviceId(db),
      takeShift(db),
    ]);
    // No stamp of this device is later than its clock, so most often there is nothing to look for.
    if (clock === null || device === null || !isTooFarAhead(toStamp(clock, device), nowMs))
      return 0;
    const believed = latestBelievable(
      [await readBelieved(db), await lastWritten(db, nowMs)],
      nowMs,
    );
    const correction = { device, nowMs, shiftMs, believed };
    // What nobody else would believe is no reason to stay ahead oneself.
    let latest = believed ?? tick(null, nowMs);
    let restamped = 0;
    for (let after: string[] | typeof Dexie.minKey = Dexie.minKey; ;) {
      const entries: OutboxEntry[] = await db.outbox
        .where(':id')
        .above(after)
        .limit(PAGE_ROWS)
        .toArray();
      const last = entries.at(-1);
      if (!last) break;
      after = [last.table, last.id];
      for (const [table, some] of Map.groupBy(entries, (entry) => entry.table)) {
        const page = await restampPage(db, table, some, correction);
        restamped += page.count;
        latest = page.latest === null ? latest : maxHlc(latest, page.latest);
      }
    }
    await writeClock(db, latest);
    // The clock goes back, and the order of what can be undone with it: else these would be kept for
    // years, and what comes now forgotten first.
    const ahead = await db.undo.where('at').above(latestBelieved(nowMs)).toArray();
    await db.undo.bulkPut(ahead.map((entry) => ({ ...entry, at: latest })));
    return restamped;
  });
}

/** What was written before the clock went ahead may be on its way, and nobody has said that it came. */
async function lastWritten(db: MainstayDatabase, nowMs: number): Promise<Hlc | null> {
  const entry = await db.undo.where('at').belowOrEqual(latestBelieved(nowMs)).last();
  return entry?.at ?? null;
}

/** The latest clock value that anybody believes. */
const latestBelieved = (nowMs: number): Hlc => tick(null, nowMs + MAX_AHEAD_MS);

async function restampPage(
  db: MainstayDatabase,
  table: string,
  entries: readonly OutboxEntry[],
  correction: Correction,
): Promise<{ readonly count: number; readonly latest: Hlc | null }> {
  const ids = entries.map(({ id }) => id);
  const rows: StoredRow[] = [];
  const foreign: ForeignRow[] = [];
  const lifted: { readonly id: string; readonly chunk: number | null }[] = [];
  const requeued: OutboxEntry[] = [];
  let latest: Hlc | null = null;
  for (const { id, row, chunk, stranger, versions, state } of await readStates(db, table, ids)) {
    if (state === null) continue;
    const corrected = correctedStamps(versions, correction);
    const right = restampRow(state, corrected);
    latest = later(latest, latestClock(packRow(right).meta));
    if (corrected.size === 0) continue;
    if (row && isTableName(table)) {
      const stored = toStored(table, id, restampRow(stateOf(row), corrected), row);
      // Nothing but stamps is different, so it is as readable as before.
      if (!stored.ok) continue;
      rows.push(stored.row);
      lifted.push({ id, chunk });
    }
    // Left as it is, it would bring the stamps of before back to the row beside it.
    if (stranger) {
      const restamped = restampRow(unpackRow(foreignPacked(stranger)), corrected);
      foreign.push({ ...stranger, ...packRow(restamped) });
    }
    requeued.push(queued(table, id, right));
  }
  if (isTableName(table)) await db.table<StoredRow, string>(table).bulkPut(rows);
  await takeFromChunks(db, lifted);
  await db.foreign.bulkPut(foreign);
  await db.outbox.bulkPut(requeued);
  return { count: requeued.length, latest };
}
