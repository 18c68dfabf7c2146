import { titleOf } from '../page/safe-dom.ts';
import { readLinks } from '../page/read-links.ts';
import type { Site } from '../page/site.ts';
import { mentioned, placeOf, snapshotOf } from '../page/snapshot-of.ts';
import { ticketRules } from './rules.ts';

/** A ticket of any help desk: who asks is whom it offers to write to. */
export const helpDesk: Site = {
  name: 'help-desk',
  detect: (url) => ticketOf(url) !== null,
  pauseMs: 500,
  *read(page) {
    const ticket = ticketOf(page.url);
    const { addresses, phones } = yield* readLinks(page.document);
    if (!ticket || (addresses.length === 0 && phones.length === 0)) return null;
    return snapshotOf(page, {
      host: 'help-desk',
      layout: 'ticket',
      threadId: `${page.url.host}:${ticket.id}`,
      threadUrl: placeOf(page.url) + (page.url.pathname === '/' ? page.url.hash : ''),
      subject: titleOf(page.document).slice(0, 500),
      people: mentioned(addresses),
      clues: { profiles: [], phones, domain: null },
      via: { ticket: ticket.via },
    });
  },
};

export function ticketOf(url: URL): { readonly id: string; readonly via: string } | null {
  const address = url.pathname + url.hash;
  for (const { host, address: pattern, name } of ticketRules) {
    if (host && !host.test(url.hostname)) continue;
    const id = pattern.exec(address)?.[1];
    if (id !== undefined) return { id, via: name };
  }
  return null;
}
