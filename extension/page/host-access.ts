import { signal, type ReadonlySignal } from '../ui/signal.ts';

/** The part of the browser's `permissions` that is needed. */
export interface Permissions {
  contains(wanted: { readonly origins: string[] }): Promise<boolean>;
  request(wanted: { readonly origins: string[] }): Promise<boolean>;
}

export interface HostAccess {
  /** The browser keeps us out of one of our hosts. */
  readonly isMissing: ReadonlySignal<boolean>;
  check(): Promise<void>;
  /** Only in answer to a click: the browser asks the user. */
  grant(): Promise<void>;
}

/**
 * Hosts that come with an update are not granted by Firefox, and any browser lets the user take one
 * away: without this the panel would be missing there and nothing would say why.
 */
export function createHostAccess(permissions: Permissions, hosts: readonly string[]): HostAccess {
  const isMissing = signal(false);
  return {
    isMissing,
    async check() {
      isMissing.value = !(await permissions.contains({ origins: [...hosts] }));
    },
    async grant() {
      isMissing.value = !(await permissions.request({ origins: [...hosts] }));
    },
  };
}
