import type { BookRecord, Contents } from '../contract.ts';
import { createTally } from '../records/contents.ts';

declare global {
  interface Window {
    /** Starts reading; the result is asked for now and then, since it can take a minute. */
    benchRead(): void;
    benchContents: Contents | { readonly failed: string } | null;
  }
}

/** Lets the driver read what is stored, by code that knows nothing of the peer's own. */
export function serveReader(read: () => AsyncIterable<BookRecord>): void {
  window.benchContents = null;
  window.benchRead = () => {
    window.benchContents = null;
    void tallied(read).then(
      (contents) => (window.benchContents = contents),
      (error: unknown) => (window.benchContents = { failed: String(error) }),
    );
  };
}

async function tallied(read: () => AsyncIterable<BookRecord>): Promise<Contents> {
  const tally = createTally();
  for await (const record of read()) tally.add(record);
  return tally.contents();
}

export const tables = ['clients', 'contacts', 'interactions'] as const;

/** A stored object without what the peer has put beside the record. */
export function withoutFields(
  stored: Readonly<Record<string, unknown>>,
  isExtra: (name: string) => boolean,
): BookRecord['row'] {
  return Object.fromEntries(
    Object.entries(stored).filter(([name]) => !isExtra(name)),
  ) as BookRecord['row'];
}
