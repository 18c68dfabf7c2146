import type { MainstayDatabase } from './database.ts';

export interface Blocked {
  /**
   * Whether a page of an older version keeps the database from being opened. Opens it, and waits
   * until either is known, so that no question is left waiting for that page without a word.
   */
  isNow(): Promise<boolean>;
  /** Settles the next time that a page keeps it, or while one does. */
  next(): Promise<void>;
}

export function watchBlocked(db: MainstayDatabase): Blocked {
  let blocked = Promise.withResolvers<void>();
  db.on('blocked', () => blocked.resolve());
  // Each time: Dexie tells of the first opening only, unless it is told to stay.
  db.on(
    'ready',
    () => {
      blocked = Promise.withResolvers();
    },
    true,
  );
  return {
    async isNow() {
      if (db.isOpen()) return false;
      const no = (): boolean => false;
      // One that cannot be opened for another reason says so to whoever reads.
      return Promise.race([db.open().then(no, no), blocked.promise.then(() => true)]);
    },
    next: () => blocked.promise,
  };
}
