import { describe, expect, it } from 'vitest';
import { createdWorkspace, pair, testDevice, type TestDevice } from './support/test-device.ts';
import { testWorker } from './support/test-worker.ts';

/** Small and fast (Vigna's splitmix32); the same seed gives the same history. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

/** Edits on 3 devices while requests and answers get lost and backgrounds end. */
async function history(seed: number): Promise<readonly TestDevice[]> {
  const pick = random(seed);
  const worker = testWorker();
  const skewsMs = [0, -40 * 86_400_000, 7 * 86_400_000];
  const devices = skewsMs.map((skewMs) => testDevice(worker, { skewMs }));
  const [first, ...others] = devices;
  if (!first) throw new Error('no devices');
  await createdWorkspace(first);
  for (const other of others) await pair(first, other);
  worker.intercept = async (_path, send) => {
    const fate = pick(6);
    if (fate === 0) throw new TypeError('the request was lost');
    const response = await send();
    if (fate === 1) throw new TypeError('the answer was lost');
    return response;
  };
  for (let step = 0; step < 40; step += 1) {
    const index = pick(devices.length);
    const device = devices[index];
    if (!device) continue;
    switch (pick(4)) {
      case 0:
        await device.client.syncNow();
        break;
      case 1:
        devices[index] = device.restart();
        break;
      default: {
        const id = `client-${String(pick(4))}`;
        const value = `${String(seed)}/${String(step)}`;
        device.store.edit('clients', id, { [pick(2) === 0 ? 'name' : 'tier']: value });
      }
    }
  }
  worker.intercept = null;
  for (let round = 0; round < 3; round += 1) {
    for (const device of devices) await device.client.syncNow();
  }
  for (const device of devices) device.client.close();
  return devices;
}

describe('any history of edits, losses and restarts', () => {
  it('ends with the same rows on all devices and nothing left to send', async () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const devices = await history(seed);
      const dumps = new Set(devices.map(({ store }) => store.dump()));
      const pending = await Promise.all(devices.map(({ store }) => store.pendingCount()));
      expect({ seed, versions: dumps.size, pending }).toEqual({
        seed,
        versions: 1,
        pending: [0, 0, 0],
      });
      for (const { unexpected, client } of devices) {
        expect(unexpected).toEqual([]);
        expect((await client.status()).problem).toBeNull();
      }
    }
  }, 60_000);
});
