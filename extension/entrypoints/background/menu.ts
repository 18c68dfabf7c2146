import { browser, type Browser } from 'wxt/browser';
import { clipActions, type ClipAction, type ClipRequest } from '../../clip/actions.ts';
import { openClip } from '../../clip/open-clip.ts';

declare module 'wxt/browser' {
  interface WxtI18n {
    getMessage(messageName: `extMenu_${ClipAction}`): string;
  }
}

type Menus = Pick<typeof Browser.contextMenus, 'create' | 'removeAll' | 'onClicked'>;
type Click = Pick<Browser.contextMenus.OnClickData, 'menuItemId' | 'selectionText' | 'pageUrl'>;
type Tab = Pick<Browser.tabs.Tab, 'id' | 'windowId' | 'title' | 'url'>;

/** A menu keeps no more of a selection than fits into a message. */
const MAX_LETTERS = 20_000;

/** Lines for a page and for words in it; the browser keeps them until the next update. */
export function addMenu({ create, removeAll }: Menus, title: (action: ClipAction) => string): void {
  void removeAll().then(() => {
    for (const id of clipActions) {
      create({ id, title: title(id), contexts: ['page', 'selection', 'link'] });
    }
  });
}

/** What a click in the menu asks for; null for a line that is not ours any more. */
export function clipOf(
  { menuItemId, selectionText = '', pageUrl = '' }: Click,
  tab: Tab | undefined,
): ClipRequest | null {
  const action = clipActions.find((each) => each === menuItemId);
  if (!action) return null;
  return {
    action,
    tabId: tab?.id ?? null,
    selection: selectionText.slice(0, MAX_LETTERS),
    title: tab?.title ?? '',
    url: tab?.url ?? pageUrl,
  };
}

/** Chromium has the menu only once the user wants it; then it listens at each start. */
export function answerMenu(): void {
  const title = (action: ClipAction): string => browser.i18n.getMessage(`extMenu_${action}`);
  let isHeard = false;
  const listen = (): void => {
    if (isHeard || !browser.contextMenus) return;
    isHeard = true;
    browser.contextMenus.onClicked.addListener((click, tab) => {
      const clip = clipOf(click, tab);
      if (clip) void openClip(clip, tab?.windowId);
    });
  };
  const add = (): void => {
    listen();
    if (browser.contextMenus) addMenu(browser.contextMenus, title);
  };
  listen();
  browser.runtime.onInstalled.addListener(add);
  browser.permissions.onAdded.addListener(add);
}
