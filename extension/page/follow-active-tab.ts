import type { Browser, browser } from 'wxt/browser';
import { PANEL_STARTED } from '../messaging/events.ts';
import { followTab } from '../messaging/tab-page.ts';
import type { ShownPage } from '../sites/snapshot.ts';

type Extension = Pick<typeof browser, 'tabs' | 'runtime' | 'windows'>;
type Sender = Browser.runtime.MessageSender;

/** Calls back with what the active tab of this page's own window shows, whichever tab that is. */
export function followActiveTab(
  extension: Extension,
  onPage: (page: ShownPage) => void,
  signal: AbortSignal,
): void {
  const { tabs, runtime, windows } = extension;
  let windowId: number | undefined;
  let tabId: number | undefined;
  let stop = (): void => {};

  const follow = (next: number | undefined): void => {
    const stopBefore = stop;
    tabId = next;
    stop = next === undefined ? () => {} : followTab(extension, next, onPage);
    if (next === undefined) onPage({ kind: 'none' });
    // Only now: a page that nobody follows for a moment would unfold its own panel.
    stopBefore();
  };
  const onActivated = (active: { readonly tabId: number; readonly windowId: number }): void => {
    if (active.windowId === windowId) follow(active.tabId);
  };
  // A new page in the same tab: its content script has just begun.
  const onMessage = (message: unknown, { tab }: Sender): undefined => {
    if (isStart(message) && tab?.id === tabId) follow(tabId);
  };
  // And a page that comes back from the history, whose content script has been there all along.
  const onUpdated = (updated: number, { status }: { readonly status?: string }): void => {
    if (updated === tabId && status === 'complete') follow(tabId);
  };
  tabs.onActivated.addListener(onActivated);
  tabs.onUpdated.addListener(onUpdated);
  runtime.onMessage.addListener(onMessage);
  signal.addEventListener('abort', () => {
    tabs.onActivated.removeListener(onActivated);
    tabs.onUpdated.removeListener(onUpdated);
    runtime.onMessage.removeListener(onMessage);
    stop();
  });
  void (async () => {
    const [active] = await tabs.query({ active: true, currentWindow: true });
    windowId = active?.windowId ?? (await windows.getCurrent()).id;
    if (!signal.aborted) follow(active?.id);
  })();
}

const isStart = (message: unknown): boolean =>
  typeof message === 'object' &&
  message !== null &&
  'name' in message &&
  message.name === PANEL_STARTED;
