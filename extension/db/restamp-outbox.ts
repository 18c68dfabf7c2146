import { Dexie } from 'dexie';
import { hlcOf, isTooFarAhead, maxHlc, tick, toStamp, type Hlc } from '../../shared/clock.ts';
import { latestStamp } from '../../shared/merge.ts';
import { isTableName, tableNames, type TableName } from '../../shared/model/tables.ts';
import type { MainstayDatabase, OutboxEntry } from './database.ts';
import { readBelieved, readClock, readDeviceId, takeShift, writeClock } from './device.ts';
import { queued } from './outbox.ts';
import { ownStampsAhead, restampRow, type Correction } from './restamp.ts';
import { stateOf, toStored, type StoredRow } from './stored-row.ts';

const PAGE_ROWS = 500;

/**
 * Puts right what waits to be sent, and the clock with it, in one transaction: an edit in between
 * would be stamped by the one and overtaken by the other.
 */
export async function restampOutbox(db: MainstayDatabase, nowMs: number): Promise<number> {
  const tables = [...tableNames.map((name) => db.table(name)), db.outbox, db.kv];
  return db.transaction('rw', tables, async () => {
    const [clock, device, shiftMs] = await Promise.all([
      readClock(db),
      readDeviceId(db),
      takeShift(db),
    ]);
    // No stamp of this device is later than its clock, so most often there is nothing to look for.
    if (clock === null || device === null || !isTooFarAhead(toStamp(clock, device), nowMs))
      return 0;
    const believed = await readBelieved(db);
    const correction = { device, nowMs, shiftMs, believed };
    // What nobody else would believe is no reason to stay ahead oneself.
    let latest = believed === null || isTooFarAhead(believed, nowMs) ? tick(null, nowMs) : believed;
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
        if (!isTableName(table)) continue;
        const page = await restampPage(db, table, some, correction);
        restamped += page.count;
        latest = page.latest === null ? latest : maxHlc(latest, page.latest);
      }
    }
    await writeClock(db, latest);
    return restamped;
  });
}

async function restampPage(
  db: MainstayDatabase,
  table: TableName,
  entries: readonly OutboxEntry[],
  correction: Correction,
): Promise<{ readonly count: number; readonly latest: Hlc | null }> {
  const store = db.table<StoredRow, string>(table);
  const rows = await store.bulkGet(entries.map(({ id }) => id));
  const changed: StoredRow[] = [];
  const requeued: OutboxEntry[] = [];
  let latest: Hlc | null = null;
  for (const row of rows) {
    if (!row) continue;
    const before = stateOf(row);
    const state = restampRow(before, correction);
    const stamp = latestStamp(state);
    if (stamp !== null) latest = latest === null ? hlcOf(stamp) : maxHlc(latest, hlcOf(stamp));
    if (ownStampsAhead(before, correction).length === 0) continue;
    const stored = toStored(table, row.id, state, row);
    // Nothing but stamps is different, so it is as readable as before.
    if (!stored.ok) continue;
    changed.push(stored.row);
    requeued.push(queued(table, row.id, state));
  }
  await store.bulkPut(changed);
  await db.outbox.bulkPut(requeued);
  return { count: changed.length, latest };
}
