import { MainstayDatabase } from '../../../extension/db/database.ts';
import { readDevice } from '../../../extension/db/device.ts';
import { foldNames, searchClients } from '../../../extension/db/search-query.ts';
import { readBook, todayOf } from '../../../extension/db/today-query.ts';
import { createWriter, type Edit } from '../../../extension/db/writer.ts';
import { answerCard } from '../../../extension/features/client-card/read-card.ts';
import { newId, type ClientId, type InteractionId } from '../../../shared/model/ids.ts';
import { bucketOf } from '../../../extension/db/roster.ts';
import { openRaw, readCardRows, request, writeLogRows } from './raw-reads.ts';

/** Someone of the seeded book who can write us an email. */
export interface Correspondent {
  readonly address: string;
  readonly name: string;
  readonly clientId: string;
  readonly clientName: string;
}

/** In a page of the extension: the floor under the reads, and the real code on the real book. */
export interface BookPage {
  /** Evenly spread over the book; neighbours belong to clients of different names. */
  correspondents(count: number): Promise<readonly Correspondent[]>;
  /** Milliseconds for the bare rows of one card. */
  rawCard(address: string): Promise<number>;
  /** Milliseconds for the product's own answer about the same person, without the message. */
  card(address: string): Promise<number>;
  /** Milliseconds to read the whole roster bare, and its rows. */
  rawRoster(): Promise<number>;
  /** Milliseconds to read the book, and to work out Today from it. */
  today(): Promise<{ readonly readMs: number; readonly workMs: number; readonly lines: number }>;
  /** Milliseconds for one search over a book that is in memory, as after each keystroke. */
  search(text: string): Promise<number>;
  /** Milliseconds for the bare writes of one log. */
  rawWrite(clientId: string, durability: IDBTransactionDurability): Promise<number>;
  /** Milliseconds for one write of `edits` new interactions with one client each. */
  write(clientIds: readonly string[]): Promise<number>;
}

declare global {
  interface Window {
    book: BookPage;
  }
}

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const ACCOUNT = 'robin@vale-studio.example';
const NEVER_LOGGED = `gmail:${ACCOUNT}:never`;
const db = new MainstayDatabase();
const raw = openRaw('mainstay');
const loaded = readBook(db);
const folded = loaded.then(foldNames);

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

window.book = {
  async correspondents(count) {
    const [contacts, clients] = await Promise.all([db.contacts.toArray(), db.clients.toArray()]);
    const names = new Map(clients.map(({ id, name }) => [String(id), name]));
    const step = Math.max(1, Math.floor(contacts.length / (count * 2)));
    const picked: Correspondent[] = [];
    for (let index = 0; index < contacts.length && picked.length < count; index += step) {
      const { clientId, name, emailKeys, hasLeft } = contacts[index] ?? { emailKeys: [] };
      const [address] = emailKeys;
      const clientName = names.get(String(clientId));
      const isUsable = address !== undefined && clientName !== undefined && hasLeft !== true;
      if (!isUsable || isNear(clientName, picked.at(-1)?.clientName)) continue;
      picked.push({ address, name: name ?? address, clientId: String(clientId), clientName });
    }
    return picked;
  },
  rawCard: async (address) => readCardRows(await raw, address, NEVER_LOGGED),
  async card(address) {
    const deps = { db, now: Date.now, freeMailDomains: async () => new Set<string>() };
    const people = [
      { address, name: '' },
      { address: ACCOUNT, name: '' },
    ];
    const query = { account: ACCOUNT, people, source: NEVER_LOGGED };
    return time(() => answerCard(deps, query));
  },
  async rawRoster() {
    const opened = await raw;
    return time(() => request(opened.transaction('roster').objectStore('roster').getAll()));
  },
  async today() {
    const startedAt = performance.now();
    const book = await readBook(db);
    const readAt = performance.now();
    const lines = todayOf(book, Date.now());
    return {
      readMs: readAt - startedAt,
      workMs: performance.now() - readAt,
      lines: lines.length,
    };
  },
  async search(text) {
    const [book, names] = await Promise.all([loaded, folded]);
    return time(() => searchClients(db, book, text, names));
  },
  rawWrite: async (clientId, durability) =>
    writeLogRows(await raw, clientId, bucketOf(clientId), durability),
  async write(clientIds) {
    const device = await readDevice(db, randomBytes);
    const writer = createWriter({
      db,
      device: device.id,
      now: Date.now,
      newToken: () => newId(randomBytes),
    });
    const at = Date.now();
    const edits = clientIds.map((clientId): Edit => {
      const patch = { clientId: clientId as ClientId, kind: 'call' as const, at, createdAt: at };
      return { table: 'interactions', id: newId<InteractionId>(randomBytes, clientId), patch };
    });
    return time(() => writer.write(edits));
  },
};

/** The panel shows the name among others: one must not be found in the one shown before. */
const isNear = (name: string, before: string | undefined): boolean =>
  before !== undefined && (before.includes(name) || name.includes(before));
