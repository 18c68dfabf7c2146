import { browser } from 'wxt/browser';
import type { ClipAction, ClipRequest } from './actions.ts';

/** The tab in front of the user, as something to clip from. */
export async function activeTab(
  action: ClipAction,
): Promise<{ readonly request: ClipRequest; readonly windowId: number | undefined }> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  const request = {
    action,
    tabId: tab?.id ?? null,
    selection: '',
    title: tab?.title ?? '',
    url: tab?.url ?? '',
  };
  return { request, windowId: tab?.windowId };
}
