import { Dexie } from 'dexie';
import type { MainstayDatabase } from './database.ts';

/**
 * Calls back whenever the roster was written, here or in any other page, the background included.
 * Dexie tells all contexts of one origin which tables changed; the reader decides what to read again.
 */
export function watchRoster(db: MainstayDatabase, onChanged: () => void): () => void {
  const prefix = `idb://${db.name}/roster/`;
  const listen = (parts: object): void => {
    if (Object.keys(parts).some((part) => part.startsWith(prefix))) onChanged();
  };
  Dexie.on.storagemutated.subscribe(listen);
  return () => Dexie.on.storagemutated.unsubscribe(listen);
}
