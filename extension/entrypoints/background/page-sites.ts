import type { Browser, browser } from 'wxt/browser';
import { sitesAmong } from '../../features/sites/site-of.ts';
import { SITE_OFF_MESSAGE } from '../../messaging/events.ts';

type Extension = Pick<typeof browser, 'permissions' | 'scripting' | 'tabs' | 'runtime'>;
type Change = Browser.permissions.Permissions;

export interface PageSites {
  /** Makes the registered script stand on the sites that are allowed now, and on no other. */
  readonly settle: () => Promise<void>;
  readonly onAdded: (change: Change) => Promise<void>;
  readonly onRemoved: (change: Change) => Promise<void>;
}

const ID = 'page';
const FILE = 'content-scripts/page.js';

/**
 * The browser's permissions are the one list of sites: what the user takes away in the browser's own
 * settings is gone here as well. Whoever asked has often been closed by the browser's question, so
 * everything that follows an answer is done here.
 */
export function createPageSites({ permissions, scripting, tabs, runtime }: Extension): PageSites {
  let settling: Promise<void> = Promise.resolve();

  async function register(): Promise<void> {
    const own = runtime.getManifest().host_permissions ?? [];
    const { origins = [] } = await permissions.getAll();
    const matches = sitesAmong(origins, own).map(({ pattern }) => pattern);
    const [registered] = await scripting.getRegisteredContentScripts({ ids: [ID] });
    if (matches.length === 0) {
      if (registered) await scripting.unregisterContentScripts({ ids: [ID] });
      return;
    }
    const script = {
      id: ID,
      js: [FILE],
      matches,
      excludeMatches: own,
      // Before the page's own scripts, so that keys typed into the card can be kept from them.
      runAt: 'document_start' as const,
      persistAcrossSessions: true,
    };
    if (registered) await scripting.updateContentScripts([script]);
    else await scripting.registerContentScripts([script]);
  }

  /** One after the other: two answers at once must not both register. */
  function settle(): Promise<void> {
    settling = settling.then(register, register);
    return settling;
  }

  return {
    settle,
    async onAdded({ origins = [] }) {
      await settle();
      if (origins.length === 0) return;
      const open = await tabs.query({ url: origins });
      await Promise.allSettled(
        open.flatMap(({ id }) =>
          id === undefined
            ? []
            : [scripting.executeScript({ target: { tabId: id }, files: [`/${FILE}`] })],
        ),
      );
    },
    async onRemoved({ origins = [] }) {
      await settle();
      // Without the permission nobody may ask which tabs they are: each looks at its own address.
      const message = { name: SITE_OFF_MESSAGE, origins };
      const all = await tabs.query({});
      await Promise.allSettled(
        all.flatMap(({ id }) => (id === undefined ? [] : [tabs.sendMessage(id, message)])),
      );
    },
  };
}
