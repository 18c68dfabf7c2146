import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { open } from '../../shared/seal.ts';
import { codeOf, errorOf, randomHex } from './support/ask.ts';
import { addDevice, createWorkspace, objectOf, statusOf, type Device } from './support/device.ts';
import { frameOf, pull, pullResponse, push, pushFrame, readPushResult } from './support/rows.ts';

/** What the worker has counted, and what lies in its tables. */
async function countedBytes(device: Device) {
  const row = await runInDurableObject(objectOf(device), (_object, { storage }) =>
    storage.sql
      .exec<{ a: number; b: number; c: number; d: number }>(
        `SELECT byte_count AS a, (SELECT coalesce(sum(length(sealed)), 0) FROM rows) AS b,
           version_bytes AS c, (SELECT coalesce(sum(length(sealed)), 0) FROM versions) AS d
         FROM workspace`,
      )
      .one(),
  );
  return { counted: { rows: row.a, versions: row.c }, real: { rows: row.b, versions: row.d } };
}

describe('push', () => {
  it('gives each accepted row a number of its own and moves the head', async () => {
    const device = await createWorkspace();
    const { header } = await push(device, 1, [
      { id: 'a', text: 'one', seq: null },
      { id: 'b', text: 'two', seq: null },
    ]);
    expect(header).toMatchObject({ before: 0, head: 2 });
    expect(header.results).toEqual([
      { status: 'accepted', seq: 1 },
      { status: 'accepted', seq: 2 },
    ]);
  });

  it('answers a repeated batch with the stored result, also after the object was evicted', async () => {
    const device = await createWorkspace();
    const frame = await frameOf(device, 1, [{ id: 'a', text: 'one', seq: null }]);
    const first = await readPushResult(await pushFrame(device, frame));
    await evictDurableObject(objectOf(device));
    const again = await readPushResult(await pushFrame(device, frame));
    expect(again.header.results).toEqual(first.header.results);
    expect((await pull(device, 0)).header).toMatchObject({ head: 1, rows: [{ seq: 1 }] });
  });

  it('refuses other rows under a number already used, and names the last one', async () => {
    const device = await createWorkspace();
    await push(device, 7, [{ id: 'a', text: 'one', seq: null }]);
    const other = await pushFrame(
      device,
      await frameOf(device, 7, [{ id: 'b', text: 'x', seq: null }]),
    );
    expect(other.status).toBe(409);
    expect(await other.json()).toEqual({ error: { code: 'batch-number-used', last: 7 } });
  });

  it('answers a stale write with the version that won, and leaves that one in place', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    await push(a, 1, [{ id: 'row', text: 'first', seq: null }]);
    await push(b, 1, [{ id: 'row', text: 'second', seq: 1 }]);
    const { header, blobs } = await push(a, 2, [
      { id: 'row', text: 'third', seq: 1 },
      { id: 'other', text: 'untouched by it', seq: null },
    ]);
    const [theirs] = (await pull(b, 1)).header.rows;
    expect(header.results).toMatchObject([
      { status: 'conflict', seq: 2, hash: theirs?.hash },
      { status: 'accepted', seq: 3 },
    ]);
    const rkey = await a.keys.rowKey('clients', 'row');
    const winner = await open(a.keys, rkey, blobs[0] ?? new Uint8Array(0));
    expect(winner.ok && new TextDecoder().decode(winner.value)).toContain('second');
    const merged = await push(a, 3, [{ id: 'row', text: 'merged', seq: 2 }]);
    expect(merged.header.results).toEqual([{ status: 'accepted', seq: 4 }]);
  });

  it('says "same" for equal content and writes nothing', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    await push(a, 1, [{ id: 'row', text: 'equal', seq: null }]);
    const { header } = await push(b, 1, [{ id: 'row', text: 'equal', seq: null }]);
    expect(header).toMatchObject({ head: 1, results: [{ status: 'same', seq: 1 }] });
  });

  it('takes the first of two versions of one row in a batch, and that one alone', async () => {
    const device = await createWorkspace();
    const { header } = await push(device, 1, [
      { id: 'row', text: 'first', seq: null },
      { id: 'row', text: 'second', seq: 1 },
      { id: 'row', text: 'first', seq: null },
    ]);
    const statuses = header.results.map(({ status }) => status);
    expect(statuses).toEqual(['accepted', 'conflict', 'conflict']);
    expect((await pull(device, 0)).header.rows).toMatchObject([{ seq: 1 }]);
    const { counted, real } = await countedBytes(device);
    expect(counted).toEqual(real);
  });

  it('refuses an envelope sealed as another device, and that row alone', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const forged = await frameOf({ ...a, id: b.id }, 1, [{ id: 'row', text: 'x', seq: null }]);
    const { header } = await readPushResult(await pushFrame(a, forged));
    expect(header.results).toEqual([{ status: 'refused', reason: 'not-yours' }]);
  });

  it('counts bytes exactly: over the quota rows are refused, and pulling goes on', async () => {
    const device = await createWorkspace();
    const text = Array.from({ length: 4 }, () => randomHex(25_000)).join('');
    const results = [];
    for (let batch = 1; batch <= 12; batch += 1) {
      const { header } = await push(device, batch, [
        { id: `big-${String(batch)}`, text, seq: null },
      ]);
      results.push(...header.results);
    }
    const accepted = results.filter(({ status }) => status === 'accepted').length;
    expect(results.slice(accepted)).toEqual(
      Array.from({ length: 12 - accepted }, () => ({ status: 'refused', reason: 'quota-bytes' })),
    );
    const { counted, real } = await countedBytes(device);
    expect(counted).toEqual(real);
    expect(counted.rows).toBeLessThanOrEqual(600_000);
    expect((await pull(device, 0)).header.rows).toHaveLength(accepted);
  });

  it('lets versions give way before it refuses a row, and counts them exactly', async () => {
    const device = await createWorkspace();
    const text = () => Array.from({ length: 4 }, () => randomHex(25_000)).join('');
    let seq: number | null = null;
    for (let batch = 1; batch <= 8; batch += 1) {
      const { header } = await push(device, batch, [{ id: 'row', text: text(), seq }]);
      seq = header.head;
      const { counted, real } = await countedBytes(device);
      expect(counted).toEqual(real);
      expect(counted.versions).toBeLessThanOrEqual(150_000);
      expect((await statusOf(device)).usage).toMatchObject({
        bytes: counted.rows + counted.versions,
        versionBytes: counted.versions,
      });
    }
    for (let batch = 9; batch <= 12; batch += 1) {
      await push(device, batch, [{ id: `more-${String(batch)}`, text: text(), seq: null }]);
    }
    const { counted } = await countedBytes(device);
    expect(counted.rows + counted.versions).toBeLessThanOrEqual(600_000);
    expect(counted.rows).toBeGreaterThan(450_000);
  });

  it('lets a row be deleted although the quota is reached', async () => {
    const device = await createWorkspace();
    await push(device, 1, [{ id: 'small', text: 'x', seq: null }]);
    // In steps that end as close below the quota as a row can be.
    let batch = 2;
    for (const size of [50_000, 10_000, 2000, 500, 100]) {
      for (;;) {
        const row = { id: `fill-${String(batch)}`, text: randomHex(size), seq: null };
        const { header } = await push(device, batch, [row]);
        batch += 1;
        if (header.results[0]?.status === 'refused') break;
      }
    }
    const longer = { id: 'small', text: randomHex(180), seq: 1 };
    const alive = await push(device, batch, [longer]);
    expect(alive.header.results).toEqual([{ status: 'refused', reason: 'quota-bytes' }]);
    const deleted = await push(device, batch + 1, [{ ...longer, dead: true }]);
    expect(deleted.header.results[0]?.status).toBe('accepted');
  });

  it('counts rows exactly: a change to an existing row is taken when no new one is', async () => {
    const device = await createWorkspace();
    const rows = (prefix: string) =>
      Array.from({ length: 200 }, (_, n) => ({
        id: `${prefix}${String(n)}`,
        text: 'x',
        seq: null,
      }));
    await push(device, 1, rows('r'));
    await push(device, 2, rows('s'));
    const { header } = await push(device, 3, rows('t'));
    expect(header.results.filter(({ status }) => status === 'accepted')).toHaveLength(100);
    const changed = await push(device, 4, [{ id: 'r0', text: 'y', seq: 1 }]);
    expect(changed.header.results[0]?.status).toBe('accepted');
  });

  it('refuses a body beyond the limit and a frame whose sizes do not add up', async () => {
    const device = await createWorkspace();
    expect((await pushFrame(device, new Uint8Array(900_001))).status).toBe(413);
    const frame = await frameOf(device, 1, [{ id: 'a', text: 'one', seq: null }]);
    const short = await pushFrame(device, frame.slice(0, -1));
    expect(await codeOf(short)).toBe('bad-request');
  });
});

