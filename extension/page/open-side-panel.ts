import { browser } from 'wxt/browser';

interface Sidebar {
  open(): Promise<void>;
}

/**
 * Chromium's side panel or Firefox's sidebar. Both browsers open it only in the user's own gesture,
 * so nothing may be awaited before this call: whoever makes it knows the window already.
 */
export const openSidePanel = (windowId: number): Promise<void> =>
  hasSidebar(browser) ? browser.sidebarAction.open() : browser.sidePanel.open({ windowId });

const hasSidebar = (api: object): api is { readonly sidebarAction: Sidebar } =>
  'sidebarAction' in api;
