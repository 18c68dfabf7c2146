import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { begin } from '../unit/protocol/support/people.ts';
import { codeOf, postJson } from './support/ask.ts';
import { askStatus, creationOf, objectOf, toDevice } from './support/device.ts';

/** What an object of the first version had in it. */
const FIRST_VERSION = [
  'CREATE TABLE migrations (version INTEGER PRIMARY KEY)',
  'INSERT INTO migrations (version) VALUES (1)',
  `CREATE TABLE workspace (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    epoch TEXT NOT NULL, head INTEGER NOT NULL, row_count INTEGER NOT NULL, byte_count INTEGER NOT NULL,
    key_epoch INTEGER NOT NULL, key_check TEXT NOT NULL, proof_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL
  )`,
  `CREATE TABLE devices (
    id TEXT PRIMARY KEY, token_hash BLOB NOT NULL, label TEXT NOT NULL,
    created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
  ) WITHOUT ROWID`,
  `CREATE TABLE batches (
    device TEXT NOT NULL, number INTEGER NOT NULL, digest BLOB NOT NULL, result TEXT NOT NULL,
    PRIMARY KEY (device, number)
  ) WITHOUT ROWID`,
  `CREATE TABLE rows (
    seq INTEGER PRIMARY KEY, rkey BLOB NOT NULL UNIQUE, lane INTEGER NOT NULL,
    epoch INTEGER NOT NULL, device TEXT NOT NULL, hash TEXT NOT NULL, sealed BLOB NOT NULL
  )`,
  `INSERT INTO workspace VALUES (1, '${'a'.repeat(32)}', 7, 1, 1, 1, '${'b'.repeat(32)}', x'00', 0)`,
  `INSERT INTO rows VALUES (7, x'00', 0, 1, '${'c'.repeat(16)}', '${'d'.repeat(32)}', x'00')`,
];

describe('the database of an object', () => {
  it('of the first version is brought to this one when the object wakes', async () => {
    const begun = await begin();
    const { workspace, owner, first, keyring } = begun;
    await runInDurableObject(objectOf({ workspace }), (_object, { storage }) => {
      for (const statement of FIRST_VERSION) storage.sql.exec(statement);
    });
    await evictDurableObject(objectOf({ workspace }));
    const epoch = 'a'.repeat(32) as Parameters<typeof toDevice>[0]['epoch'];
    const device = await toDevice({ workspace, keyring, newest: first, chain: [], epoch }, owner);
    // Nobody signed for it, so its device brings it back, as after any loss.
    expect(await codeOf(await askStatus(device))).toBe('no-workspace');
    expect((await postJson('/v1/workspaces', await creationOf(begun))).status).toBe(201);
    expect(await (await askStatus(device)).json()).toMatchObject({ head: 0, usage: { rows: 0 } });
  });

  it('is migrated once, however often the object wakes', async () => {
    const begun = await begin();
    await postJson('/v1/workspaces', await creationOf(begun));
    const versions = () =>
      runInDurableObject(objectOf(begun), (_object, { storage }) =>
        storage.sql.exec('SELECT version FROM migrations ORDER BY version').toArray(),
      );
    const before = await versions();
    await evictDurableObject(objectOf(begun));
    expect(await versions()).toEqual(before);
    expect(before.map(({ version }) => version)).toEqual([1, 2]);
  });
});
