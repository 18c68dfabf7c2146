import type { Edit } from '../../db/writer.ts';
import type { Book } from './sample-book.ts';

/** A book of plain entities as the edits that create them. */
export const bookEdits = (book: Book): Edit[] => [
  ...book.clients.map(({ id, ...patch }): Edit => ({ table: 'clients', id, patch })),
  ...book.contacts.map(({ id, ...patch }): Edit => ({ table: 'contacts', id, patch })),
  ...book.interactions.map(({ id, ...patch }): Edit => ({ table: 'interactions', id, patch })),
];
