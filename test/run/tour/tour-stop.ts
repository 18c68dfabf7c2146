import type { Page } from 'puppeteer-core';
import type { ExtensionBrowser } from '../../support/extension.ts';

export interface Tour {
  readonly app: ExtensionBrowser;
  /** The tab with the demo mailbox. */
  readonly mailbox: Page;
  readonly mailboxUrl: string;
  readonly workerUrl: string;
  /** A second browser with a profile of its own; the same one at each stop. */
  readonly otherDevice: () => Promise<ExtensionBrowser>;
  /** A browser with a profile of its own, in which nothing is yet. */
  readonly openEmptyDevice: () => Promise<ExtensionBrowser>;
  /** A folder for files that the tour saves. */
  readonly folder: string;
  readonly say: (text: string) => void;
  /** A measured time, shown with its step and kept for the closing table. */
  readonly measured: (what: string, ms: number) => void;
  readonly shoot: (page: Page, name: string) => Promise<void>;
}

/** One stop of the tour: something a user does, and what they see. Throws when it is not so. */
export interface TourStop {
  readonly title: string;
  readonly show: (tour: Tour) => Promise<void>;
}
