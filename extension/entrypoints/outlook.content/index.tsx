import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { askName } from '../../panel/ask-name.tsx';
import { startPanel } from '../../panel/start-panel.tsx';
import { OUTLOOK_PAGES } from '../../sites/outlook/pages.ts';
import { watchOutlook } from '../../sites/outlook/watch-outlook.ts';
import { startDrafts } from './start-drafts.ts';

/** At the document's start, so that our key listener stands before Outlook's. */
export default defineContentScript({
  matches: OUTLOOK_PAGES,
  runAt: 'document_start',
  main({ signal }) {
    // Outlook keeps helper frames under the same address; only the page itself has a mailbox.
    if (window.top !== window) return;
    const { runtime } = browser;
    const storage = browser.storage.local;
    const panel = startPanel({
      runtime,
      storage,
      window,
      signal,
      watch: (onState, onDrift, signal) =>
        watchOutlook({ document, window, signal, onState, onDrift }),
      askWho: askName,
    });
    void startDrafts({ runtime, storage, document, window, panel });
  },
});
