import { Dexie } from 'dexie';
import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { SETTINGS_ID } from '../../shared/model/settings.ts';
import type { MainstayDatabase } from './database.ts';
import { bucketOf, rosterEntry, type RosterEntry } from './roster.ts';
import { emptyStanding, standingOf, type Standing } from './standing.ts';
import { isLive, type StoredRow } from './stored-row.ts';

/** A row before and after a write; what was there before may be nothing. */
export interface RowChange {
  readonly table: string;
  readonly before: StoredRow | undefined;
  readonly after: StoredRow | undefined;
}

/** Reading somewhat more than is kept leaves room for kinds that do not count as a touch. */
const HISTORY_READ = RHYTHM_TOUCHES * 3;

/** Brings standings and roster up to date; must run inside the transaction of the write. */
export async function refreshDerived(
  db: MainstayDatabase,
  changes: readonly RowChange[],
): Promise<readonly string[]> {
  const countDeltas = new Map<string, number>();
  const clientIds = new Set<string>();
  for (const change of changes) {
    for (const [row, delta] of [[change.before, -1], [change.after, 1]] as const) {
      const clientId = row && clientIdOf(change.table, row);
      if (!clientId) continue;
      clientIds.add(clientId);
      if (change.table === 'interactions') {
        const moved = isLive(row) ? delta : 0;
        countDeltas.set(clientId, (countDeltas.get(clientId) ?? 0) + moved);
      }
    }
  }
  const ids = [...clientIds];
  if (ids.length === 0) return ids;
  const [settings, clients, standings] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    db.clients.bulkGet(ids),
    db.standings.bulkGet(ids),
  ]);
  const entries = await Promise.all(
    ids.map(async (clientId, index): Promise<readonly [Standing, RosterEntry | null]> => {
      const previous = standings[index] ?? emptyStanding(clientId);
      const standing = countDeltas.has(clientId)
        ? standingOf(
            clientId,
            await latestInteractions(db, clientId),
            previous.interactionCount + (countDeltas.get(clientId) ?? 0),
            settings,
          )
        : previous;
      const client = clients[index];
      if (!client || !isLive(client)) return [standing, null];
      const contacts = await db.contacts.where('clientId').equals(clientId).toArray();
      const people = contacts.filter(isLive).map(({ name }) => name);
      return [standing, rosterEntry(client, people, standing)];
    }),
  );
  await db.standings.bulkPut(entries.map(([standing]) => standing));
  await putRoster(db, ids, entries.map(([, entry]) => entry));
  return ids;
}

const clientIdOf = (table: string, row: StoredRow): string | undefined => {
  if (table === 'clients') return row.id;
  return 'clientId' in row && typeof row.clientId === 'string' ? row.clientId : undefined;
};

async function latestInteractions(db: MainstayDatabase, clientId: string): Promise<Interaction[]> {
  const rows = await db.interactions
    .where('[clientId+at]')
    .between([clientId, Dexie.minKey], [clientId, Dexie.maxKey])
    .reverse()
    .limit(HISTORY_READ)
    .toArray();
  return rows.filter(isLive);
}

async function putRoster(
  db: MainstayDatabase,
  ids: readonly string[],
  entries: readonly (RosterEntry | null)[],
): Promise<void> {
  const numbers = [...new Set(ids.map(bucketOf))];
  const buckets = await db.roster.bulkGet(numbers);
  const contents = new Map(
    numbers.map((number, index): [number, Record<string, RosterEntry>] => [
      number,
      { ...buckets[index]?.entries },
    ]),
  );
  ids.forEach((id, index) => {
    const bucket = contents.get(bucketOf(id));
    const entry = entries[index];
    if (!bucket) return;
    if (entry) bucket[id] = entry;
    else delete bucket[id];
  });
  await db.roster.bulkPut([...contents].map(([bucket, content]) => ({ bucket, entries: content })));
}
