import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import type { ShownPage } from '../sites/snapshot.ts';
import { readPage } from '../sites/page/sites.ts';

/** One look at one page, in the user's click: it answers whom the page is about and leaves nothing. */
export default defineUnlistedScript((): ShownPage => {
  const snapshot = readPage({ document, url: new URL(location.href) });
  return snapshot ? { kind: 'thread', snapshot } : { kind: 'none' };
});
