import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { codeOf, postJson, randomHex } from './support/ask.ts';
import { createWorkspace } from './support/device.ts';

const write = (slot: string, part: string, sealed: string): Promise<Response> =>
  postJson('/v1/pairing/write', { type: 'write-slot', slot, part, sealed });
const read = (slot: string): Promise<Response> =>
  postJson('/v1/pairing/read', { type: 'read-slot', slot });
const objectOf = (slot: string) => env.PAIRING_SLOTS.get(env.PAIRING_SLOTS.idFromName(slot));

async function openSlot(): Promise<string> {
  const device = await createWorkspace();
  const slot = randomHex(16);
  const response = await postJson(
    `/v1/pairing/${device.workspace}/open`,
    { type: 'open-slot', slot, offer: 'b2ZmZXI' },
    { Authorization: device.authorization },
  );
  expect(response.status).toBe(201);
  return slot;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a pairing slot', () => {
  it('is opened by a device of a workspace and by nobody else', async () => {
    const { workspace } = await createWorkspace();
    const slot = randomHex(16);
    const open = { type: 'open-slot', slot, offer: 'b2ZmZXI' };
    expect(await codeOf(await postJson(`/v1/pairing/${workspace}/open`, open))).toBe(
      'unauthorised',
    );
    expect(await codeOf(await read(slot))).toBe('slot-gone');
  });

  it('takes each part once and in order', async () => {
    const slot = await openSlot();
    expect(await codeOf(await write(slot, 'reveal', 'eA'))).toBe('bad-request');
    expect((await write(slot, 'answer', 'YQ')).status).toBe(200);
    expect((await write(slot, 'answer', 'YQ')).status).toBe(200);
    expect(await codeOf(await write(slot, 'answer', 'Yg'))).toBe('slot-used');
    expect(await (await read(slot)).json()).toMatchObject({ offer: 'b2ZmZXI', answer: 'YQ' });
  });

  it('may be opened again with the same offer, because an answer was lost, and with no other', async () => {
    const device = await createWorkspace();
    const slot = randomHex(16);
    const open = (offer: string) =>
      postJson(
        `/v1/pairing/${device.workspace}/open`,
        { type: 'open-slot', slot, offer },
        { Authorization: device.authorization },
      );
    expect((await open('b2ZmZXI')).status).toBe(201);
    expect((await open('b2ZmZXI')).status).toBe(201);
    expect(await codeOf(await open('b3RoZXI'))).toBe('slot-used');
  });

  it('holds four kilobytes and no more', async () => {
    const slot = await openSlot();
    expect(await codeOf(await write(slot, 'answer', 'A'.repeat(4092)))).toBe('too-large');
  });

  it('is gone after two minutes, before and after its alarm', async () => {
    const slot = await openSlot();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 60 * 1000 + 1 });
    expect(await codeOf(await read(slot))).toBe('slot-gone');
    expect(await codeOf(await write(slot, 'answer', 'YQ'))).toBe('slot-gone');
    expect(await runDurableObjectAlarm(objectOf(slot))).toBe(true);
    const tables = await runInDurableObject(objectOf(slot), (_object, { storage }) =>
      storage.sql.exec(`SELECT name FROM sqlite_master WHERE name = 'parts'`).toArray(),
    );
    expect(tables).toEqual([]);
  });

  it('is used up once it is closed', async () => {
    const slot = await openSlot();
    await postJson('/v1/pairing/close', { type: 'close-slot', slot });
    expect((await read(slot)).status).toBe(410);
  });
});
