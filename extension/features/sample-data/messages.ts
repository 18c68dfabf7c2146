import type { Book } from './sample-book.ts';

export type SampleDataMessages = {
  /** The book is made by the page that asks: the background need not carry it all day. */
  'sample.load': [{ readonly book: Book }, { readonly clients: number }];
  'sample.remove': [Record<string, never>, { readonly clients: number }];
};
