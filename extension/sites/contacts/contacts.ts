import { isVisible } from '../page/safe-dom.ts';
import { readLinks } from '../page/read-links.ts';
import type { Site } from '../page/site.ts';
import { mentioned, snapshotOf } from '../page/snapshot-of.ts';

const PERSON = /^(?:\/u\/\d+)?\/person\/(c\d+)/;

/** A person of Google Contacts: the addresses that can be seen, since views that were left stay there. */
export const contacts: Site = {
  name: 'google-contacts',
  detect: ({ hostname }) => hostname === 'contacts.google.com',
  pauseMs: 300,
  *read(page) {
    const id = PERSON.exec(page.url.pathname)?.[1];
    if (id === undefined) return null;
    const { addresses, phones } = yield* readLinks(page.document, isVisible);
    if (addresses.length === 0 && phones.length === 0) return null;
    return snapshotOf(page, {
      host: 'google-contacts',
      layout: 'contact',
      threadId: id,
      people: mentioned(addresses),
      clues: { profiles: [], phones, domain: null },
    });
  },
};
