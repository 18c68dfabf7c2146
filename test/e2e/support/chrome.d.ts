import type { browser } from 'wxt/browser';

declare global {
  /** What functions that run in a page of the extension find there. */
  const chrome: typeof browser;
}
