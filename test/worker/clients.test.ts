import { evictDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, describe, expect, it } from 'vitest';
import { createSyncClient, type SyncClient } from '../../extension/sync/sync-client.ts';
import type { DeviceId } from '../../shared/clock.ts';
import { memoryStore } from '../unit/sync/support/memory-store.ts';
import { ORIGIN, randomBytes, randomHex } from './support/ask.ts';

const clients: SyncClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** The extension's own client, talking to the worker without a network in between. */
function device() {
  const id = randomHex(8) as DeviceId;
  const store = memoryStore(id, Date.now);
  const unexpected: unknown[] = [];
  const client = createSyncClient({
    store,
    deviceId: async () => id,
    fetch: (url, { cache: _cache, redirect: _redirect, ...init }) =>
      exports.default.fetch(new Request(url, init)),
    openSocket(url, protocols, events) {
      const opened = exports.default
        .fetch(
          new Request(url.replace(/^ws/, 'http'), {
            headers: { Upgrade: 'websocket', 'Sec-WebSocket-Protocol': protocols.join(', ') },
          }),
        )
        .then(({ webSocket }) => {
          if (!webSocket) throw new Error('no socket');
          webSocket.addEventListener('message', ({ data }) => events.onMessage(data));
          webSocket.addEventListener('close', () => events.onClose());
          webSocket.accept();
          events.onOpen();
          return webSocket;
        });
      opened.catch(() => events.onClose());
      return {
        send: (text) => void opened.then((socket) => socket.send(text)),
        close: (code) => void opened.then((socket) => socket.close(code)),
      };
    },
    now: Date.now,
    randomBytes,
    schedule(delayMs, task) {
      const timer = setTimeout(task, Math.min(delayMs, 20));
      return () => clearTimeout(timer);
    },
    onUnexpected: (where, error) => unexpected.push(where, error),
  });
  clients.push(client);
  return { store, client, unexpected };
}

async function until<Value>(look: () => Promise<Value | null | undefined> | Value): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('two clients', () => {
  it('pair, and hear of each other through the socket, also across an eviction', async () => {
    const [a, b] = [device(), device()];
    const created = await a.client.createWorkspace({ workerUrl: ORIGIN, deviceName: 'A' });
    if (!created.ok) throw new Error(created.error);
    const started = await a.client.startPairing();
    if (!started.ok) throw new Error(started.error);
    const code = started.value.code ?? '';
    await b.client.joinWorkspace({ workerUrl: ORIGIN, code, deviceName: 'B' });
    const check = await until(async () => (await b.client.status()).pairing?.check);
    expect(await until(async () => (await a.client.status()).pairing?.check)).toBe(check);
    await a.client.confirmPairing();
    await until(async () => (await b.client.status()).lastSuccessAt);

    b.client.touch();
    a.store.edit('clients', 'client-1', { name: 'Levi & Sons' });
    await until(() => b.store.value('clients', 'client-1', 'name') === 'Levi & Sons');

    const { id } = created.value.workspace ?? { id: '' };
    await evictDurableObject(env.WORKSPACES.get(env.WORKSPACES.idFromName(id)));
    a.store.edit('clients', 'client-1', { tier: 'A' });
    await until(() => b.store.value('clients', 'client-1', 'tier') === 'A');
    expect(b.store.dump()).toBe(a.store.dump());
    expect([...a.unexpected, ...b.unexpected]).toEqual([]);
  });
});
