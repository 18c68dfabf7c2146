import { evictDurableObject } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { afterEach, describe, expect, it } from 'vitest';
import type { SyncDeps } from '../../extension/sync/deps.ts';
import type { WorkspaceId } from '../../shared/protocol/ids.ts';
import { CLIENT_HEADER } from '../../shared/protocol/limits.ts';
import {
  createdWorkspace,
  pair,
  testDevice,
  until,
  type TestDevice,
} from '../unit/sync/support/test-device.ts';
import { randomHex } from './support/ask.ts';
import { objectOf } from './support/device.ts';

const devices: TestDevice[] = [];
const requests: string[] = [];
afterEach(() => {
  for (const { client } of devices.splice(0)) client.close();
});

/** Straight into the worker under test, without a network in between. */
const fetchWorker = (url: string, init: RequestInit): Promise<Response> => {
  // The runtime knows neither of these two.
  const { cache: _, redirect: __, ...known } = init;
  const request = new Request(url, known);
  requests.push(url);
  request.headers.set('cf-connecting-ip', randomHex(8));
  return exports.default.fetch(request);
};

const openSocket: SyncDeps['openSocket'] = (url, protocols, events) => {
  const opened = exports.default
    .fetch(
      new Request(url.replace(/^ws/, 'http'), {
        headers: {
          Upgrade: 'websocket',
          'Sec-WebSocket-Protocol': protocols.join(', '),
          [CLIENT_HEADER]: '1',
        },
      }),
    )
    .then(({ webSocket }) => {
      if (!webSocket) throw new Error('no socket');
      webSocket.binaryType = 'arraybuffer';
      webSocket.addEventListener('message', ({ data }) => events.onMessage(data));
      webSocket.addEventListener('close', ({ code }) => events.onClose(code));
      webSocket.accept();
      events.onOpen();
      return webSocket;
    });
  opened.catch(() => events.onClose());
  return {
    send: (data) => void opened.then((socket) => socket.send(data)),
    close: (code) => void opened.then((socket) => socket.close(code)),
  };
};

/** The extension's own client, background and page of one browser. */
function device(): TestDevice {
  const made = testDevice({ fetch: fetchWorker }, { openSocket });
  devices.push(made);
  return made;
}

describe('two clients', () => {
  it('pair, and hear of each other through the socket, also across an eviction', async () => {
    const [a, b] = [device(), device()];
    await createdWorkspace(a);
    const [checkOfA, checkOfB] = await pair(a, b);
    expect(checkOfA).toBe(checkOfB);

    b.client.touch();
    a.store.edit('clients', 'client-1', { name: 'Levi & Sons' });
    await until(() => b.store.value('clients', 'client-1', 'name') === 'Levi & Sons');

    const { workspace } = await a.client.status();
    if (!workspace) throw new Error('a workspace');
    await evictDurableObject(objectOf({ workspace: workspace.id as WorkspaceId }));
    a.store.edit('clients', 'client-1', { tier: 'A' });
    await until(() => b.store.value('clients', 'client-1', 'tier') === 'A');
    expect(b.store.dump()).toBe(a.store.dump());
    expect([...a.unexpected, ...b.unexpected]).toEqual([]);
  });

  it('need no request for a click once both sockets are open: it goes there and on as a frame', async () => {
    const [a, b] = [device(), device()];
    await createdWorkspace(a);
    await pair(a, b);
    for (const { client } of [a, b]) {
      client.touch();
      client.stop();
    }
    let n = 0;
    // Sockets open in their own time; until then an edit goes by requests, and arrives as well.
    await until(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const before = requests.length;
      n += 1;
      a.store.edit('clients', 'client-1', { name: `Name ${String(n)}` });
      await until(() => b.store.value('clients', 'client-1', 'name') === `Name ${String(n)}`);
      await until(async () => (await a.store.pendingCount()) === 0);
      return requests.length === before;
    });
    expect(await b.client.status()).toMatchObject({ state: 'idle', problem: null });
    // Who wrote it knows its number, so the next edit is no conflict.
    a.store.edit('clients', 'client-1', { tier: 'A' });
    b.store.edit('clients', 'client-1', { notes: 'at once' });
    await until(
      () =>
        b.store.dump() === a.store.dump() &&
        a.store.value('clients', 'client-1', 'notes') === 'at once',
    );
    expect([...a.unexpected, ...b.unexpected]).toEqual([]);
  });
});
