import { browser, type Browser } from 'wxt/browser';
import { clipActions, type ClipAction, type ClipRequest } from '../../clip/actions.ts';

declare module 'wxt/browser' {
  interface WxtI18n {
    getMessage(messageName: `extMenu_${ClipAction}`): string;
  }
}

type Listened<Event extends { readonly addListener: unknown }> = Pick<Event, 'addListener'>;
type Menus = Pick<typeof Browser.contextMenus, 'create' | 'removeAll'> & {
  readonly onClicked: Listened<typeof Browser.contextMenus.onClicked>;
};
type Click = Pick<Browser.contextMenus.OnClickData, 'menuItemId' | 'selectionText' | 'pageUrl'>;
type Tab = Pick<Browser.tabs.Tab, 'id' | 'windowId' | 'title' | 'url'>;

/** A menu keeps no more of a selection than fits into a message. */
const MAX_LETTERS = 20_000;

/** Lines for a page and for words in it; the browser keeps them until the next update. */
async function addMenu(menus: Menus, title: (action: ClipAction) => string): Promise<void> {
  await menus.removeAll();
  for (const id of clipActions) {
    menus.create({ id, title: title(id), contexts: ['page', 'selection', 'link'] });
  }
}

/** What a click in the menu asks for; null for a line that is not ours any more. */
function clipOf(
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

interface Api {
  /** Absent in Chromium until the user wants the menu. */
  readonly contextMenus?: Menus;
  readonly permissions: { readonly onAdded: Listened<typeof Browser.permissions.onAdded> };
  readonly runtime: { readonly onInstalled: Listened<typeof Browser.runtime.onInstalled> };
}

/** Listens at each start; the lines are added with the extension, or with the permission. */
export function answerMenu(
  api: Api,
  title: (action: ClipAction) => string,
  open: (clip: ClipRequest, windowId: number | undefined) => void,
): void {
  let isHeard = false;
  const listen = (): void => {
    if (isHeard || !api.contextMenus) return;
    isHeard = true;
    api.contextMenus.onClicked.addListener((click, tab) => {
      const clip = clipOf(click, tab);
      if (clip) open(clip, tab?.windowId);
    });
  };
  const add = (): void => {
    listen();
    if (api.contextMenus) void addMenu(api.contextMenus, title);
  };
  listen();
  api.runtime.onInstalled.addListener(() => add());
  api.permissions.onAdded.addListener(({ permissions = [] }) => {
    if (permissions.includes('contextMenus')) add();
  });
}

/** In the browser's language, as the rest of the menu. */
export const menuTitle = (action: ClipAction): string =>
  browser.i18n.getMessage(`extMenu_${action}`);
