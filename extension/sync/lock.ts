import { base64UrlToBytes, bytesToBase64Url, type Bytes } from '../../shared/protocol/bytes.ts';
import type { SyncDeps } from './deps.ts';

/**
 * The lock's key while it is open. In the browser's own memory and on no disk, so that the
 * background may end and carry on, and closing the browser locks.
 */
export interface SecretMemory {
  read(): Promise<Unlocked | null>;
  write(unlocked: Unlocked): Promise<void>;
  clear(): Promise<void>;
}

export interface Unlocked {
  /** base64url: this memory holds no bytes. */
  readonly key: string;
  /** The last sign of a user, by this device's own clock. */
  readonly usedAt: number;
}

type LockDeps = Pick<SyncDeps, 'secrets' | 'now'>;

/** Signs of a user closer together than this are one. */
const USE_STEP_MS = 15_000;

/** Null: not unlocked since the browser started, or nobody was there for `idleMs`. */
export async function readLockKey({ secrets, now }: LockDeps, idleMs: number) {
  const unlocked = await secrets.read();
  if (!unlocked) return null;
  // A clock that was set back must not keep it open either.
  if (Math.abs(now() - unlocked.usedAt) >= idleMs) {
    await secrets.clear();
    return null;
  }
  return base64UrlToBytes(unlocked.key);
}

export const keepLockKey = ({ secrets, now }: LockDeps, key: Bytes): Promise<void> =>
  secrets.write({ key: bytesToBase64Url(key), usedAt: now() });

/** Somebody is there: idle time begins anew. */
export async function noteUse({ secrets, now }: LockDeps): Promise<void> {
  const unlocked = await secrets.read();
  if (unlocked && Math.abs(now() - unlocked.usedAt) >= USE_STEP_MS) {
    await secrets.write({ ...unlocked, usedAt: now() });
  }
}

export async function lockAt({ secrets }: LockDeps, idleMs: number): Promise<number | null> {
  const unlocked = await secrets.read();
  return unlocked && unlocked.usedAt + idleMs;
}

interface StorageArea {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

const UNLOCKED_KEY = 'unlocked';

/** `area`: the browser's `storage.session`, which only the extension's own pages can read. */
export const secretsIn = (area: StorageArea): SecretMemory => ({
  async read() {
    const { [UNLOCKED_KEY]: value } = await area.get(UNLOCKED_KEY);
    return isUnlocked(value) ? value : null;
  },
  write: (unlocked) => area.set({ [UNLOCKED_KEY]: unlocked }),
  clear: () => area.remove(UNLOCKED_KEY),
});

const isUnlocked = (value: unknown): value is Unlocked =>
  typeof value === 'object' &&
  value !== null &&
  'key' in value &&
  typeof value.key === 'string' &&
  'usedAt' in value &&
  typeof value.usedAt === 'number';
