import { browser } from 'wxt/browser';
import type { SyncDeps } from './deps.ts';

const LOCK_NAME = 'mainstay-membership';

/** The browser's own; `fetch` must not be called as a method of another object. */
export const browserSyncDeps = (): Pick<
  SyncDeps,
  'fetch' | 'openSocket' | 'now' | 'randomBytes' | 'schedule' | 'exclusively'
> => ({
  fetch: (url, init) => globalThis.fetch(url, init),
  openSocket(url, protocols, events) {
    const socket = new WebSocket(url, [...protocols]);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => events.onOpen());
    socket.addEventListener('message', ({ data }) => events.onMessage(data));
    // Firefox stops the background 30 s after its last call of the browser, socket or not. So each
    // answer to a ping brings such a call with it, and what other devices do is heard there too.
    if (import.meta.env.FIREFOX) {
      socket.addEventListener('message', () => void browser.runtime.getPlatformInfo());
    }
    socket.addEventListener('close', ({ code }) => events.onClose(code));
    return socket;
  },
  now: Date.now,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  schedule(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  exclusively: async (task) => navigator.locks.request(LOCK_NAME, task),
});
