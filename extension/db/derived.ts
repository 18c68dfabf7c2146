import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { isTouchKind, SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import type { MainstayDatabase } from './database.ts';
import { bucketOf, rosterEntry, type RosterBucket, type RosterEntry } from './roster.ts';
import { readOpenPromises } from './promise-standing.ts';
import {
  emptyStanding,
  standingOf,
  withAdded,
  withPromises,
  type Added,
  type Standing,
} from './standing.ts';
import { isLive, type StoredRow } from './stored-row.ts';
import { walkHistory } from './walk-history.ts';

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

/** What is read of these clients to bring their figures up to date. */
export interface Known {
  readonly ids: readonly string[];
  readonly settings: Settings | undefined;
  readonly roster: ReadonlyMap<number, Entries>;
  readonly standings: readonly (Standing | undefined)[];
}

export async function readKnown(db: MainstayDatabase, ids: readonly string[]): Promise<Known> {
  const [settings, roster, standings] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    rosterOf(db, ids),
    db.standings.bulkGet([...ids]),
  ]);
  return { ids, settings, roster, standings };
}

/** What is known without being read, from the same transaction. */
export interface Beforehand {
  /** Of the clients that will be concerned. */
  readonly known?: Known | undefined;
  /** What came in bulk, by client. */
  readonly arrived?: ReadonlyMap<string, Additions>;
}

/**
 * Brings standings and roster up to date; must run inside the transaction of the write. `nowMs` is
 * the corrected time, which says what is booked and what is past.
 */
export async function refreshDerived(
  db: MainstayDatabase,
  changes: readonly RowChange[],
  nowMs: number,
  { known: expected, arrived = new Map() }: Beforehand = {},
): Promise<readonly string[]> {
  const about = concerned(changes, arrived);
  const { clientIds, countDeltas } = about;
  if (changes.some(isOfTouchKinds)) {
    for (const clientId of await db.standings.toCollection().primaryKeys()) {
      clientIds.add(clientId);
      countDeltas.set(clientId, countDeltas.get(clientId) ?? 0);
    }
    about.added.clear();
  }
  const ids = [...clientIds];
  if (ids.length === 0) return ids;
  const isExpected = expected?.ids.join() === ids.join();
  const known = expected && isExpected ? expected : await readKnown(db, ids);
  const derived: Derived[] = [];
  for (let start = 0; start < ids.length; start += CLIENTS_AT_A_TIME) {
    const end = start + CLIENTS_AT_A_TIME;
    const some = {
      ...known,
      ids: ids.slice(start, end),
      standings: known.standings.slice(start, end),
    };
    derived.push(...(await derive(db, about, some, nowMs)));
  }
  // Nothing is kept of a client that is not there and never was in touch: samples go without a trace.
  const isNothing = ({ standing, entry }: Derived): boolean =>
    entry === null && standing.interactionCount === 0 && !standing.promises;
  const gone = derived.filter(isNothing).map(({ standing }) => standing.clientId);
  await Promise.all([
    gone.length > 0 && db.standings.bulkDelete(gone),
    db.standings.bulkPut(derived.filter((one) => !isNothing(one)).map(({ standing }) => standing)),
    db.roster.bulkPut(
      withEntries(
        known.roster,
        ids,
        derived.map(({ entry }) => entry),
      ),
    ),
  ]);
  return ids;
}

/** True where nothing that was just written has to be read again: all follows from what is known. */
export function followsFrom(known: Known | undefined, changes: readonly RowChange[]): boolean {
  const { clientIds, added } = concerned(changes, new Map());
  const isListed = (id: string): boolean => known?.roster.get(bucketOf(id))?.[id] !== undefined;
  return [...clientIds].every((id) => added.has(id) && isListed(id));
}

/** New live interactions of one client; those that cannot matter to its standing are only counted. */
export interface Additions {
  readonly added: readonly Added[];
  readonly count: number;
}

interface Concerned {
  readonly clientIds: Set<string>;
  /** How many interactions each client has won or lost. */
  readonly countDeltas: Map<string, number>;
  /** The new interactions of the clients about which nothing else has changed. */
  readonly added: Map<string, Additions>;
  /** Whose promises have changed. */
  readonly promised: Set<string>;
}

