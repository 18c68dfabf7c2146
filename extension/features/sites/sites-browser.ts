import type { browser } from 'wxt/browser';

/** As much of the browser as turning sites on and off takes. */
export interface SitesBrowser {
  readonly permissions: Pick<
    typeof browser.permissions,
    'getAll' | 'contains' | 'request' | 'remove' | 'onAdded' | 'onRemoved'
  >;
  readonly runtime: Pick<typeof browser.runtime, 'getManifest'>;
  readonly storage: Pick<typeof browser.storage, 'local'>;
}
