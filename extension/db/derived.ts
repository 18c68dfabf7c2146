import { RHYTHM_TOUCHES } from '../../shared/rules/cadence.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { isTouchKind, SETTINGS_ID, type Settings } from '../../shared/model/settings.ts';
import { getMany, MANY, putMany, readStretch } from './bulk.ts';
import { concerned, type Additions, type Concerned, type RowChange } from './concerned.ts';
import type { MainstayDatabase, StoredClient, StoredContact } from './database.ts';
import { bucketOf, rosterEntry, type RosterBucket, type RosterEntry } from './roster.ts';
import { readOpenPromises } from './promise-standing.ts';
import {
  emptyStanding,
  standingOf,
  withAdded,
  withPromises,
  withReworded,
  type Standing,
} from './standing.ts';
import { isLive } from './stored-row.ts';
import { walkHistory } from './walk-history.ts';

export type { Additions, RowChange } from './concerned.ts';

/** At least this many live interactions are looked at; the last thread is looked for among them. */
const HISTORY_READ = RHYTHM_TOUCHES * 3;
/** Clients whose figures are made at a time: a change of settings concerns every one of them. */
const CLIENTS_AT_A_TIME = 200;
/** Each holds hundreds of lines in a large book. */
const BUCKETS_AT_A_TIME = 8;

interface Derived {
  readonly standing: Standing;
  readonly entry: RosterEntry | null;
}

type Entries = Readonly<Record<string, RosterEntry>>;

/** What is read of these clients to bring their figures up to date. */
export interface Known {
  readonly ids: readonly string[];
  readonly settings: Settings | undefined;
  readonly roster: ReadonlyMap<number, Entries>;
  readonly standings: readonly (Standing | undefined)[];
}

export async function readKnown(db: MainstayDatabase, ids: readonly string[]): Promise<Known> {
  const numbers = [...new Set(ids.map(bucketOf))];
  const [settings, buckets, standings] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    db.roster.bulkGet(numbers),
    getMany(db.standings, ids, ({ clientId }) => clientId),
  ]);
  const roster = new Map(numbers.map((number, at) => [number, buckets[at]?.entries ?? {}]));
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
  if (about.isOfTouchKinds) {
    for (const clientId of await db.standings.toCollection().primaryKeys()) {
      clientIds.add(clientId);
      countDeltas.set(clientId, countDeltas.get(clientId) ?? 0);
    }
    about.added.clear();
    about.reworded.clear();
  }
  const ids = [...clientIds];
  if (ids.length === 0) return ids;
  const isExpected = expected?.ids.join() === ids.join();
  const known = expected && isExpected ? expected : await readKnown(db, ids);
  const { settings, roster, standings } = known;
  const entries = new Map<string, RosterEntry | null>();
  const put: Standing[] = [];
  const gone: string[] = [];
  const anew: string[] = [];
  const before = new Map(ids.map((id, index) => [id, standings[index]]));
  const keep = (clientId: string, { standing, entry }: Derived): void => {
    entries.set(clientId, entry);
    // Nothing is kept of whom we never were in touch with and owe nothing: samples go without a trace.
    if (standing.interactionCount > 0 || standing.promises) put.push(standing);
    else if (before.get(clientId)) gone.push(clientId);
  };
  // A log is by far the most frequent write, and it only adds; another wording follows it. Then what is
  // derived follows from what was, without reading history, contacts or the client.
  for (const clientId of ids) {
    const more = about.added.get(clientId);
    const reworded = about.reworded.get(clientId);
    const line = lineOf(known, clientId);
    const previous = before.get(clientId) ?? (more && emptyStanding(clientId));
    if (!previous || !line || !(more ?? reworded)) {
      anew.push(clientId);
      continue;
    }
    // What was added may have been reworded since.
    const grown = more ? withAdded(previous, more, settings, nowMs) : previous;
    const standing = withReworded(grown, reworded ?? []);
    const { touches, lastThreadUrl } = standing;
    if (more) keep(clientId, { standing, entry: { ...line, touches, lastThreadUrl } });
    else if (standing !== previous) put.push(standing);
  }
  const context = { about, before, settings, nowMs };
  for (const [clientId, derived] of await deriveAnew(db, anew, context)) keep(clientId, derived);
  await Promise.all([
    gone.length > 0 && db.standings.bulkDelete(gone),
    db.standings.bulkPut(put),
    putMany(db.roster, withEntries(roster, entries), BUCKETS_AT_A_TIME),
  ]);
  return ids;
}