function concerned(
  changes: readonly RowChange[],
  arrived: ReadonlyMap<string, Additions>,
): Concerned {
  const clientIds = new Set(arrived.keys());
  const added = new Map(arrived);
  const countDeltas = new Map([...arrived].map(([clientId, { count }]) => [clientId, count]));
  const changedOtherwise = new Set<string>();
  const promised = new Set<string>();
  for (const { table, before, after } of changes) {
    const isNew = table === 'interactions' && !before && after && isLive(after);
    for (const [row, delta] of [
      [before, -1],
      [after, 1],
    ] as const) {
      const clientId = row && clientIdOf(table, row);
      if (!clientId) continue;
      clientIds.add(clientId);
      if (isNew && isInteraction(row)) {
        const known = added.get(clientId) ?? { added: [], count: 0 };
        added.set(clientId, { added: [...known.added, row], count: known.count + 1 });
      } else changedOtherwise.add(clientId);
      if (table === 'promises') promised.add(clientId);
      if (table === 'interactions') {
        const moved = isLive(row) ? delta : 0;
        countDeltas.set(clientId, (countDeltas.get(clientId) ?? 0) + moved);
      }
    }
  }
  for (const clientId of changedOtherwise) added.delete(clientId);
  return { clientIds, countDeltas, added, promised };
}

/** A row of the table `interactions` has been checked by its schema when it was made. */
const isInteraction = (row: StoredRow): row is StoredRow & Interaction => 'kind' in row;

/** Which kinds count as a touch has changed, so every client's touches have. */
function isOfTouchKinds({ table, before, after }: RowChange): boolean {
  if (table !== 'settings') return false;
  const kindsOf = (row: StoredRow | undefined): string =>
    JSON.stringify(row && 'touchKinds' in row ? row.touchKinds : null);
  return kindsOf(before) !== kindsOf(after);
}

/**
 * A log is by far the most frequent write, and it only adds: then what is derived follows from what
 * was, without reading history, contacts or the client.
 */
async function derive(
  db: MainstayDatabase,
  { countDeltas, added, promised }: Concerned,
  { ids, settings, roster, standings }: Known,
  nowMs: number,
): Promise<Derived[]> {
  return Promise.all(
    ids.map(async (clientId, index) => {
      const previous = standings[index] ?? emptyStanding(clientId);
      const more = added.get(clientId);
      const before = roster.get(bucketOf(clientId))?.[clientId];
      if (more && before) {
        const standing = withAdded(previous, more, settings, nowMs);
        const { touches, lastThreadUrl } = standing;
        return { standing, entry: { ...before, touches, lastThreadUrl } };
      }
      const delta = countDeltas.get(clientId);
      const [client, contacts, latest, promises] = await Promise.all([
        db.clients.get(clientId),
        db.contacts.where('clientId').equals(clientId).toArray(),
        delta === undefined ? null : latestInteractions(db, clientId, settings, nowMs),
        promised.has(clientId) ? readOpenPromises(db, clientId) : (previous.promises ?? null),
      ]);
      const touched = latest
        ? standingOf(clientId, latest, previous.interactionCount + (delta ?? 0), settings, nowMs)
        : previous;
      const standing = withPromises(touched, promises);
      if (!client || !isLive(client)) return { standing, entry: null };
      const people = contacts.filter(isLive).map(({ name }) => name);
      return { standing, entry: rosterEntry(client, people, standing) };
    }),
  );
}

type Entries = Readonly<Record<string, RosterEntry>>;

async function rosterOf(
  db: MainstayDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<number, Entries>> {
  const numbers = [...new Set(ids.map(bucketOf))];
  const buckets = await db.roster.bulkGet(numbers);
  return new Map(numbers.map((number, index) => [number, buckets[index]?.entries ?? {}]));
}

const clientIdOf = (table: string, row: StoredRow): string | undefined => {
  if (table === 'clients') return row.id;
  return 'clientId' in row && typeof row.clientId === 'string' ? row.clientId : undefined;
};

/**
 * The newest live interactions: enough of them, and enough past touches among them. Booked ones and
 * kinds that do not count may stand before them in any number.
 */
async function latestInteractions(
  db: MainstayDatabase,
  clientId: string,
  settings: Settings | undefined,
  nowMs: number,
): Promise<Interaction[]> {
  const latest: Interaction[] = [];
  let touches = 0;
  await walkHistory(db, clientId, (interaction) => {
    latest.push(interaction);
    if (interaction.at <= nowMs && isTouchKind(interaction.kind, settings)) touches += 1;
    return latest.length >= HISTORY_READ && touches >= RHYTHM_TOUCHES;
  });
  return latest;
}

function withEntries(
  roster: ReadonlyMap<number, Entries>,
  ids: readonly string[],
  entries: readonly (RosterEntry | null)[],
): RosterBucket[] {
  const contents = new Map(
    [...roster].map(([number, known]): [number, Record<string, RosterEntry>] => [
      number,
      { ...known },
    ]),
  );
  ids.forEach((id, index) => {
    const bucket = contents.get(bucketOf(id));
    const entry = entries[index];
    if (!bucket) return;
    if (entry) bucket[id] = entry;
    else delete bucket[id];
  });
  return [...contents].map(([bucket, content]) => ({ bucket, entries: content }));
}
