import { describe, expect, it } from 'vitest';
import { createdWorkspace, pair, testDevice } from './support/test-device.ts';
import { testWorker } from './support/test-worker.ts';

describe('two devices of one workspace', () => {
  it('show the same six digits and then hold the same rows', async () => {
    const worker = testWorker();
    const a = testDevice(worker);
    const b = testDevice(worker);
    a.store.edit('clients', 'client-1', { name: 'Levi & Sons', tier: 'A' });
    await createdWorkspace(a);
    const [checkA, checkB] = await pair(a, b);
    expect(checkA).toMatch(/^\d{6}$/);
    expect(checkA).toBe(checkB);
    expect(b.store.value('clients', 'client-1', 'name')).toBe('Levi & Sons');
    expect(b.store.dump()).toBe(a.store.dump());
    expect(await b.client.status()).toMatchObject({ state: 'idle', pending: 0, problem: null });
    expect([...a.unexpected, ...b.unexpected]).toEqual([]);
  });
});
