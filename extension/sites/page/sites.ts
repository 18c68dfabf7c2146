import { anyPage } from '../any/any-page.ts';
import { calendar } from '../calendar/calendar.ts';
import { contacts } from '../contacts/contacts.ts';
import { helpDesk } from '../help-desk/help-desk.ts';
import { linkedin } from '../linkedin/linkedin.ts';
import type { Snapshot } from '../snapshot.ts';
import type { OpenPage, Reading, Site } from './site.ts';

/** The first that knows the address reads the page. */
const sites: readonly Site[] = [linkedin, calendar, contacts, helpDesk, anyPage];

export const siteFor = (url: URL): Site | null => sites.find(({ detect }) => detect(url)) ?? null;

/** Reads the page in one go. Never throws: a page that cannot be read is about nobody. */
export function readPage(page: OpenPage): Snapshot | null {
  try {
    const reading = siteFor(page.url)?.read(page);
    return reading ? finish(reading) : null;
  } catch {
    return null;
  }
}

function finish<Value>(reading: Reading<Value>): Value {
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}
