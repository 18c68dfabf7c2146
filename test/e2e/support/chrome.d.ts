/** What functions that run in a page of the extension find there. */
declare const chrome: typeof import('wxt/browser').browser;
