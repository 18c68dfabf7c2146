import { runInDurableObject } from 'cloudflare:test';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { base64UrlToBytes, bytesToHex } from '../../shared/protocol/bytes.ts';
import { addToDigest, newDigest, sumOfAll } from '../../shared/protocol/digest.ts';
import {
  bucketSchema,
  digestSchema,
  versionsSchema,
} from '../../shared/protocol/history-messages.ts';
import type { RowKey } from '../../shared/protocol/ids.ts';
import { open } from '../../shared/seal.ts';
import { ask, randomHex } from './support/ask.ts';
import { createWorkspace, objectOf, statusOf, type Device } from './support/device.ts';
import { bytesOf, pull, push, readFrame } from './support/rows.ts';

const get = ({ workspace, authorization }: Device, path: string): Promise<Response> =>
  ask(`/v1/workspaces/${workspace}/${path}`, { headers: { Authorization: authorization } });

async function versionsOf(device: Device, id: string, before?: number) {
  const rkey = await device.keys.rowKey('clients', id);
  const query = before === undefined ? '' : `&before=${String(before)}`;
  const response = await get(device, `versions?rkey=${rkey}${query}`);
  const answer = readFrame(await bytesOf(response), versionsSchema, ({ rows }) =>
    rows.map(({ size }) => size),
  );
  const texts = await Promise.all(
    answer.blobs.map(async (sealed) => {
      const opened = await open(device.keys, rkey, sealed);
      return opened.ok ? new TextDecoder().decode(opened.value) : opened.error;
    }),
  );
  return { ...answer, texts };
}

/** Writes this row over and over. */
async function rewrite(device: Device, id: string, times: number, text = (n: number) => String(n)) {
  let seq: number | null = null;
  for (let round = 0; round < times; round += 1) {
    const batch = round + 1;
    seq = (await push(device, batch, [{ id, text: text(round), seq }])).header.head;
  }
}

describe('what was written over', () => {
  it('can be had back, newest first, with who wrote it and when', async () => {
    const device = await createWorkspace();
    const startedAt = Date.now();
    await rewrite(device, 'row', 3);
    const { header, texts } = await versionsOf(device, 'row');
    expect(texts.map((text) => /"text":"(.*)"/.exec(text)?.[1])).toEqual(['1', '0']);
    expect(header).toMatchObject({ isComplete: true, rows: [{ seq: 2 }, { seq: 1 }] });
    for (const row of header.rows) {
      expect(row.device).toBe(device.id);
      expect(row.writtenAt).toBeGreaterThanOrEqual(startedAt);
      expect(row.replacedAt).toBeGreaterThanOrEqual(row.writtenAt);
    }
    expect((await versionsOf(device, 'row', 2)).header.rows).toMatchObject([{ seq: 1 }]);
    expect((await versionsOf(device, 'other')).header.rows).toEqual([]);
  });

  it('is kept twenty times for a row', async () => {
    const device = await createWorkspace();
    await rewrite(device, 'row', 25);
    const { header } = await versionsOf(device, 'row');
    expect(header.rows).toHaveLength(20);
    expect(header.rows.at(-1)?.seq).toBe(5);
  });

  it('takes a quarter of the space at most, the oldest of all rows leaving first', async () => {
    const device = await createWorkspace();
    const long = () => randomHex(20_000);
    const first = await push(device, 1, [{ id: 'a', text: long(), seq: null }]);
    await push(device, 2, [{ id: 'b', text: long(), seq: null }]);
    await push(device, 3, [{ id: 'a', text: long(), seq: first.header.head }]);
    let seq = 2;
    for (let batch = 4; batch < 12; batch += 1) {
      seq = (await push(device, batch, [{ id: 'b', text: long(), seq }])).header.head;
    }
    expect((await versionsOf(device, 'a')).header.rows).toEqual([]);
    const kept = (await versionsOf(device, 'b')).header.rows;
    expect(kept.length).toBeGreaterThan(1);
    const bytes = kept.reduce((sum, { size }) => sum + size, 0);
    expect((await statusOf(device)).usage.versionBytes).toBe(bytes);
    expect(bytes).toBeLessThanOrEqual(150_000);
  });

  it('comes in pages when it is much', async () => {
    const device = await createWorkspace();
    await rewrite(device, 'row', 3, () => randomHex(30_000));
    await runInDurableObject(objectOf(device), (_object, { storage }) => {
      // As if the quota were larger than these tests' one.
      storage.sql.exec('UPDATE versions SET sealed = zeroblob(500000)');
    });
    const rkey = await device.keys.rowKey('clients', 'row');
    const seen: number[] = [];
    for (let before: number | undefined; ;) {
      const query = before === undefined ? '' : `&before=${String(before)}`;
      const response = await get(device, `versions?rkey=${rkey}${query}`);
      const { header } = readFrame(await bytesOf(response), versionsSchema, ({ rows }) =>
        rows.map(({ size }) => size),
      );
      seen.push(...header.rows.map(({ seq }) => seq));
      before = header.rows.at(-1)?.seq;
      if (header.isComplete) break;
    }
    expect(seen).toEqual([2, 1]);
  });
});

