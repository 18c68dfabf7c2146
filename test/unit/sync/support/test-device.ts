import { webcrypto } from 'node:crypto';
import {
  createMembership,
  type Membership,
} from '../../../../extension/sync/membership/create-membership.ts';
import { createSyncClient, type SyncClient } from '../../../../extension/sync/sync-client.ts';
import type { SyncDeps } from '../../../../extension/sync/deps.ts';
import type { Unlocked } from '../../../../extension/sync/lock.ts';
import type { DeviceId } from '../../../../shared/clock.ts';
import { bytesToHex, type Bytes } from '../../../../shared/protocol/bytes.ts';
import { memoryStore, type MemoryStore } from './memory-store.ts';
import { WORKER_URL, type TestWorker } from './test-worker.ts';

export const randomBytes = (length: number): Bytes =>
  webcrypto.getRandomValues(new Uint8Array(length));

export interface TestDevice {
  readonly id: DeviceId;
  /** The background and an open page of one browser. */
  readonly client: SyncClient & Membership;
  readonly store: MemoryStore;
  /** The browser's memory: what it holds ends with the browser. */
  readonly unlocked: { value: Unlocked | null };
  readonly unexpected: unknown[];
  /** Ends background and page and starts others on the same database. */
  restart(): TestDevice;
}

export interface TestDeviceOptions extends Partial<SyncDeps> {
  /** How far this device's clock is off. */
  readonly skewMs?: number;
  readonly id?: string;
}

export function testDevice(
  worker: Pick<TestWorker, 'fetch'>,
  { skewMs = 0, id = bytesToHex(randomBytes(8)), ...overrides }: TestDeviceOptions = {},
): TestDevice {
  const now = (): number => Date.now() + skewMs;
  const store = memoryStore(id as DeviceId, now);
  const unexpected: unknown[] = [];
  const unlocked: TestDevice['unlocked'] = { value: null };
  let queue: Promise<unknown> = Promise.resolve();
  const deps: SyncDeps = {
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
    exclusively(task) {
      const result = queue.then(task);
      queue = result.catch(() => undefined);
      return result;
    },
    secrets: {
      read: async () => unlocked.value,
      write: async (value) => {
        unlocked.value = value;
      },
      clear: async () => {
        unlocked.value = null;
      },
    },
    onUnexpected: (where, error) => unexpected.push(where, error),
    ...overrides,
  };
  const start = (): TestDevice => {
    const background = createSyncClient(deps);
    const page = createMembership({
      ...deps,
      background: {
        refresh: async () => void (await background.refresh()),
        adopt: async () => void (await background.adopt()),
        forget: async () => void (await background.forget()),
      },
    });
    const client = { ...page, ...background };
    return {
      id: id as DeviceId,
      client,
      store,
      unlocked,
      unexpected,
      restart() {
        background.close();
        page.stop();
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
    memberName: 'Ada',
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
    await until(async () => (await host.client.pairing())?.check),
    await until(async () => (await joiner.client.pairing())?.check),
  ] as const;
  const confirmed = await host.client.confirmPairing();
  if (!confirmed.ok) throw new Error(`not granted: ${confirmed.error}`);
  await until(async () => (await joiner.client.status()).workspace);
  await joiner.client.syncNow();
  return checks;
}

/** Another person joins by a link, as they and the owner would. */
export async function inviteAndJoin(
  owner: TestDevice,
  invited: TestDevice,
  role: 'owner' | 'editor' | 'viewer',
): Promise<void> {
  const made = await owner.client.invite({ role, note: 'for Noa' });
  if (!made.ok) throw new Error(`no invitation: ${made.error}`);
  const accepted = await invited.client.acceptInvitation({
    link: made.value.link ?? '',
    deviceName: 'Laptop',
    memberName: 'Noa',
  });
  if (!accepted.ok) throw new Error(`the link was refused: ${accepted.error}`);
  await until(async () => {
    const listed = await owner.client.invitations();
    return listed.ok && listed.value.some(({ check }) => check !== null);
  });
  await until(async () => (await invited.client.pairing())?.check);
  const approved = await owner.client.approveInvitation(made.value.id);
  if (!approved.ok) throw new Error(`not approved: ${approved.error}`);
  await until(async () => (await invited.client.status()).workspace);
  await invited.client.syncNow();
}

/** Waits for as long as the test may take: how fast it happens is not what is tested. */
export async function until<Value>(
  look: () => Promise<Value | null | undefined> | Value | null | undefined,
): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
