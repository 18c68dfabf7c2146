import { Dexie } from 'dexie';
import type { MainstayDatabase } from './database.ts';

/** The roster itself, and the small values: one of them says that history is still arriving. */
const WATCHED = ['roster', 'kv'];

/**
 * Calls back whenever the roster was written, here or in any other page, the background included.
 * Dexie tells all contexts of one origin which tables changed; the reader decides what to read again.
 */
export function watchRoster(db: MainstayDatabase, onChanged: () => void): () => void {
  const prefixes = WATCHED.map((table) => `idb://${db.name}/${table}/`);
  const listen = (parts: object): void => {
    if (Object.keys(parts).some((part) => prefixes.some((prefix) => part.startsWith(prefix))))
      onChanged();
  };
  Dexie.on.storagemutated.subscribe(listen);
  return () => Dexie.on.storagemutated.unsubscribe(listen);
}
