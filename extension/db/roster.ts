import type { Client } from '../../shared/model/client.ts';
import type { ClientStatus, Tier } from '../../shared/model/client-words.ts';
import {
  cadenceFor,
  DEFAULT_TIER,
  type Cadence,
  type Settings,
} from '../../shared/model/settings.ts';
import type { Rhythm } from '../../shared/rules/cadence.ts';
import type { OpenPromise } from './promise-standing.ts';
import type { Standing } from './standing.ts';

/**
 * One line per live client with all that Today and the search need, kept in a few dozen large rows:
 * IndexedDB reads rows slowly and bytes quickly, so the whole book is there in one read of 64 rows
 * instead of 10 000. Derived, not synced.
 */
export interface RosterBucket {
  readonly bucket: number;
  readonly entries: Readonly<Record<string, RosterEntry>>;
}

export interface RosterEntry {
  readonly clientId: string;
  readonly name: string;
  readonly people: readonly string[];
  readonly tier: Tier;
  readonly status: ClientStatus;
  /** The client's own cadence; the tier's default is looked up when read, since settings change. */
  readonly cadence: Cadence | null;
  readonly touches: readonly number[];
  readonly createdAt: number;
  readonly snoozedUntil: string | null;
  readonly skippedAt: number | null;
  readonly lastThreadUrl: string | null;
  /** The first of the open ones; absent where there are none. */
  readonly promises?: readonly OpenPromise[];
}

const BUCKETS = 64;
const SHELVES_PER_BUCKET = 2;
export const SHELVES = BUCKETS * SHELVES_PER_BUCKET;

export const bucketOf = (clientId: string): number => hashOf(clientId) % BUCKETS;

/**
 * Where a client's history waits to be sorted in, with that of the others of the shelf. Shelves of one
 * bucket are neighbours, so that who goes from shelf to shelf writes each bucket once or twice.
 */
export function shelfOf(clientId: string): number {
  const hash = hashOf(clientId);
  const half = Math.floor(hash / BUCKETS) % SHELVES_PER_BUCKET;
  return (hash % BUCKETS) * SHELVES_PER_BUCKET + half;
}

function hashOf(clientId: string): number {
  let hash = 0;
  for (let i = 0; i < clientId.length; i++) hash = (hash * 31 + clientId.charCodeAt(i)) >>> 0;
  return hash;
}

export function rosterEntry(
  client: Client,
  people: readonly string[],
  standing: Standing,
): RosterEntry {
  return {
    clientId: client.id,
    name: client.name,
    people,
    tier: client.tier ?? DEFAULT_TIER,
    status: client.status ?? 'active',
    cadence: client.cadence ?? null,
    touches: standing.touches,
    createdAt: client.createdAt,
    snoozedUntil: client.snoozedUntil ?? null,
    skippedAt: client.skippedAt ?? null,
    lastThreadUrl: standing.lastThreadUrl,
    ...(standing.promises && { promises: standing.promises.next }),
  };
}

export const rhythmOf = (entry: RosterEntry, settings: Settings | undefined): Rhythm => ({
  touches: entry.touches,
  createdAt: entry.createdAt,
  status: entry.status,
  tier: entry.tier,
  cadence: cadenceFor(entry, settings),
  snoozedUntil: entry.snoozedUntil,
  skippedAt: entry.skippedAt,
});