describe('the digest', () => {
  async function digestOf(device: Device, query = '') {
    const response = await get(device, `digest${query}`);
    return v.parse(digestSchema, await response.json());
  }

  it('counts and sums exactly the rows that there are, after any mix of writes', async () => {
    const device = await createWorkspace();
    const seqs = new Map<string, number>();
    for (let batch = 1; batch <= 12; batch += 1) {
      const edits = Array.from({ length: 20 }, () => {
        const id = `row-${String(Math.floor(Math.random() * 60))}`;
        const dead = Math.random() < 0.2;
        return { id, text: randomHex(4), seq: seqs.get(id) ?? null, dead };
      });
      const distinct = [...new Map(edits.map((edit) => [edit.id, edit])).values()];
      const { header } = await push(device, batch, distinct);
      header.results.forEach((result, index) => {
        const id = distinct[index]?.id;
        if (result.status === 'accepted' && id !== undefined) seqs.set(id, result.seq);
      });
    }
    const expected = newDigest();
    const { header } = await pull(device, 0);
    for (const row of header.rows) addToDigest(expected, row);
    const answered = await digestOf(device, '?buckets=1');
    expect({ count: answered.count, xor: answered.xor }).toEqual(sumOfAll(expected));
    expect(base64UrlToBytes(answered.buckets ?? '')).toEqual(expected);
  });

  it('says that both sides are equal in at most 300 bytes', async () => {
    const device = await createWorkspace();
    await push(device, 1, [{ id: 'a', text: 'x', seq: null }]);
    await runInDurableObject(objectOf(device), (_object, { storage }) => {
      storage.sql.exec('UPDATE workspace SET head = 999999999, horizon = 999999999');
    });
    const text = await (await get(device, 'digest')).text();
    expect(text.length).toBeLessThanOrEqual(300);
  });

  it('lists one bucket, in pages, so that only what differs is compared', async () => {
    const device = await createWorkspace();
    await push(device, 1, [{ id: 'a', text: 'x', seq: null }]);
    await runInDurableObject(objectOf(device), (_object, { storage }) => {
      for (let n = 0; n < 4500; n += 1) {
        const rkey = new Uint8Array(16);
        rkey[0] = 0xab;
        new DataView(rkey.buffer).setUint32(12, n);
        storage.sql.exec(
          `INSERT INTO rows (seq, rkey, lane, epoch, dead, written_at, device, hash, sealed)
           VALUES (?, ?, 0, 1, 0, 0, ?, ?, x'00')`,
          1000 + n,
          rkey.buffer,
          device.id,
          'c'.repeat(32),
        );
      }
    });
    const seen: RowKey[] = [];
    for (;;) {
      const after = seen.length === 0 ? '' : `&after=${seen.at(-1) ?? ''}`;
      const response = await get(device, `digest?bucket=ab${after}`);
      const { rows, isComplete } = v.parse(bucketSchema, await response.json());
      seen.push(...rows.map(({ rkey }) => rkey));
      if (isComplete) break;
    }
    expect(seen).toHaveLength(4500);
    expect(new Set(seen).size).toBe(4500);
    expect(seen.every((rkey) => rkey.startsWith('ab'))).toBe(true);
    const last = bytesToHex(Uint8Array.of(0xab, ...new Uint8Array(13), 0x11, 0x93));
    expect(seen.at(-1)).toBe(last);
  });
});
