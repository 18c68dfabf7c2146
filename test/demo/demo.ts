import { MainstayDatabase } from '../../extension/db/database.ts';
import { readDevice } from '../../extension/db/device.ts';
import { createWriter } from '../../extension/db/writer.ts';
import { bookEdits } from '../../extension/features/sample-data/book-edits.ts';
import { newId } from '../../shared/model/ids.ts';
import { demoBook } from '../support/book/demo-book.ts';
import { seedBook, type SeedOptions, type Seeded } from './seed-book.ts';

const randomBytes = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** What the demo and the benchmarks call in this page. */
export interface MainstayDemo {
  /** The demo's clients, written as a user's would be. */
  loadBook(): Promise<number>;
  /** A large generated book, put straight into the tables. */
  seed(options: SeedOptions): Promise<Seeded>;
}

declare global {
  interface Window {
    mainstayDemo: MainstayDemo;
  }
}

const db = new MainstayDatabase();

window.mainstayDemo = {
  async loadBook() {
    const device = await readDevice(db, randomBytes);
    const writer = createWriter({
      db,
      device: device.id,
      now: Date.now,
      newToken: () => newId(randomBytes),
    });
    const book = demoBook({ now: Date.now() });
    await writer.write(bookEdits(book));
    return book.clients.length;
  },
  seed: async (options) => seedBook(db, await readDevice(db, randomBytes), options),
};
