import type { MainstayDatabase } from '../../../../extension/db/database.ts';
import { rowsOfChunk } from '../../../../extension/db/chunk.ts';
import { exchangedOf } from '../../../../extension/db/clocked.ts';
import { readDigest } from '../../../../extension/db/digest-book.ts';
import { packedOf } from '../../../../extension/db/stored-row.ts';
import type { RemoteRow, SyncStore } from '../../../../extension/db/sync-store.ts';
import { tick, toStamp, type DeviceId } from '../../../../shared/clock.ts';
import { editRow, emptyState } from '../../../../shared/merge.ts';
import { addToDigest, newDigest } from '../../../../shared/protocol/digest.ts';
import type { RowKey } from '../../../../shared/protocol/ids.ts';
import {
  flattenFields,
  packRow,
  unpackRow,
  type Fields,
  type PackedRow,
} from '../../../../shared/row.ts';
import { allInteractions } from './derived.ts';
import { DAY_MS, NOW, remote } from './device.ts';

export const OTHER = 'ffffffffffffff01' as DeviceId;

/** A row as another device has written it. */
export const packed = (fields: Fields, ms = NOW - DAY_MS, device = OTHER): PackedRow =>
  packRow(editRow(emptyState, flattenFields(fields), toStamp(tick(null, ms), device)));

/** The same row after another edit. */
export const edited = (row: PackedRow, patch: Fields, ms = NOW, device = OTHER): PackedRow =>
  packRow(editRow(unpackRow(row), flattenFields(patch), toStamp(tick(null, ms), device)));

export const callOf = (clientId: string, at: number, more: Fields = {}): PackedRow =>
  packed({ clientId, kind: 'call', at, createdAt: at, ...more });

/** `count` calls with a client, a day apart, the newest first. */
export const calls = (clientId: string, count: number, seq = 1): RemoteRow[] =>
  Array.from({ length: count }, (_, n) =>
    remote(
      'interactions',
      `${clientId}-call-${1000 + n}`,
      callOf(clientId, NOW - n * DAY_MS),
      seq + n,
    ),
  );

export async function settleAll(store: SyncStore, nowMs = NOW): Promise<void> {
  while (await store.settle(nowMs));
}

export async function inBulk(
  store: SyncStore,
  rows: readonly RemoteRow[],
  nowMs = NOW,
): Promise<void> {
  await store.applyRemote(rows, null, nowMs, { inBulk: true });
  await settleAll(store, nowMs);
}

export async function tidyAll(store: SyncStore, nowMs = NOW): Promise<void> {
  while (await store.tidy(nowMs));
}

/** All that can be seen of a database, whichever form its interactions have. */
export async function seen(db: MainstayDatabase) {
  const [interactions, clients, contacts, settings, foreign, standings, roster, digest] =
    await Promise.all([
      allInteractions(db),
      db.clients.toArray(),
      db.contacts.toArray(),
      db.settings.toArray(),
      db.foreign.toArray(),
      db.standings.toArray(),
      db.roster.toArray(),
      readDigest(db),
    ]);
  return {
    interactions: interactions.map((row) => ({
      id: row.id,
      ...exchangedOf(row),
      ...packRow(unpackRow(packedOf(row))),
    })),
    others: { clients, contacts, settings, foreign },
    standings,
    roster,
    waiting: await waiting(db),
    digest,
  };
}

/** The names of what waits to be sent, wherever it is noted. */
async function waiting(db: MainstayDatabase): Promise<string[]> {
  const [entries, chunks] = await Promise.all([db.outbox.toArray(), db.chunks.toArray()]);
  const chunked = chunks.flatMap(rowsOfChunk).filter(({ isWaiting }) => isWaiting);
  return [
    ...entries.map(({ table, id }) => `${table}/${id}`),
    ...chunked.map(({ id }) => `interactions/${id}`),
  ].toSorted();
}

/** The digest counted anew, row by row, by what the worker counts with. */
export async function digestFromScratch(db: MainstayDatabase): Promise<Uint8Array> {
  const rows = [
    ...(await db.clients.toArray()),
    ...(await db.contacts.toArray()),
    ...(await db.settings.toArray()),
    ...(await db.foreign.toArray()),
    ...(await allInteractions(db)),
  ];
  const digest = newDigest();
  for (const { mark } of rows) {
    if (mark) addToDigest(digest, { rkey: mark.slice(0, 2) as RowKey, hash: mark.slice(2) });
  }
  return digest;
}
