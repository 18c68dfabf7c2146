export const CHANGED_MESSAGE = 'changed';
export const COMMAND_MESSAGE = 'command';

export type PanelEvent =
  | { readonly name: typeof CHANGED_MESSAGE; readonly clientIds: readonly string[] }
  | { readonly name: typeof COMMAND_MESSAGE; readonly command: string }
  | { readonly name: typeof PAGE_MESSAGE }
  | { readonly name: typeof SITE_OFF_MESSAGE; readonly origins: readonly string[] };

/** Told to the extension's own pages, which then ask for the status. */
export const SYNC_STATUS_MESSAGE = 'sync-status';

/** The user has taken back that clients are shown on these sites. */
export const SITE_OFF_MESSAGE = 'site.off';

/** Offered to the side panel of a window: words from the page, for the browser's memory to hand over. */
export const CLIP_MESSAGE = 'clip';

/** Asked of a tab's content script: what does the page show now? Answered with a `ShownPage`. */
export const PAGE_MESSAGE = 'page';
/** Opened to a tab's content script by a surface that follows it: told of each change as well. */
export const PAGE_PORT = 'page';
/** What the first message of each page's panel is called; a surface beside the page hears it too. */
export const PANEL_STARTED = 'panel.start';
