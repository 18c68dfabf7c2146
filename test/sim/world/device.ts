import type { SyncDeps } from '../../../extension/sync/deps.ts';
import type { Unlocked } from '../../../extension/sync/lock.ts';
import {
  createMembership,
  type Membership,
} from '../../../extension/sync/membership/create-membership.ts';
import { createSyncClient, type SyncClient } from '../../../extension/sync/sync-client.ts';
import type { DeviceId } from '../../../shared/clock.ts';
import { bytesToHex } from '../../../shared/protocol/bytes.ts';
import type { Cloud } from './cloud.ts';
import type { LocalData, LocalEvents } from './local-data.ts';
import type { Access } from './memory-database.ts';
import { memoryDisk } from './memory-store.ts';
import { createLine, type Line, type Weather } from './network.ts';
import type { DevicePlan } from './plan.ts';
import { productDisk } from './product-disk.ts';
import { bytesFrom, streamOf } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { Tell } from './trace.ts';

/** How IndexedDB says it. */
export const DISK_FULL = 'QuotaExceededError';

/** A browser with the extension: a disk, a clock of its own, and a background that comes and goes. */
export interface Device {
  readonly name: string;
  readonly id: DeviceId;
  readonly tell: Tell;
  /** What the background reported as a bug. */
  readonly unexpected: readonly string[];
  /** The background that is running now, and an open page. */
  readonly client: SyncClient & Membership;
  readonly data: LocalData;
  skewMs: number;
  isOnline: boolean;
  /** Nothing can be written any more. */
  isDiskFull: boolean;
  /** No longer one of the workspace's: removed, or lost with all that was on it. */
  isGone: boolean;
  /** Someone has asked for it; whether it was done, the device itself will hear first. */
  isBeingRemoved: boolean;
  /** The rows that wait to be sent. */
  pending(): ReadonlySet<string>;
  /** What its software remembers beside the rows. */
  values(): ReadonlyMap<string, unknown>;
  /** It breaks, or falls into the sea. */
  lose(): void;
  now(): number;
  /** Ends the background where it stands and starts another one. */
  restart(): void;
  /** The background ends with the nth of its next transactions, before or after it; null: it does not. */
  crashAt(transaction: number | null, isBefore: boolean): void;
  backUp(): void;
  /** The profile as it was at the last backup; false when there is none. */
  restoreBackup(): boolean;
}

interface Background {
  readonly client: SyncClient & Membership;
  readonly data: LocalData;
  readonly line: Line;
  end(): void;
}

/** A device that has come in already: its id, and what its software remembers. */
export interface Born {
  readonly id: DeviceId;
  readonly values: ReadonlyMap<string, unknown>;
}

export interface DeviceDeps {
  readonly seed: number;
  readonly timeline: Timeline;
  readonly cloud: Cloud;
  readonly weather: () => Weather;
  readonly tell: Tell;
  /** How often a transaction takes its time. */
  readonly slowness: () => number;
  readonly born?: Born;
  readonly onRequest: (path: string) => void;
  readonly events: LocalEvents;
}

const LONGEST_TRANSACTION_MS = 200;
/** Far more than anything needs that waits for nobody. */
const MAX_TRANSACTIONS_AT_ONCE = 20_000;

export function createDevice(
  name: string,
  { skewMs, isEager, isNewer }: DevicePlan,
  deps: DeviceDeps,
): Device {
  const { seed, timeline, cloud, weather, tell, slowness, events } = deps;
  const randomBytes = bytesFrom(streamOf(seed, `${name} secrets`));
  const lineRandom = streamOf(seed, `${name} line`);
  const diskRandom = streamOf(seed, `${name} disk`);
  const id = deps.born?.id ?? (bytesToHex(randomBytes(8)) as DeviceId);
  const unexpected: string[] = [];
  let unlocked: Unlocked | null = null;
  const now = (): number => timeline.now() + device.skewMs;
  const disk = (isNewer ? memoryDisk : productDisk)(id, now, deps.born?.values);
  const never = new Promise<never>(() => {});
  let crash: { transactionsLeft: number; readonly isBefore: boolean } | null = null;

  function start(): Background {
    let isAlive = true;
    let atMs = 0;
    let transactions = 0;

    /** A transaction may be slow, fail, or be the last thing that happens. */
    const access: Access = async (isWrite, transaction) => {
      if (atMs !== timeline.now()) transactions = 0;
      atMs = timeline.now();
      transactions += 1;
      if (transactions > MAX_TRANSACTIONS_AT_ONCE) throw new Error('it goes round in circles');
      if (isAlive && diskRandom.chance(slowness())) {
        await new Promise<void>((resolve) => {
          timeline.after(1 + diskRandom.below(LONGEST_TRANSACTION_MS), resolve);
        });
      }
      if (!isAlive) return never;
      const isLast = crash?.transactionsLeft === 0;
      const isBefore = crash?.isBefore ?? false;
      if (crash) crash.transactionsLeft -= 1;
      if (isLast && isBefore) return endHere();
      if (isWrite && device.isDiskFull) throw new Error(DISK_FULL);
      const value = await transaction();
      return isLast ? endHere() : value;
    };

    function endHere(): Promise<never> {
      tell('the background ends in the middle');
      crash = null;
      device.restart();
      return never;
    }

    const data = disk.open(access, events);
    const line = createLine({
      timeline,
      cloud,
      random: lineRandom,
      weather,
      isOnline: () => device.isOnline,
      tell,
    });
    let queue: Promise<unknown> = Promise.resolve();
    const syncDeps: SyncDeps = {
      store: isEager ? data.store : { ...data.store, onQueued: () => () => {} },
      deviceId: async () => id,
      fetch(url, init) {
        deps.onRequest(url);
        return line.fetch(url, init);
      },
      openSocket: line.openSocket,
      now,
      randomBytes,
      schedule: (delayMs, task) => timeline.after(delayMs, () => (isAlive ? task() : undefined)),
      exclusively(task) {
        const result = queue.then(task);
        queue = result.catch(() => undefined);
        return result;
      },
      secrets: {
        read: async () => unlocked,
        write: async (value) => {
          unlocked = value;
        },
        clear: async () => {
          unlocked = null;
        },
      },
      onUnexpected: (where, error) =>
        unexpected.push(
          `${where}: ${error instanceof Error ? String(error.stack) : String(error)}`,
        ),
    };
    const worker = createSyncClient(syncDeps);
    const page = createMembership({
      ...syncDeps,
      background: {
        refresh: async () => void (await worker.refresh()),
        adopt: async () => void (await worker.adopt()),
        forget: async () => void (await worker.forget()),
      },
    });
    return {
      client: { ...page, ...worker },
      data,
      line,
      end() {
        isAlive = false;
        line.cut();
      },
    };
  }

  const device: Device = {
    name,
    id,
    tell,
    unexpected,
    get client() {
      return background.client;
    },
    get data() {
      return background.data;
    },
    skewMs,
    isOnline: true,
    isDiskFull: false,
    isGone: false,
    isBeingRemoved: false,
    pending: disk.pending,
    values: disk.values,
    lose() {
      device.isGone = true;
      background.end();
    },
    now,
    restart() {
      background.end();
      background = start();
    },
    crashAt(transaction, isBefore) {
      crash = transaction === null ? null : { transactionsLeft: transaction, isBefore };
    },
    backUp: disk.backUp,
    restoreBackup() {
      if (!disk.restore()) return false;
      device.restart();
      return true;
    },
  };
  let background = start();
  return device;
}
