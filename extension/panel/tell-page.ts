import { signal as createSignal, type ReadonlySignal } from '../ui/signal.ts';
import type { browser } from 'wxt/browser';
import { PAGE_PORT } from '../messaging/events.ts';
import type { PageState, ShownPage } from '../sites/snapshot.ts';

export interface PageTeller {
  /** What the page shows now. */
  readonly page: ReadonlySignal<ShownPage>;
  /** Whether the side panel is open beside this page. */
  readonly isFollowed: ReadonlySignal<boolean>;
  tell(state: PageState): void;
}

type Runtime = typeof browser.runtime;
type Port = ReturnType<Runtime['connect']>;

/** The content script's end of `followTab`: tells who follows this page what it shows. */
export function createPageTeller(runtime: Runtime, signal: AbortSignal): PageTeller {
  const page = createSignal<ShownPage>({ kind: 'none' });
  const isFollowed = createSignal(false);
  const ports = new Set<Port>();
  const leave = (port: Port): void => {
    ports.delete(port);
    isFollowed.value = ports.size > 0;
  };
  const post = (port: Port): void => {
    try {
      port.postMessage(page.value);
    } catch {
      // Closed while the page lay in the history, where it hears of nothing.
      leave(port);
    }
  };
  const follow = (port: Port): void => {
    if (port.name !== PAGE_PORT) return;
    ports.add(port);
    isFollowed.value = true;
    port.onDisconnect.addListener(leave);
    post(port);
  };
  runtime.onConnect.addListener(follow);
  signal.addEventListener('abort', () => runtime.onConnect?.removeListener(follow));
  return {
    page,
    isFollowed,
    tell(state) {
      // What only adapters need goes no further than `parseShownPage`.
      page.value = state;
      for (const port of ports) post(port);
    },
  };
}
