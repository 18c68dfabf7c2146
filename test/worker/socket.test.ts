import { evictDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { newsSchema } from '../../shared/protocol/messages.ts';
import { ask } from './support/ask.ts';
import {
  addDevice,
  changeState,
  createWorkspace,
  objectOf,
  refreshed,
  revoke,
  type Device,
} from './support/device.ts';
import { frameOf, pull, push, readFrame, toPushResult } from './support/rows.ts';

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close(1000);
  vi.useRealTimers();
});

const upgrade = (
  { workspace, authorization }: Device,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  ask(`/v1/workspaces/${workspace}/socket`, {
    headers: {
      Upgrade: 'websocket',
      'Sec-WebSocket-Protocol': `mainstay.v1, ${authorization.replace('Mainstay ', '')}, client.1`,
      ...more,
    },
  });

async function listen(device: Device) {
  const response = await upgrade(device);
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${String(response.status)}`);
  const heard: unknown[] = [];
  let wake = (): void => {};
  socket.addEventListener('message', ({ data }) => {
    heard.push(data);
    wake();
  });
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code));
  });
  socket.accept();
  sockets.push(socket);
  const hear = async (count: number): Promise<readonly unknown[]> => {
    while (heard.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard;
  };
  return { response, socket, hear, closed };
}

/** A message that came as bytes, whichever form the runtime gives them. */
async function binary(message: unknown): Promise<Bytes> {
  if (message instanceof ArrayBuffer) return new Uint8Array(message);
  if (message instanceof Blob) return new Uint8Array(await message.arrayBuffer());
  throw new Error(`not bytes: ${String(message)}`);
}

const readNews = async (message: unknown) =>
  readFrame(await binary(message), newsSchema, ({ rows }) => rows.map(({ size }) => size));

describe('the socket', () => {
  it('says the head and the newest state when it opens', async () => {
    const { response, hear } = await listen(await createWorkspace());
    expect(response.headers.get('sec-websocket-protocol')).toBe('mainstay.v1');
    expect(await hear(1)).toEqual(['{"head":0,"state":1}']);
  });

  it('brings what another device has just written, ready to be taken in', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const [ofA, ofB] = [await listen(a), await listen(b)];
    await ofB.hear(1);
    await push(a, 1, [{ id: 'row', text: 'written by a', seq: null, lane: 1 }]);
    const news = await readNews((await ofB.hear(2))[1]);
    const pulled = await pull(b, 0);
    expect(news.header).toMatchObject({ before: 0, head: 1, epoch: b.epoch });
    expect(news.header.rows).toEqual(pulled.header.rows);
    expect(news.blobs).toEqual(pulled.blobs);
    expect(await ofA.hear(1)).toHaveLength(1);
  });

  it('says only the head when that would be much', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { hear } = await listen(b);
    await hear(1);
    const edits = Array.from({ length: 200 }, (_, n) => ({
      id: `row-${String(n)}`,
      text: 'x',
      seq: null,
    }));
    await push(a, 1, edits);
    expect((await hear(2))[1]).toBe('{"head":200,"state":2}');
  });

  it('takes a small push and answers it as a request would be', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { socket, hear } = await listen(a);
    await hear(1);
    const edit = [{ id: 'row', text: 'x', seq: null }];
    const frame = await frameOf(a, 1, edit);
    socket.send(frame);
    const answer = toPushResult(await binary((await hear(2))[1]));
    expect(answer.header.results).toEqual([{ status: 'accepted', seq: 1 }]);
    socket.send(frame);
    const again = toPushResult(await binary((await hear(3))[2]));
    expect(again.header.results).toEqual(answer.header.results);
    expect((await pull(b, 0)).header.rows).toHaveLength(1);
    socket.send(new Uint8Array([0, 0, 0, 1, 2]));
    expect((await hear(4))[3]).toBe('{"error":{"code":"bad-request"}}');
  });

  it('takes a push also after the object was evicted, and tells the others', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const [ofA, ofB] = [await listen(a), await listen(b)];
    await ofA.hear(1);
    await ofB.hear(1);
    await evictDurableObject(objectOf(a));
    ofA.socket.send(await frameOf(a, 1, [{ id: 'row', text: 'x', seq: null }]));
    const answer = toPushResult(await binary((await ofA.hear(2))[1]));
    expect(answer.header.results).toEqual([{ status: 'accepted', seq: 1 }]);
    expect((await readNews((await ofB.hear(2))[1])).header.head).toBe(1);
  });

  it('still speaks after the object was evicted', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { hear } = await listen(b);
    await hear(1);
    await evictDurableObject(objectOf(a));
    await push(a, 1, [{ id: 'row', text: 'x', seq: null }]);
    expect((await readNews((await hear(2)).at(-1))).header.head).toBe(1);
  });

  it('answers a ping', async () => {
    const { socket, hear } = await listen(await createWorkspace());
    await hear(1);
    socket.send('ping');
    expect((await hear(2)).at(-1)).toBe('pong');
  });

  it('ends at anything else, and at a frame too large for it', async () => {
    const device = await createWorkspace();
    const [chatty, large] = [await listen(device), await listen(device)];
    chatty.socket.send('hello');
    expect(await chatty.closed).toBe(1008);
    large.socket.send(new Uint8Array(64_001));
    expect(await large.closed).toBe(1009);
  });

  it('is one of four of a device: the oldest gives way to a fifth', async () => {
    const device = await createWorkspace();
    const opened = [];
    for (let n = 0; n < 5; n += 1) {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1000 });
      opened.push(await listen(device));
    }
    expect(await opened[0]?.closed).toBe(4002);
    const other = await addDevice(device);
    await push(other, 1, [{ id: 'row', text: 'x', seq: null }]);
    for (const { hear } of opened.slice(1)) expect(await hear(3)).toHaveLength(3);
  });

  it('closes at once for a device that was removed, and tells the others of the new state', async () => {
    const a = await createWorkspace();
    const [b, c] = [await addDevice(a), await addDevice(a)];
    const [ofB, ofC] = [await listen(b), await listen(c)];
    await ofB.hear(1);
    await ofC.hear(1);
    await evictDurableObject(objectOf(a));
    await revoke(a, [b]);
    expect(await ofB.closed).toBe(4001);
    expect((await ofC.hear(2))[1]).toBe('{"head":0,"state":4}');
  });

  it('that was opened before a new key epoch takes no push with the old proof', async () => {
    const a = await createWorkspace();
    const [b, gone] = [await addDevice(a), await addDevice(a)];
    const { socket, hear } = await listen(b);
    await hear(1);
    await revoke(a, [gone]);
    await hear(2);
    socket.send(await frameOf(await refreshed(b), 1, [{ id: 'row', text: 'x', seq: null }]));
    expect((await hear(3))[2]).toBe('{"error":{"code":"old-key-epoch"}}');
  });

  it('closes for a device whose token was replaced', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { closed, hear } = await listen(b);
    await hear(1);
    const devices = a.team.newest.state.devices.map((device) =>
      device.id === b.id ? { ...device, tokenHash: 'f'.repeat(64) } : device,
    );
    await changeState(a, { devices });
    expect(await closed).toBe(4001);
  });

  it('closes for everyone when the workspace is deleted', async () => {
    const a = await createWorkspace();
    const { closed, hear } = await listen(a);
    await hear(1);
    await ask(`/v1/workspaces/${a.workspace}`, {
      method: 'DELETE',
      headers: { Authorization: a.authorization },
    });
    expect(await closed).toBe(4001);
  });

  it('opens for nobody without credentials, for no outdated client and for no web page', async () => {
    const device = await createWorkspace();
    expect((await upgrade(device, { Origin: 'https://evil.example' })).status).toBe(403);
    expect((await upgrade({ ...device, authorization: 'Mainstay x.y.z' })).status).toBe(401);
    const plain = await ask(`/v1/workspaces/${device.workspace}/socket`);
    expect(plain.status).toBe(400);
    await changeState(device, { floor: 2 });
    expect((await upgrade(device)).status).toBe(426);
  });
});
