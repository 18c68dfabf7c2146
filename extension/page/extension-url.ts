import { browser } from 'wxt/browser';

/** The address of one of the extension's own files; generated files are not in WXT's list of paths. */
export const extensionUrl = (path: string): string =>
  new URL(path, browser.runtime.getURL('/')).href;
