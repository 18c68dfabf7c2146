import { tick, toStamp } from '../../shared/clock.ts';
import type { Interaction } from '../../shared/model/interaction.ts';
import { membersOf } from '../../shared/model/values.ts';
import type { MainstayDatabase } from '../../extension/db/database.ts';
import type { Device } from '../../extension/db/device.ts';
import { bucketOf, rosterEntry, type RosterEntry } from '../../extension/db/roster.ts';
import { standingOf } from '../../extension/db/standing.ts';
import { generateBook } from '../support/book/generate-book.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly clients: number;
  readonly contacts: number;
  readonly interactions: number;
}

export interface Seeded extends SeedOptions {
  readonly seconds: number;
}

/** How many of a client's latest interactions the derived figures are made from. */
const LATEST = 40;

/** As the writer would leave it, without its one-by-one work: rows, clocks and derived figures. */
export async function seedBook(
  db: MainstayDatabase,
  device: Device,
  options: SeedOptions,
): Promise<Seeded> {
  const started = performance.now();
  const now = Date.now();
  const meta = { base: toStamp(tick(null, now), device.id) };
  const people = new Map<string, string[]>();
  const latest = new Map<string, Interaction[]>();
  const counts = new Map<string, number>();
  const clients: Parameters<typeof rosterEntry>[0][] = [];
  for (const batch of generateBook({ ...options, now })) {
    await db.clients.bulkPut(
      batch.clients.map((row) => ({ ...row, meta, domainKeys: membersOf(row.domains) })),
    );
    await db.contacts.bulkPut(
      batch.contacts.map((row) => ({ ...row, meta, emailKeys: membersOf(row.emails) })),
    );
    await db.interactions.bulkPut(batch.interactions.map((row) => ({ ...row, meta })));
    clients.push(...batch.clients);
    for (const { clientId, name } of batch.contacts) {
      people.set(clientId, [...(people.get(clientId) ?? []), name]);
    }
    for (const row of batch.interactions) {
      counts.set(row.clientId, (counts.get(row.clientId) ?? 0) + 1);
      keepLatest(latest, row);
    }
  }
  const standings = clients.map(({ id }) =>
    standingOf(id, sorted(latest.get(id)), counts.get(id) ?? 0, undefined, now),
  );
  await db.standings.bulkPut(standings);
  const buckets = new Map<number, Record<string, RosterEntry>>();
  clients.forEach((client, index) => {
    const standing = standings[index];
    if (!standing) return;
    const bucket = buckets.get(bucketOf(client.id)) ?? {};
    bucket[client.id] = rosterEntry(client, people.get(client.id) ?? [], standing);
    buckets.set(bucketOf(client.id), bucket);
  });
  await db.roster.bulkPut([...buckets].map(([bucket, entries]) => ({ bucket, entries })));
  return { ...options, seconds: (performance.now() - started) / 1000 };
}

function keepLatest(latest: Map<string, Interaction[]>, row: Interaction): void {
  const rows = latest.get(row.clientId) ?? [];
  rows.push(row);
  latest.set(row.clientId, rows.length > 2 * LATEST ? sorted(rows).slice(0, LATEST) : rows);
}

const sorted = (rows: readonly Interaction[] = []): Interaction[] =>
  rows.toSorted((a, b) => b.at - a.at);
