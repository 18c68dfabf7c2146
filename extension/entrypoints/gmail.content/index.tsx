import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { startPanel } from '../../panel/start-panel.tsx';
import { watchGmail } from '../../sites/gmail/watch-gmail.ts';
import { foreseeGmail } from '../../sites/gmail/foresee-gmail.ts';
import { startAround } from './start-around.ts';

declare const __DEMO__: boolean;

/** At the document's start, so that our key listener stands before Gmail's. */
export default defineContentScript({
  matches: ['https://mail.google.com/*', ...(__DEMO__ ? ['http://127.0.0.1/*'] : [])],
  runAt: 'document_start',
  main({ signal }) {
    // Gmail keeps helper frames under the same address; only the page itself has an inbox.
    if (window.top !== window) return;
    const { runtime } = browser;
    const storage = browser.storage.local;
    const panel = startPanel({
      runtime,
      storage,
      window,
      signal,
      watch: (onState, onDrift, signal) =>
        watchGmail({ document, window, signal, onState, onDrift }),
      foresee: (onPerson, signal) => foreseeGmail({ document, signal, onPerson }),
    });
    void startAround({ runtime, storage, document, window, panel });
  },
});
