import { expect } from 'vitest';
import type { MainstayDatabase } from '../../../../extension/db/database.ts';
import { openPromisesOf } from '../../../../extension/db/promise-standing.ts';
import { rosterEntry, type RosterEntry } from '../../../../extension/db/roster.ts';
import { keptTouches, standingOf, withPromises } from '../../../../extension/db/standing.ts';
import {
  rowsOfChunk,
  toInteraction,
  type StoredInteraction,
} from '../../../../extension/db/chunk.ts';
import { isLive } from '../../../../extension/db/stored-row.ts';
import { readBook } from '../../../../extension/db/today-query.ts';
import { SETTINGS_ID } from '../../../../shared/model/settings.ts';
import { NOW } from './device.ts';

/** Of both forms, in the order of their ids. */
export async function allInteractions(db: MainstayDatabase): Promise<StoredInteraction[]> {
  const [rows, chunks] = await Promise.all([db.interactions.toArray(), db.chunks.toArray()]);
  return [...rows, ...chunks.flatMap(rowsOfChunk).map(toInteraction)].toSorted((a, b) =>
    a.id < b.id ? -1 : 1,
  );
}

/**
 * From the rows alone, without looking at anything derived. What was booked when a standing was made
 * may be past by now: more touches are kept then than would be.
 */
export async function expectDerivedFromScratch(
  db: MainstayDatabase,
  nowMs: number = NOW,
): Promise<void> {
  const [settings, clients, contacts, interactions, promises, standings, book] = await Promise.all([
    db.settings.get(SETTINGS_ID),
    db.clients.toArray(),
    db.contacts.toArray(),
    allInteractions(db),
    db.promises.toArray(),
    db.standings.toArray(),
    readBook(db),
  ]);
  const entries: RosterEntry[] = [];
  for (const client of clients) {
    const history = interactions
      .filter((row) => row.clientId === client.id && isLive(row))
      .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    const owed = promises.filter((row) => row.clientId === client.id && isLive(row));
    const standing = withPromises(
      standingOf(client.id, history, history.length, settings, nowMs),
      openPromisesOf(owed),
    );
    const stored = standings.find(({ clientId }) => clientId === client.id);
    if (stored || history.length > 0 || standing.promises) {
      expect(stored && { ...stored, touches: keptTouches(stored.touches, nowMs) }).toEqual(
        standing,
      );
    }
    if (!isLive(client)) continue;
    const people = contacts.filter((row) => row.clientId === client.id && isLive(row));
    entries.push(
      rosterEntry(
        client,
        people.map(({ name }) => name),
        standing,
      ),
    );
  }
  const inOrder = (some: readonly RosterEntry[]): RosterEntry[] =>
    some.toSorted((a, b) => (a.clientId < b.clientId ? -1 : 1));
  const kept = book.entries.map((entry) => ({
    ...entry,
    touches: keptTouches(entry.touches, nowMs),
  }));
  expect(inOrder(kept)).toEqual(inOrder(entries));
}
