import { SETTINGS_ID } from '../../shared/model/settings.ts';
import { MainstayDatabase } from './database.ts';
import { searchClients, type FoldedNames, type Found } from './search-query.ts';
import { readBook, type Book } from './today-query.ts';
import { watchRoster } from './watch.ts';

/** The book as a page reads it. A module of its own, so that a page can be shown before it is loaded. */
export interface BookSource {
  read(): Promise<Book>;
  search(book: Book, text: string, names: FoldedNames): Promise<Found[]>;
  /** The language the user chose, if any. */
  chosenLanguage(): Promise<string | null>;
  /** Calls back at each change, wherever it was made, until the returned function is called. */
  watch(onChanged: () => void): () => void;
}

export function openBookSource(): BookSource {
  const db = new MainstayDatabase();
  return {
    read: () => readBook(db),
    search: (book, text, names) => searchClients(db, book, text, names),
    chosenLanguage: async () => (await db.settings.get(SETTINGS_ID))?.language ?? null,
    watch: (onChanged) => watchRoster(db, onChanged),
  };
}
