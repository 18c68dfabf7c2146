import { expect, test } from 'vitest';
import { createPageSites } from '../../../extension/entrypoints/background/page-sites.ts';

const MAIL = 'https://mail.google.com/*';
const FIRM = 'https://levi.example/*';
type Extension = Parameters<typeof createPageSites>[0];

/** A browser of nothing but what is asked of it; what was done to it stands in `done`. */
function fakeBrowser(origins: string[]) {
  const done: string[] = [];
  let registered: { readonly matches?: readonly string[] }[] = [];
  const put = (name: string) => (scripts: { readonly matches: readonly string[] }[]) => {
    done.push(`${name} ${scripts.flatMap(({ matches }) => matches).join(' ')}`);
    registered = scripts;
    return Promise.resolve();
  };
  const extension = {
    runtime: { getManifest: () => ({ host_permissions: [MAIL] }) },
    permissions: { getAll: () => Promise.resolve({ origins: [...origins] }) },
    scripting: {
      getRegisteredContentScripts: () => Promise.resolve(registered),
      registerContentScripts: put('register'),
      updateContentScripts: put('update'),
      unregisterContentScripts: () => {
        done.push('unregister');
        registered = [];
        return Promise.resolve();
      },
      executeScript: ({ target }: { target: { tabId: number } }) => {
        done.push(`run in ${target.tabId}`);
        return Promise.resolve([]);
      },
    },
    tabs: {
      query: ({ url }: { url?: string[] }) => Promise.resolve(url ? [{ id: 7 }] : [{ id: 7 }, {}]),
      sendMessage: (id: number) => {
        done.push(`tell ${id}`);
        return Promise.reject(new Error('nobody listens'));
      },
    },
  };
  return { sites: createPageSites(extension as unknown as Extension), done, origins };
}

test('nothing is registered while the user has turned nothing on', async () => {
  const { sites, done } = fakeBrowser([MAIL]);
  await sites.settle();
  expect(done).toEqual([]);
});

test('a site that is allowed gets the script, in its open tabs at once', async () => {
  const { sites, done } = fakeBrowser([MAIL, FIRM]);
  await sites.onAdded({ origins: [FIRM] });
  expect(done).toEqual([`register ${FIRM}`, 'run in 7']);
});

test('two answers at once register once', async () => {
  const { sites, done } = fakeBrowser([MAIL, FIRM]);
  await Promise.all([sites.settle(), sites.settle()]);
  expect(done).toEqual([`register ${FIRM}`, `update ${FIRM}`]);
});

test('a site that is taken back loses it, and its tabs are told', async () => {
  const { sites, done, origins } = fakeBrowser([MAIL, FIRM]);
  await sites.settle();
  origins.pop();
  await sites.onRemoved({ origins: [FIRM] });
  expect(done.slice(1)).toEqual(['unregister', 'tell 7']);
});
