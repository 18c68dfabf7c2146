import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { startPage } from './start-page.tsx';

/** On the sites that the user has turned on; the background registers it (`page-sites.ts`). */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_start',
  main({ signal }) {
    if (window.top !== window) return;
    startPage({
      runtime: browser.runtime,
      storage: browser.storage.local,
      window,
      signal,
    });
  },
});
