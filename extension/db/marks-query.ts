import { SETTINGS_ID } from '../../shared/model/settings.ts';
import { assess, type Strength } from '../../shared/rules/cadence.ts';
import { matchClients, rhythmOfClient } from './card-query.ts';
import type { MainstayDatabase } from './database.ts';
import { promiseToMention, type OpenPromise } from './promise-standing.ts';
import { isLive } from './stored-row.ts';

/** How we stand with the client of one address: what a line of a list has room for. */
export interface ClientMark {
  readonly clientId: string;
  readonly name: string;
  readonly strength: Strength;
  readonly promise: OpenPromise | null;
}

/**
 * The marks of these addresses; who is unknown has none. Indexed reads of who is asked for, in two
 * steps, and no history: a list of a hundred is answered without reading the book.
 */
export async function readMarks(
  db: MainstayDatabase,
  addresses: readonly string[],
  nowMs: number,
): Promise<ReadonlyMap<string, ClientMark>> {
  return db.transaction(
    'r',
    [db.clients, db.contacts, db.settings, db.standings],
    async (): Promise<ReadonlyMap<string, ClientMark>> => {
      const matches = await matchClients(db, addresses);
      const ids = [...new Set(matches.map(({ clientId }) => clientId))];
      if (ids.length === 0) return new Map();
      const [clients, standings, settings] = await Promise.all([
        db.clients.bulkGet(ids),
        db.standings.bulkGet(ids),
        db.settings.get(SETTINGS_ID),
      ]);
      const marks = new Map<string, ClientMark>();
      ids.forEach((clientId, index) => {
        const client = clients[index];
        if (!client || !isLive(client)) return;
        const standing = standings[index];
        const rhythm = rhythmOfClient(client, standing?.touches ?? [], settings);
        const { strength } = assess(rhythm, nowMs);
        const promise = promiseToMention(standing?.promises, nowMs);
        marks.set(clientId, { clientId, name: client.name, strength, promise });
      });
      return new Map(
        matches.flatMap(({ address, clientId }) => {
          const mark = marks.get(clientId);
          return mark ? [[address, mark]] : [];
        }),
      );
    },
  );
}
