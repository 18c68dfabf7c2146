import type { UserManifest } from 'wxt';
import { OUTLOOK_PAGES } from './sites/outlook/pages.ts';

export interface ManifestTarget {
  readonly browser: string;
  readonly isDemo: boolean;
}

/** The permissions, each with its reason in the README. `_locales` is generated from the catalogues. */
export function manifest({ browser, isDemo }: ManifestTarget): UserManifest {
  return {
    name: '__MSG_extName__',
    short_name: 'Mainstay',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    permissions: [
      'storage',
      'unlimitedStorage',
      'alarms',
      'scripting',
      'activeTab',
      // Chromium asks for the menu when it is wanted; Firefox has no way to ask for it later.
      ...(browser === 'firefox' ? (['contextMenus'] as const) : (['sidePanel'] as const)),
    ],
    optional_permissions: ['idle', ...(browser === 'firefox' ? [] : (['contextMenus'] as const))],
    host_permissions: [
      'https://mail.google.com/*',
      ...OUTLOOK_PAGES,
      ...(isDemo ? ['http://127.0.0.1/*'] : []),
    ],
    // Each site is asked for when the user turns it on, and only that one.
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Argon2id, which passphrases go through, is WebAssembly from our own files. And Firefox's own
    // policy has `upgrade-insecure-requests`, which spares a worker on this machine, but not its sockets.
    content_security_policy: {
      extension_pages: "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'",
    },
    // Short, and no word that a search would begin with.
    omnibox: { keyword: 'mst' },
    action: { default_title: '__MSG_extName__' },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+M' } },
      'log-email': {
        suggested_key: { default: 'Alt+Shift+E' },
        description: '__MSG_commandLogEmail__',
      },
      'log-call': {
        suggested_key: { default: 'Alt+Shift+C' },
        description: '__MSG_commandLogCall__',
      },
      'type-line': {
        suggested_key: { default: 'Alt+Shift+L' },
        description: '__MSG_commandTypeLine__',
      },
      // Browsers suggest four keys at most; these the user may give a key.
      promise: { description: '__MSG_commandPromise__' },
      ...(browser === 'firefox'
        ? { _execute_sidebar_action: {} }
        : { 'open-side-panel': { description: '__MSG_commandSidePanel__' } }),
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'mainstay@mainstay.invalid',
              strict_min_version: '142.0',
              // Nothing is collected: what syncs is sealed on the device and goes to the user's own worker.
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '128' }),
  };
}
