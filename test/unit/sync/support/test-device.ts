import { webcrypto } from 'node:crypto';
import { createSyncClient, type SyncClient } from '../../../../extension/sync/sync-client.ts';
import type { SyncDeps } from '../../../../extension/sync/deps.ts';
import type { DeviceId } from '../../../../shared/clock.ts';
import { bytesToHex, type Bytes } from '../../../../shared/protocol/bytes.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';
import { WORKER_URL, type TestWorker } from './test-worker.ts';

export const randomBytes = (length: number): Bytes =>
  webcrypto.getRandomValues(new Uint8Array(length));

export interface TestDevice {
  readonly client: SyncClient;
  readonly store: MemoryStore;
  readonly unexpected: unknown[];
  /** Ends the background and starts another one on the same database. */
  restart(): TestDevice;
}

/** `skewMs`: how far this device's clock is off. */
export function testDevice(
  worker: Pick<TestWorker, 'fetch'>,
  {
    skewMs = 0,
    id = bytesToHex(randomBytes(8)),
    ...overrides
  }: Partial<SyncDeps> & {
    readonly skewMs?: number;
    readonly id?: string;
  } = {},
): TestDevice {
  const now = (): number => Date.now() + skewMs;
  const store = memoryStore(id as DeviceId, now);
  const unexpected: unknown[] = [];
  const start = (): TestDevice => {
    const client = createSyncClient({
      store,
      deviceId: async () => id as DeviceId,
      fetch: worker.fetch,
      openSocket: () => ({ send: () => {}, close: () => {} }),
      now,
      randomBytes,
      schedule(delayMs, task) {
        const timer = setTimeout(task, Math.min(delayMs, 5));
        return () => clearTimeout(timer);
      },
      onUnexpected: (where, error) => unexpected.push(where, error),
      ...overrides,
    });
    return {
      client,
      store,
      unexpected,
      restart() {
        client.close();
        return start();
      },
    };
  };
  return start();
}

export async function createdWorkspace(device: TestDevice): Promise<void> {
  const created = await device.client.createWorkspace({
    workerUrl: WORKER_URL,
    deviceName: 'First',
  });
  if (!created.ok) throw new Error(`the workspace was not created: ${created.error}`);
}

/** Pairs as two people would; gives both checks. */
export async function pair(
  host: TestDevice,
  joiner: TestDevice,
): Promise<readonly [string | null, string | null]> {
  const started = await host.client.startPairing();
  if (!started.ok) throw new Error(`no code: ${started.error}`);
  const joining = await joiner.client.joinWorkspace({
    workerUrl: WORKER_URL,
    code: started.value.code ?? '',
    deviceName: 'Second',
  });
  if (!joining.ok) throw new Error(`the code was refused: ${joining.error}`);
  const checks = [
    await until(async () => (await host.client.status()).pairing?.check),
    await until(async () => (await joiner.client.status()).pairing?.check),
  ] as const;
  const confirmed = await host.client.confirmPairing();
  if (!confirmed.ok) throw new Error(`not granted: ${confirmed.error}`);
  await until(async () => (await joiner.client.status()).workspace);
  await joiner.client.syncNow();
  return checks;
}

export async function until<Value>(
  look: () => Promise<Value | null | undefined> | Value | null | undefined,
): Promise<Value> {
  const deadline = Date.now() + 5000;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error('it did not happen within 5 seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