/** True where nothing that was just written has to be read again: all follows from what is known. */
export function followsFrom(known: Known | undefined, changes: readonly RowChange[]): boolean {
  const { clientIds, added } = concerned(changes, new Map());
  return [...clientIds].every((id) => added.has(id) && lineOf(known, id) !== undefined);
}

const lineOf = (known: Known | undefined, clientId: string): RosterEntry | undefined =>
  known?.roster.get(bucketOf(clientId))?.[clientId];

/** The buckets that these lines change; null for a client that has none (any more). */
function withEntries(
  roster: ReadonlyMap<number, Entries>,
  entries: ReadonlyMap<string, RosterEntry | null>,
): RosterBucket[] {
  const contents = new Map<number, Record<string, RosterEntry>>();
  for (const [clientId, entry] of entries) {
    const number = bucketOf(clientId);
    const bucket = contents.get(number) ?? { ...roster.get(number) };
    contents.set(number, bucket);
    if (entry) bucket[clientId] = entry;
    else delete bucket[clientId];
  }
  return [...contents].map(([bucket, content]) => ({ bucket, entries: content }));
}

interface Context {
  readonly about: Concerned;
  readonly before: ReadonlyMap<string, Standing | undefined>;
  readonly settings: Settings | undefined;
  readonly nowMs: number;
}

/** From the client, its contacts and (where those have changed) its history and its promises. */
async function deriveAnew(
  db: MainstayDatabase,
  ids: readonly string[],
  { about, before, settings, nowMs }: Context,
): Promise<[string, Derived][]> {
  if (ids.length === 0) return [];
  const [clients, people] = await Promise.all([readClients(db, ids, about), readPeople(db, ids)]);
  const derived: [string, Derived][] = [];
  for (let start = 0; start < ids.length; start += CLIENTS_AT_A_TIME) {
    const some = ids.slice(start, start + CLIENTS_AT_A_TIME);
    const standings = await Promise.all(
      some.map(async (clientId) => {
        const previous = before.get(clientId) ?? emptyStanding(clientId);
        const delta = about.countDeltas.get(clientId);
        const [latest, promises] = await Promise.all([
          delta === undefined ? null : latestInteractions(db, clientId, settings, nowMs),
          about.promised.has(clientId)
            ? readOpenPromises(db, clientId)
            : (previous.promises ?? null),
        ]);
        const count = previous.interactionCount + (delta ?? 0);
        const touched = latest ? standingOf(clientId, latest, count, settings, nowMs) : previous;
        return withPromises(touched, promises);
      }),
    );
    some.forEach((clientId, index) => {
      const standing = standings[index] ?? emptyStanding(clientId);
      const client = clients.get(clientId);
      const isThere = client !== undefined && isLive(client);
      const entry = isThere ? rosterEntry(client, people.get(clientId) ?? [], standing) : null;
      derived.push([clientId, { standing, entry }]);
    });
  }
  return derived;
}

async function readClients(
  db: MainstayDatabase,
  ids: readonly string[],
  { clients }: Concerned,
): Promise<ReadonlyMap<string, StoredClient | undefined>> {
  const others = ids.filter((id) => !clients.has(id));
  const read = await getMany(db.clients, others, ({ id }) => id);
  const written = ids.flatMap((id): [string, StoredClient | undefined][] =>
    clients.has(id) ? [[id, clients.get(id) as StoredClient | undefined]] : [],
  );
  return new Map([...written, ...others.map((id, index) => [id, read[index]] as const)]);
}

/** The names of the people still at each client, in the order of their ids. */
async function readPeople(
  db: MainstayDatabase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = new Map<string, string[]>();
  const add = (contact: StoredContact): void => {
    if (!isLive(contact)) return;
    const names = people.get(contact.clientId) ?? [];
    names.push(contact.name);
    people.set(contact.clientId, names);
  };
  if (ids.length < MANY) {
    const contacts = await Promise.all(
      ids.map((id) => db.contacts.where('clientId').equals(id).toArray()),
    );
    contacts.flat().forEach(add);
  } else {
    await readStretch(db.contacts, {}, ({ id }) => id, add);
  }
  return people;
}

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
