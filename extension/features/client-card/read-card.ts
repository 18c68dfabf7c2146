import type { Settings } from '../../../shared/model/settings.ts';
import { membersOf } from '../../../shared/model/values.ts';
import { assess } from '../../../shared/rules/cadence.ts';
import {
  matchPeople,
  readCard,
  domainsOf,
  rhythmOfClient,
  type CardRows,
  type Match,
} from '../../db/card-query.ts';
import { findNamesakes, matchClues } from '../../db/clue-query.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { findBySource } from '../../db/history.ts';
import { promiseToMention } from '../../db/promise-standing.ts';
import { isLive } from '../../db/stored-row.ts';
import type { Card, CardAnswer, PeopleQuery } from './messages.ts';
import { answerNames } from './read-names.ts';
import { suggestFor } from './suggestion.ts';

export interface CardDeps {
  readonly db: MainstayDatabase;
  readonly now: () => number;
  /** Resolves at once when the list was read before; only asked for when someone is unknown. */
  readonly freeMailDomains: () => Promise<ReadonlySet<string>>;
}

/** The whole path of "who is this": two steps of parallel indexed reads and no history. */
export async function answerCard(deps: CardDeps, query: PeopleQuery): Promise<CardAnswer> {
  const wrote = await answerNames(deps.db, query, true);
  if (wrote?.kind === 'unsure') return wrote;
  const answer = await answerPeople(deps, query, wrote?.kind === 'same' ? wrote.match : null);
  if (answer.kind === 'known') return answer;
  if (wrote?.kind === 'unknown') return wrote;
  const others = await answerNames(deps.db, query, false);
  if (others?.kind === 'same') return answerPeople(deps, query, others.match);
  return others ?? answer;
}

/** `named` is known by the name alone, and comes before those who have an address. */
async function answerPeople(
  deps: CardDeps,
  query: PeopleQuery,
  named: Match | null,
): Promise<CardAnswer> {
  const { clues } = query;
  const also = clues ? await matchClues(deps.db, clues, deps.freeMailDomains) : [];
  const answer = await answerMatches(deps, query, named, also);
  if (answer.kind === 'known' || !clues) return answer;
  const [profile] = clues.profiles;
  // No page but a mailbox asks about strangers: it shows more of them than people want to be asked for.
  if (profile === undefined) return { kind: 'nobody' };
  const personName = query.personName ?? '';
  const namesakes = await findNamesakes(deps.db, personName);
  return { kind: 'profile', profile, personName, namesakes };
}

/** `also` are known by what else the page tells, and come after those who have an address. */
async function answerMatches(
  deps: CardDeps,
  query: PeopleQuery,
  named: Match | null,
  also: readonly Match[],
): Promise<CardAnswer> {
  const strangers = query.people.filter(({ address }) => address !== query.account);
  const { db } = deps;
  return db
    .transaction(
      'r',
      cardTables(db),
      async (): Promise<
        CardAnswer | { readonly kind: 'ask'; readonly person: (typeof strangers)[number] }
      > => {
        const [{ matches: byAddress, settings, card: found }, loggedAt] = await Promise.all([
          matchPeople(
            db,
            strangers.map(({ address }) => address),
            also,
          ),
          findLogged(db, query.source),
        ]);
        const matches = named ? [named, ...byAddress] : byAddress;
        const first = matches[0];
        const card = named ? await readCard(db, named.clientId) : found;
        if (!first || !card) {
          const person = strangers.find(({ address }) => !isNever(address, settings));
          return person ? { kind: 'ask', person } : { kind: 'nobody' };
        }
        const otherIds = [...new Set(matches.map(({ clientId }) => clientId))].filter(
          (id) => id !== first.clientId,
        );
        const others = otherIds.length === 0 ? [] : await db.clients.bulkGet(otherIds);
        const person = strangers.find(({ address }) => address === first.address);
        return {
          kind: 'known',
          card: toCard(card, settings, first.contactId, loggedAt, deps.now()),
          others: others.flatMap((client) =>
            client && isLive(client) ? [{ clientId: client.id, name: client.name }] : [],
          ),
          newPerson: first.contactId === null && person ? suggestFor(person, () => false) : null,
        };
      },
    )
    .then(async (answer): Promise<CardAnswer> => {
      if (answer.kind !== 'ask') return answer;
      const freeMail = await deps.freeMailDomains();
      return {
        kind: 'unknown',
        suggestion: suggestFor(answer.person, (domain) => freeMail.has(domain)),
      };
    });
}

export async function cardOfClient(
  deps: CardDeps,
  clientId: string,
  source: string | null,
): Promise<Card | null> {
  const { db } = deps;
  return db.transaction('r', cardTables(db), async () => {
    const [rows, settings, loggedAt] = await Promise.all([
      readCard(db, clientId),
      db.settings.get('settings'),
      findLogged(db, source),
    ]);
    return rows && toCard(rows, settings, null, loggedAt, deps.now());
  });
}

/** When the page's message was logged, or null. */
async function findLogged(db: MainstayDatabase, source: string | null): Promise<number | null> {
  if (source === null) return null;
  const [logged] = await findBySource(db, source);
  return logged?.at ?? null;
}

const cardTables = (db: MainstayDatabase) => [
  db.clients,
  db.contacts,
  db.settings,
  db.standings,
  db.interactions,
  db.chunks,
  db.places,
  db.kv,
];

function isNever(address: string, settings: Settings | undefined): boolean {
  if (settings?.neverAddresses?.[address]) return true;
  return domainsOf(address).some((domain) => settings?.neverDomains?.[domain]);
}

function toCard(
  { client, contacts, standing, isHistoryArriving }: CardRows,
  settings: Settings | undefined,
  contactId: string | null,
  loggedAt: number | null,
  nowMs: number,
): Card {
  const rhythm = rhythmOfClient(client, standing.touches, settings);
  return {
    clientId: client.id,
    name: client.name,
    tier: rhythm.tier,
    stage: client.stage ?? null,
    status: rhythm.status,
    notes: client.notes ?? '',
    interests: membersOf(client.interests),
    cadence: rhythm.cadence,
    hasOwnCadence: Boolean(client.cadence),
    contacts: contacts.map((contact) => ({
      id: contact.id,
      name: contact.name,
      addresses: membersOf(contact.emails),
      phones: membersOf(contact.phones),
      role: contact.role ?? null,
      isKey: contact.isKey ?? false,
      hasLeft: contact.hasLeft ?? false,
    })),
    contactId,
    assessment: assess(rhythm, nowMs),
    isHistoryArriving,
    promises: standing.promises ?? null,
    promise: promiseToMention(standing.promises, nowMs),
    recent: standing.recent,
    interactionCount: standing.interactionCount,
    loggedAt,
    channel: client.channel ?? null,
  };
}
