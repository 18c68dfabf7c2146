import type { SyncStore } from '../db/sync-store.ts';
import { forget, read, write, type SyncValues } from './store-keys.ts';

/**
 * What only the background writes, read from the database once: each read is a transaction of its
 * own, and a dozen of them stood between a click here and the other device. A copy and never the
 * original: whatever is here is stored as well, and a new background starts without it.
 */
export interface Memory {
  read<Key extends keyof SyncValues>(key: Key): Promise<SyncValues[Key] | undefined>;
  write<Key extends keyof SyncValues>(key: Key, value: SyncValues[Key]): Promise<void>;
  forget(key: keyof SyncValues): Promise<void>;
  /** The store wrote it in a transaction of its own. */
  note<Key extends keyof SyncValues>(key: Key, value: SyncValues[Key]): void;
  noteAll(values: Partial<SyncValues>): void;
  /** Somebody else has written: everything is to be read again. */
  clear(): void;
}

export function createMemory(store: SyncStore): Memory {
  const known = new Map<string, unknown>();
  return {
    async read<Key extends keyof SyncValues>(key: Key) {
      if (!known.has(key)) known.set(key, await read(store, key));
      return known.get(key) as SyncValues[Key] | undefined;
    },
    async write(key, value) {
      await write(store, key, value);
      known.set(key, value);
    },
    async forget(key) {
      if (known.has(key) && known.get(key) === undefined) return;
      await forget(store, key);
      known.set(key, undefined);
    },
    note(key, value) {
      known.set(key, value);
    },
    noteAll(values) {
      for (const [key, value] of Object.entries(values)) known.set(key, value);
    },
    clear: () => known.clear(),
  };
}
