import { Dexie } from 'dexie';
import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { isTouchKind, SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
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

/** At least this many live interactions are looked at; the last thread is looked for among them. */
const HISTORY_READ = RHYTHM_TOUCHES * 3;
/** Clients whose figures are made at a time: a change of settings concerns every one of them. */
const CLIENTS_AT_A_TIME = 200;

interface Derived {
  readonly standing: Standing;
  readonly entry: RosterEntry | null;
}

/** Brings standings and roster up to date; must run inside the transaction of the write. */
export async function refreshDerived(
  db: MainstayDatabase,
  changes: readonly RowChange[],
): Promise<readonly string[]> {
  const { clientIds, countDeltas } = concerned(changes);
  if (changes.some(isOfTouchKinds)) {
    for (const clientId of await db.standings.toCollection().primaryKeys()) {
      clientIds.add(clientId);
      countDeltas.set(clientId, countDeltas.get(clientId) ?? 0);
    }
  }
  const ids = [...clientIds];
  if (ids.length === 0) return ids;
  const settings = await db.settings.get(SETTINGS_ID);
  const derived: Derived[] = [];
  for (let start = 0; start < ids.length; start += CLIENTS_AT_A_TIME) {
    const some = ids.slice(start, start + CLIENTS_AT_A_TIME);
    derived.push(...(await derive(db, some, countDeltas, settings)));
  }
  // Nothing is kept of a client that is not there and never was in touch: samples go without a trace.
  const isNothing = ({ standing, entry }: Derived): boolean =>
    entry === null && standing.interactionCount === 0;
  await db.standings.bulkDelete(derived.filter(isNothing).map(({ standing }) => standing.clientId));
  await db.standings.bulkPut(
    derived.filter((one) => !isNothing(one)).map(({ standing }) => standing),
  );
  await putRoster(
    db,
    ids,
    derived.map(({ entry }) => entry),
  );
  return ids;
}

/** The clients that the changes are about, and how many interactions each has won or lost. */
function concerned(changes: readonly RowChange[]) {
  const clientIds = new Set<string>();
  const countDeltas = new Map<string, number>();
  for (const change of changes) {
    for (const [row, delta] of [
      [change.before, -1],
      [change.after, 1],
    ] as const) {
      const clientId = row && clientIdOf(change.table, row);
      if (!clientId) continue;
      clientIds.add(clientId);
      if (change.table === 'interactions') {
        const moved = isLive(row) ? delta : 0;
        countDeltas.set(clientId, (countDeltas.get(clientId) ?? 0) + moved);
      }
    }
  }
  return { clientIds, countDeltas };
}

/** Which kinds count as a touch has changed, so every client's touches have. */
function isOfTouchKinds({ table, before, after }: RowChange): boolean {
  if (table !== 'settings') return false;
  const kindsOf = (row: StoredRow | undefined): string =>
    JSON.stringify(row && 'touchKinds' in row ? row.touchKinds : null);
  return kindsOf(before) !== kindsOf(after);
}

/** Standings are read from history only for the clients in `countDeltas`. */
async function derive(
  db: MainstayDatabase,
  ids: readonly string[],
  countDeltas: ReadonlyMap<string, number>,
  settings: Settings | undefined,
): Promise<Derived[]> {
  const [clients, standings] = await Promise.all([
    db.clients.bulkGet([...ids]),
    db.standings.bulkGet([...ids]),
  ]);
  return Promise.all(
    ids.map(async (clientId, index) => {
      const previous = standings[index] ?? emptyStanding(clientId);
      const delta = countDeltas.get(clientId);
      const standing =
        delta === undefined
          ? previous
          : standingOf(
              clientId,
              await latestInteractions(db, clientId, settings),
              previous.interactionCount + delta,
              settings,
            );
      const client = clients[index];
      if (!client || !isLive(client)) return { standing, entry: null };
      const contacts = await db.contacts.where('clientId').equals(clientId).toArray();
      const people = contacts.filter(isLive).map(({ name }) => name);
      return { standing, entry: rosterEntry(client, people, standing) };
    }),
  );
}

const clientIdOf = (table: string, row: StoredRow): string | undefined => {
  if (table === 'clients') return row.id;
  return 'clientId' in row && typeof row.clientId === 'string' ? row.clientId : undefined;
};

/**
 * The newest live interactions: enough of them, and enough touches among them. Deleted ones and
 * kinds that do not count may stand before them in any number, so it reads on until it has both.
 */
async function latestInteractions(
  db: MainstayDatabase,
  clientId: string,
  settings: Settings | undefined,
): Promise<Interaction[]> {
  const history = db.interactions
    .where('[clientId+at]')
    .between([clientId, Dexie.minKey], [clientId, Dexie.maxKey])
    .reverse();
  const latest: Interaction[] = [];
  let touches = 0;
  for (let offset = 0, limit = HISTORY_READ; ; offset += limit, limit *= 4) {
    const rows = await history.clone().offset(offset).limit(limit).toArray();
    for (const row of rows) {
      if (!isLive(row)) continue;
      latest.push(row);
      if (isTouchKind(row.kind, settings)) touches += 1;
      if (latest.length >= HISTORY_READ && touches >= RHYTHM_TOUCHES) return latest;
    }
    if (rows.length < limit) return latest;
  }
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
