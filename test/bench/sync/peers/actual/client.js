import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import {
  create,
  fromBinary,
  getClock,
  makeClientId,
  makeClock,
  merkle,
  MessageEnvelopeSchema,
  MessageSchema,
  serializeClock,
  setClock,
  SyncRequestSchema,
  SyncResponseSchema,
  Timestamp,
  toBinary,
} from '@actual-app/crdt';

const MAX_ROUNDS = 10;

/**
 * Actual's protocol with its own CRDT package (clock, merkle trie, messages), against SQLite in
 * Node. Actual's application only knows budgets, so what it does around the package is done here the
 * same way: a message for a cell, the later one wins, every message kept, and a difference of the
 * tries asks for everything since. A record is one cell when it is new, which is kinder than the
 * application's one message for each of its fields; an edit is a cell of its own.
 */
export function createActualClient({ url, folder, token, fileId, groupId }) {
  const db = new DatabaseSync(join(folder, 'actual.sqlite'));
  db.exec(`
    CREATE TABLE messages_crdt (
      id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE, dataset TEXT NOT NULL,
      row TEXT NOT NULL, column TEXT NOT NULL, value TEXT NOT NULL
    );
    CREATE INDEX messages_of ON messages_crdt (dataset, row, column, timestamp);
    CREATE TABLE messages_clock (id INTEGER PRIMARY KEY, clock TEXT);
    CREATE TABLE records (dataset TEXT, id TEXT, record TEXT, summary TEXT, PRIMARY KEY (dataset, id));
  `);
  const later = db.prepare(
    'SELECT timestamp FROM messages_crdt WHERE dataset = ? AND row = ? AND column = ? AND timestamp >= ? LIMIT 1',
  );
  const keep = db.prepare(
    'INSERT INTO messages_crdt (timestamp, dataset, row, column, value) VALUES (?, ?, ?, ?, ?)',
  );
  const since = db.prepare('SELECT * FROM messages_crdt WHERE timestamp > ? ORDER BY timestamp');
  const keepClock = db.prepare('INSERT OR REPLACE INTO messages_clock (id, clock) VALUES (1, ?)');
  const cells = Object.fromEntries(
    ['record', 'summary'].map((column) => [
      column,
      db.prepare(
        `INSERT INTO records (dataset, id, ${column}) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET ${column} = excluded.${column}`,
      ),
    ]),
  );
  Timestamp.init({ node: makeClientId() });
  setClock(makeClock(new Timestamp(0, 0, makeClientId())));
  let lastSynced = Timestamp.zero.toString();

  function transaction(work) {
    db.exec('BEGIN');
    try {
      work();
      db.exec('COMMIT');
    } catch (error) {
      db.exec('ROLLBACK');
      throw error;
    }
  }

  function apply(messages) {
    transaction(() => {
      const clock = getClock();
      let trie = clock.merkle;
      for (const { timestamp, dataset, row, column, value } of messages) {
        const newer = later.get(dataset, row, column, timestamp);
        if (newer?.timestamp === timestamp) continue;
        // Its values name their type: text begins with S.
        if (!newer) cells[column].run(dataset, row, value.slice(2));
        keep.run(timestamp, dataset, row, column, value);
        trie = merkle.insert(trie, Timestamp.parse(timestamp));
      }
      clock.merkle = merkle.prune(trie);
      keepClock.run(serializeClock(clock));
    });
  }

  async function post(messages, from) {
    const request = create(SyncRequestSchema, {
      fileId,
      groupId,
      since: from,
      messages: messages.map(({ timestamp, ...cell }) =>
        create(MessageEnvelopeSchema, {
          timestamp,
          isEncrypted: false,
          content: toBinary(MessageSchema, create(MessageSchema, cell)),
        }),
      ),
    });
    const response = await fetch(`${url}/sync/sync`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/actual-sync', 'X-ACTUAL-TOKEN': token },
      body: toBinary(SyncRequestSchema, request),
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return fromBinary(SyncResponseSchema, new Uint8Array(await response.arrayBuffer()));
  }

  return {
    db,
    /** @returns the messages, as they will be sent */
    write(changes) {
      const messages = changes.map((change) => ({
        timestamp: Timestamp.send().toString(),
        ...change,
        value: `S:${change.value}`,
      }));
      apply(messages);
      return messages;
    },
    async sync() {
      let from = lastSynced;
      for (let round = 0; round < MAX_ROUNDS; round += 1) {
        const own = since.all(from).map(({ timestamp, dataset, row, column, value }) => ({
          timestamp,
          dataset,
          row,
          column,
          value,
        }));
        const answer = await post(own, from);
        const received = answer.messages.map(({ timestamp, content }) => {
          const { dataset, row, column, value } = fromBinary(MessageSchema, content);
          return { timestamp, dataset, row, column, value };
        });
        for (const { timestamp } of received.slice(-1)) Timestamp.recv(Timestamp.parse(timestamp));
        if (received.length > 0) apply(received);
        const difference = merkle.diff(JSON.parse(answer.merkle), getClock().merkle);
        if (difference === null) {
          lastSynced = getClock().timestamp.toString();
          return;
        }
        from = new Timestamp(difference, 0, '0').toString();
      }
      throw new Error('the tries do not come to agree');
    },
    async send(messages) {
      await post(messages, getClock().timestamp.toString());
    },
  };
}
