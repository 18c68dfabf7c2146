import type { Contact } from '../../shared/model/contact.ts';
import {
  cadenceFor,
  DEFAULT_TIER,
  SETTINGS_ID,
  type Settings,
} from '../../shared/model/settings.ts';
import type { Rhythm } from '../../shared/rules/cadence.ts';
import { isHistoryArriving } from './arriving.ts';
import { isRegistryLabel } from '../../shared/rules/domains.ts';
import type { MainstayDatabase, Stored, StoredClient, StoredContact } from './database.ts';
import { emptyStanding, type Standing } from './standing.ts';
import { isLive } from './stored-row.ts';

export interface CardRows {
  readonly client: StoredClient;
  readonly contacts: readonly Contact[];
  readonly standing: Standing;
  readonly isHistoryArriving: boolean;
}

export interface Match {
  /** Empty where it was no address that matched. */
  readonly address: string;
  readonly clientId: string;
  readonly contactId: string | null;
}

export interface Matches {
  /** In the order of `addresses`, each at most once; then who was matched by something else. */
  readonly matches: readonly Match[];
  readonly settings: Stored<Settings> | undefined;
  /** What is known of the first match's client; null when nobody matched. */
  readonly card: CardRows | null;
}

/**
 * By address first, then by the address's domain or a parent of it. One step of parallel reads, and
 * a second one for the card and for whether the clients of the contacts are in use: each step is a
 * wait of its own, and the eye pays for it.
 */
export async function matchPeople(
  db: MainstayDatabase,
  addresses: readonly string[],
  also: readonly Match[] = [],
): Promise<Matches> {
  const [settings, rows] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    Promise.all(addresses.map((address) => readPerson(db, address))),
  ]);
  // Almost always it is in use, so its card is not waited for twice.
  const likely = firstOf([...rows.flatMap((row) => matchOf(row, () => true)), ...also]);
  const [liveClients, likelyCard] = await Promise.all([
    liveAmong(
      db,
      rows.flatMap(({ contacts }) => contacts),
    ),
    likely && readCard(db, likely.clientId),
  ]);
  const found = rows.flatMap((row) => matchOf(row, (id) => liveClients.has(id)));
  const matches = [...found, ...also];
  const first = firstOf(matches);
  const isAsLikely = first?.clientId === likely?.clientId;
  const card = first && !isAsLikely ? await readCard(db, first.clientId) : likelyCard;
  return { matches, settings, card };
}

/** A client's rhythm, from the client's own row and its standing. */
export const rhythmOfClient = (
  client: StoredClient,
  touches: readonly number[],
  settings: Settings | undefined,
): Rhythm => ({
  touches,
  createdAt: client.createdAt,
  status: client.status ?? 'active',
  tier: client.tier ?? DEFAULT_TIER,
  cadence: cadenceFor(client, settings),
  snoozedUntil: client.snoozedUntil ?? null,
  skippedAt: client.skippedAt ?? null,
});

/** Whose client each of these people is, without anybody's card; who is unknown is left out. */
export async function matchClients(
  db: MainstayDatabase,
  addresses: readonly string[],
): Promise<readonly Match[]> {
  const rows = await Promise.all(addresses.map((address) => readPerson(db, address)));
  const liveClients = await liveAmong(
    db,
    rows.flatMap(({ contacts }) => contacts),
  );
  return rows.flatMap((row) => matchOf(row, (id) => liveClients.has(id)));
}

/** What one address is in: contacts by the address, clients by its domain. */
interface PersonRows {
  readonly address: string;
  readonly contacts: readonly StoredContact[];
  readonly clients: readonly StoredClient[];
}

async function readPerson(db: MainstayDatabase, address: string): Promise<PersonRows> {
  const [contacts, ...clients] = await Promise.all([
    db.contacts.where('emailKeys').equals(address).toArray(),
    // One read each: a search for any of several keys walks a cursor, which takes three times as long.
    ...domainsOf(address).map((domain) => db.clients.where('domainKeys').equals(domain).toArray()),
  ]);
  return { address, contacts, clients: clients.flat() };
}

function matchOf(
  { address, contacts, clients }: PersonRows,
  isInUse: (clientId: string) => boolean,
): Match[] {
  const contact = bestContact(contacts.filter(({ clientId }) => isInUse(clientId)));
  if (contact) return [{ address, clientId: contact.clientId, contactId: contact.id }];
  // The longest domain is the most particular one.
  const client = clients.toSorted(
    (a, b) => longestDomain(b, address) - longestDomain(a, address),
  )[0];
  return client ? [{ address, clientId: client.id, contactId: null }] : [];
}

export async function readCard(db: MainstayDatabase, clientId: string): Promise<CardRows | null> {
  const [client, standing, contacts] = await Promise.all([
    db.clients.get(clientId),
    db.standings.get(clientId),
    db.contacts.where('clientId').equals(clientId).toArray(),
  ]);
  if (!client || !isLive(client)) return null;
  return {
    client,
    contacts: contacts.filter(isLive),
    standing: standing ?? emptyStanding(clientId),
    // Asked only where it matters: someone with a touch is never said to have none.
    isHistoryArriving: !standing?.touches.length && (await isHistoryArriving(db)),
  };
}

/**
 * `mail.levi.example` is matched by a client's `mail.levi.example` or `levi.example`, not by
 * `example`; `levi.co.il` not by `co.il`, under which anybody can have a name.
 */
export function domainsOf(address: string): string[] {
  const labels = address.slice(address.lastIndexOf('@') + 1).split('.');
  const domains: string[] = [];
  for (let start = 0; start < labels.length - 1; start++) {
    const isRegistry = start > 0 && start === labels.length - 2 && isRegistryLabel(labels[start]);
    if (!isRegistry) domains.push(labels.slice(start).join('.'));
  }
  return domains;
}

/** Which of these people's clients are in use; a contact may outlive its client for a while. */
export async function liveAmong(
  db: MainstayDatabase,
  contacts: readonly Pick<StoredContact, 'clientId'>[],
): Promise<ReadonlySet<string>> {
  if (contacts.length === 0) return new Set();
  const ids = [...new Set(contacts.map(({ clientId }) => clientId))];
  const clients = await db.clients.bulkGet(ids);
  return new Set(clients.flatMap((client) => (client && isLive(client) ? [client.id] : [])));
}

const firstOf = (matches: readonly Match[]): Match | null => matches[0] ?? null;

/** Someone still there before someone who has left. */
export const bestContact = (contacts: readonly StoredContact[]): StoredContact | undefined =>
  contacts.find(({ hasLeft }) => !hasLeft) ?? contacts[0];

const longestDomain = (client: StoredClient, address: string): number => {
  const domains = new Set(domainsOf(address));
  return Math.max(0, ...client.domainKeys.filter((d) => domains.has(d)).map((d) => d.length));
};
