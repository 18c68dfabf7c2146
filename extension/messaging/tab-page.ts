import type { browser } from 'wxt/browser';
import type { ShownPage } from '../sites/snapshot.ts';
import { PAGE_MESSAGE, PAGE_PORT } from './events.ts';
import { parseShownPage } from './shown-page.ts';

type Browser = Pick<typeof browser, 'tabs' | 'runtime'>;

/** A tab without a content script of ours shows nothing, as far as we can know. */
const NOTHING: ShownPage = { kind: 'none' };

/** Only the page itself has an adapter, never a frame in it. */
const TOP_FRAME = { frameId: 0 };

/** What a tab shows at this moment: host, account, people and thread. */
export async function readTab({ tabs }: Browser, tabId: number): Promise<ShownPage> {
  try {
    return parseShownPage(await tabs.sendMessage(tabId, { name: PAGE_MESSAGE }, TOP_FRAME));
  } catch {
    // No content script there.
    return NOTHING;
  }
}

/**
 * Calls back with what the tab shows, now and whenever that changes, and with `none` when the tab
 * goes elsewhere or has no content script. Returns what ends it.
 */
export function followTab(
  { tabs, runtime }: Browser,
  tabId: number,
  onPage: (page: ShownPage) => void,
): () => void {
  const port = tabs.connect(tabId, { name: PAGE_PORT, ...TOP_FRAME });
  let isWanted = true;
  port.onMessage.addListener((told: unknown) => {
    if (isWanted) onPage(parseShownPage(told));
  });
  port.onDisconnect.addListener(() => {
    // Read, or Chromium writes an error for each page without a content script.
    void runtime.lastError;
    if (isWanted) onPage(NOTHING);
  });
  return () => {
    isWanted = false;
    port.disconnect();
  };
}
