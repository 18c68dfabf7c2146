import type { BrowserKind } from '../../support/browser.ts';

/** Tests that a browser does not let us run, by their names, each with the reason. The README has the same list. */
export const differences: Record<BrowserKind, Readonly<Record<string, string>>> = {
  chromium: {
    'after an update of the extension the new panel takes the place of the old one':
      'Chromium leaves the old script in the page and starts no new one before a reload',
  },
  firefox: {
    'after an update of the extension the old panel goes quiet and offers a reload':
      'Firefox ends the old script at once and starts the new one in the open page',
    'the browser is asked for this one site in the very click, and for nothing at any other time':
      'Firefox’s own question is answered in its window by every test that turns a site on',
  },
};
