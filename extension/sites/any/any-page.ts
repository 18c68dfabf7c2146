import { addressesInText } from '../page/addresses.ts';
import { MAX_FOUND, readLinks } from '../page/read-links.ts';
import { selectionOf } from '../page/safe-dom.ts';
import type { Site } from '../page/site.ts';
import { mentioned, snapshotOf } from '../page/snapshot-of.ts';

const MAX_SELECTED_LETTERS = 2000;

/** Any page: whom it offers to write to or to call, whom the user points at, and whose site it is. */
export const anyPage: Site = {
  name: 'web',
  detect: ({ protocol }) => protocol === 'https:' || protocol === 'http:',
  pauseMs: 1000,
  *read(page) {
    // Before anything is put aside: who selects an address wants an answer about that one.
    const selected = addressesInText(selectionOf(page.document, MAX_SELECTED_LETTERS));
    const { addresses, phones } = yield* readLinks(page.document);
    const domain = domainOf(page.url);
    const all = [...new Set([...selected, ...addresses])].slice(0, MAX_FOUND);
    if (all.length === 0 && phones.length === 0 && domain === null) return null;
    return snapshotOf(page, {
      host: 'web',
      layout: selected.length > 0 ? 'selection' : 'page',
      people: mentioned(all),
      clues: { profiles: [], phones, domain },
    });
  },
};

/** Null where nobody could have an address: numbers, and names of the house's own network. */
function domainOf({ hostname }: URL): string | null {
  const host = hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^www\./, '');
  const isName = /^[^\s@/<>:[\]]+\.[^\s@/<>:[\].\d][^\s@/<>:[\].]*$/.test(host);
  return isName ? host : null;
}