describe('pull', () => {
  it('gives pages within the limit, in the order of writing, without a gap', async () => {
    const device = await createWorkspace();
    const edits = Array.from({ length: 30 }, (_, n) => ({
      id: `r${String(n)}`,
      text: 'x',
      seq: null,
    }));
    await push(device, 1, edits);
    const seen: number[] = [];
    let since = 0;
    for (;;) {
      const { header } = await pull(device, since, { limit: 7 });
      seen.push(...header.rows.map(({ seq }) => seq));
      since = header.next;
      if (header.isComplete) break;
    }
    expect(seen).toEqual(edits.map((_, index) => index + 1));
    expect(since).toBe(30);
  });

  it('gives one lane at a time when asked', async () => {
    const device = await createWorkspace();
    await push(device, 1, [
      { id: 'history', text: 'x', seq: null, lane: 1 },
      { id: 'client', text: 'x', seq: null, lane: 0 },
    ]);
    expect((await pull(device, 0, { lane: 0 })).header.rows).toMatchObject([{ seq: 2 }]);
    expect((await pull(device, 0, { lane: 1 })).header).toMatchObject({
      next: 2,
      rows: [{ seq: 1 }],
    });
  });

  it('says of each row its lane, its hash and whether it is deleted', async () => {
    const device = await createWorkspace();
    await push(device, 1, [
      { id: 'a', text: 'x', seq: null, lane: 1 },
      { id: 'b', text: 'y', seq: null, dead: true },
    ]);
    const { rows } = (await pull(device, 0)).header;
    expect(rows).toMatchObject([{ lane: 1 }, { lane: 0, dead: true }]);
    expect(rows[0]).not.toHaveProperty('dead');
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
  });

  it('moves a written row to the tail, so that a device sees it once', async () => {
    const device = await createWorkspace();
    await push(device, 1, [
      { id: 'a', text: 'one', seq: null },
      { id: 'b', text: 'two', seq: null },
    ]);
    await push(device, 2, [{ id: 'a', text: 'changed', seq: 1 }]);
    expect((await pull(device, 0)).header.rows.map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('gives a new epoch to a device that has seen more than there is', async () => {
    const device = await createWorkspace();
    await push(device, 1, [{ id: 'a', text: 'one', seq: null }]);
    const ahead = await pullResponse(device, { since: 99 });
    expect(ahead.status).toBe(409);
    const other = await pullResponse(device, { since: 1 });
    expect(await codeOf(other)).toBe('epoch-changed');
  });

  it('makes only that device reconcile when a viewer says so, or anyone again and again', async () => {
    const owner = await createWorkspace();
    const viewer = await addDevice(owner, 'viewer');
    await push(owner, 1, [{ id: 'a', text: 'one', seq: null }]);
    const ahead = { code: 'epoch-changed', epoch: owner.epoch };
    expect(await errorOf(await pullResponse(viewer, { since: 99 }))).toEqual(ahead);
    expect((await pullResponse(owner, { since: 1 })).status).toBe(200);
    await pullResponse(owner, { since: 99 });
    const { epoch } = await statusOf(owner);
    expect(epoch).not.toBe(owner.epoch);
    const again = await pullResponse(owner, { since: 99, epoch });
    expect(await errorOf(again)).toEqual({ code: 'epoch-changed', epoch });
    expect((await statusOf(owner)).epoch).toBe(epoch);
  });

  it('answers a question that is none with an error of the agreed form', async () => {
    const device = await createWorkspace();
    expect(await codeOf(await pullResponse(device, { since: -1 }))).toBe('bad-request');
  });
});

describe('what the worker stores', () => {
  it('holds no name, no id and no table of a row anywhere in its database', async () => {
    const device = await createWorkspace();
    await push(device, 1, [
      { id: 'client-noa-levi', text: 'Secret & Partners owe 12000', seq: null },
    ]);
    const cells = await runInDurableObject(objectOf(device), (_object, { storage }) => {
      const tables = storage.sql
        .exec(
          `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`,
        )
        .toArray();
      return tables.flatMap(({ name }) =>
        storage.sql
          .exec(`SELECT * FROM "${String(name)}"`)
          .toArray()
          .flatMap((row) => Object.values(row)),
      );
    });
    const text = cells
      .map((cell) =>
        cell instanceof ArrayBuffer ? new TextDecoder('latin1').decode(cell) : String(cell),
      )
      .join('\n');
    expect(cells.length).toBeGreaterThan(10);
    // Long enough not to stand in random bytes or their base64 by chance, as three letters do.
    for (const secret of ['noa-levi', 'Secret', 'Partners', 'owe 12000', 'clients']) {
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });
});
