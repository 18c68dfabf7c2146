import type { Contact } from '../../shared/model/contact.ts';
import { membersOf } from '../../shared/model/values.ts';
import type { MainstayDatabase } from './database.ts';
import { isLive } from './stored-row.ts';

export interface Interested {
  readonly clientId: string;
  readonly name: string;
  readonly interests: readonly string[];
  /** Whom to write to: the key contact first, nobody who has left; null without an address. */
  readonly contact: { readonly id: string; readonly name: string; readonly address: string } | null;
}

/** Every client with an interest, by name. Only asked for when something is to be shared. */
export async function readInterested(db: MainstayDatabase): Promise<readonly Interested[]> {
  const clients = (await db.clients.toArray())
    .filter((client) => isLive(client))
    .map(({ id, name, interests }) => ({ clientId: id, name, interests: membersOf(interests) }))
    .filter(({ interests }) => interests.length > 0);
  const ids = clients.map(({ clientId }) => clientId);
  const contacts = (await db.contacts.where('clientId').anyOf(ids).toArray()).filter(isLive);
  const byClient = Map.groupBy(contacts, ({ clientId }): string => clientId);
  return clients
    .map((client) => ({ ...client, contact: bestOf(byClient.get(client.clientId) ?? []) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function bestOf(contacts: readonly Contact[]): Interested['contact'] {
  const reachable = contacts.flatMap(({ id, name, emails, isKey, hasLeft, createdAt }) => {
    const address = membersOf(emails)[0];
    return address === undefined || hasLeft
      ? []
      : [{ id, name, address, isKey: isKey === true, createdAt }];
  });
  const [best] = reachable.sort(
    (a, b) => Number(b.isKey) - Number(a.isKey) || a.createdAt - b.createdAt,
  );
  return best ? { id: best.id, name: best.name, address: best.address } : null;
}
