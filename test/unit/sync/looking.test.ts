import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { testDevice } from './support/test-device.ts';
import { WORKER_URL } from './support/test-worker.ts';

/** A page that asks for the status whenever it is told that it may have changed, as ours do. */
function lookAt({ client }: ReturnType<typeof testDevice>): () => number {
  let looks = 0;
  const look = async (): Promise<void> => {
    looks += 1;
    client.touch();
    await client.status();
  };
  client.subscribe(() => void look());
  void look();
  return () => looks;
}

describe('a page that follows the status', () => {
  it('comes to rest where there is no workspace', async () => {
    const looks = lookAt(testDevice({ fetch: () => Promise.reject(new Error('nobody asks')) }));
    await pause(200);
    const seen = looks();
    await pause(200);
    expect(looks()).toBe(seen);
  });

  it('comes to rest when the worker refuses for good', async () => {
    const device = testDevice({ fetch: async () => new Response('no', { status: 403 }) });
    const looks = lookAt(device);
    await device.client.createWorkspace({ workerUrl: WORKER_URL, deviceName: 'one' });
    await pause(200);
    const seen = looks();
    await pause(200);
    expect(looks()).toBe(seen);
    expect(seen).toBeLessThan(20);
  });
});
