import type { MainstayDatabase } from './database.ts';

export interface Flusher {
  /** Resolves once everything that was committed before the call is on the disk. */
  flush(): Promise<void>;
}

/**
 * A commit is safe from a crash of the browser at once, and from a loss of power when the disk has
 * it: that takes another 10 ms, which whoever clicked need not wait for. The database is one log, so
 * one small durable write behind the others carries them to the disk as well.
 */
export function createFlusher(db: MainstayDatabase): Flusher {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = (): Promise<void> => {
    running = flushOnce(db).finally(() => {
      running = null;
    });
    return running;
  };
  return {
    flush() {
      if (!running) return run();
      // What was committed after the running one began waits for one more, whoever asks.
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = null;
          return run();
        });
      return next;
    },
  };
}

async function flushOnce(db: MainstayDatabase): Promise<void> {
  // Dexie knows one durability for a whole database.
  if (!db.isOpen()) await db.open();
  const transaction = db.backendDB().transaction('kv', 'readwrite', { durability: 'strict' });
  await new Promise<void>((resolve, reject) => {
    const failed = (): void => reject(transaction.error ?? new Error('the flush was aborted'));
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', failed);
    transaction.objectStore('kv').put({ key: 'flushed-at', value: Date.now() });
  });
}
