import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, it } from 'vitest';
import { addDevice, ask, createWorkspace, push, type Device } from './support/device.ts';

const sockets: WebSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close(1000);
});

const upgrade = ({ workspace, authorization }: Device): Promise<Response> =>
  ask(`/v1/workspaces/${workspace}/socket`, {
    headers: {
      Upgrade: 'websocket',
      'Sec-WebSocket-Protocol': `mainstay.v1, ${authorization.replace('Mainstay ', '')}`,
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

describe('the socket', () => {
  it('says the head when it opens and when another device has written, and nothing else', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { response, hear } = await listen(b);
    expect(response.headers.get('sec-websocket-protocol')).toBe('mainstay.v1');
    await hear(1);
    await push(a, 1, [{ id: 'row', text: 'written by a', seq: null }]);
    expect(await hear(2)).toEqual(['{"head":0}', '{"head":1}']);
  });

  it('still speaks after the object was evicted', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { hear } = await listen(b);
    await hear(1);
    await evictDurableObject(env.WORKSPACES.get(env.WORKSPACES.idFromName(a.workspace)));
    await push(a, 1, [{ id: 'row', text: 'x', seq: null }]);
    expect((await hear(2)).at(-1)).toBe('{"head":1}');
  });

  it('answers a ping', async () => {
    const { socket, hear } = await listen(await createWorkspace());
    await hear(1);
    socket.send('ping');
    expect((await hear(2)).at(-1)).toBe('pong');
  });

  it('closes for a device that was removed', async () => {
    const a = await createWorkspace();
    const b = await addDevice(a);
    const { closed, hear } = await listen(b);
    await hear(1);
    await ask(`/v1/workspaces/${a.workspace}/devices/${b.id}`, {
      method: 'DELETE',
      headers: { Authorization: a.authorization },
    });
    expect(await closed).toBe(4001);
  });

  it('opens for nobody without credentials', async () => {
    const device = await createWorkspace();
    expect((await upgrade({ ...device, authorization: 'Mainstay x.y.z' })).status).toBe(401);
    const plain = await ask(`/v1/workspaces/${device.workspace}/socket`);
    expect(plain.status).toBe(400);
  });
});
