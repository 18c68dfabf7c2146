import type { SiteName, Snapshot } from '../snapshot.ts';

export interface OpenPage {
  readonly document: Document;
  readonly url: URL;
}

/** A reading that can be put aside at each `yield`: a page of a million links is read in slices. */
export type Reading<Value> = Generator<undefined, Value, undefined>;

/** What a page shows is read by one site and by nothing else. */
export interface Site {
  readonly name: SiteName;
  /** By the address alone, never by what the page pretends to be. */
  readonly detect: (url: URL) => boolean;
  /** How long a page may go on painting before it is looked at again. */
  readonly pauseMs: number;
  /** Whom the page is about, or null where that is nobody. Changes nothing in the page. */
  readonly read: (page: OpenPage) => Reading<Snapshot | null>;
}

/** One way to find something, newest first in its list; `seen` is when a page last looked so. */
export interface SiteRule {
  readonly name: string;
  readonly seen: string;
  readonly selector: string;
}
