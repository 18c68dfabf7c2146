import { phoneKey } from '../../../shared/rules/phone.ts';
import { addressesOfMailto, phoneOfTel } from './addresses.ts';
import { attributeOf, findAll } from './safe-dom.ts';
import type { Reading } from './site.ts';

export interface FoundLinks {
  /** Each once, in the order of the page. */
  readonly addresses: readonly string[];
  readonly phones: readonly string[];
}

const LINKS = 'a[href^="mailto:" i], a[href^="tel:" i]';
/** What follows is not looked at: a directory of thousands is about nobody in particular. */
const MAX_LINKS = 20_000;
export const MAX_FOUND = 40;
/** Links between two chances to let the page go on, about a quarter of a millisecond. */
const LINKS_PER_STEP = 250;

/** The `mailto:` and `tel:` links of a page. Links that `counts` refuses are passed over. */
export function* readLinks(
  document: Document,
  counts: (link: Element) => boolean = () => true,
): Reading<FoundLinks> {
  const [addresses, phones] = [new Set<string>(), new Map<string, string>()];
  // The browser finds them far faster than a walk of ours: most pages have none or a few.
  const links = findAll(document, LINKS);
  for (let index = 0; index < MAX_LINKS; index++) {
    if (index % LINKS_PER_STEP === LINKS_PER_STEP - 1) yield;
    const link = links[index];
    if (!link || (addresses.size >= MAX_FOUND && phones.size >= MAX_FOUND)) break;
    const href = attributeOf(link, 'href') ?? '';
    const found = addressesOfMailto(href);
    const phone = phoneOfTel(href);
    const key = phone === null ? null : phoneKey(phone);
    if ((found.length === 0 && key === null) || !counts(link)) continue;
    for (const address of found) if (addresses.size < MAX_FOUND) addresses.add(address);
    if (phone !== null && key !== null && phones.size < MAX_FOUND) phones.set(key, phone);
  }
  return { addresses: [...addresses], phones: [...phones.values()] };
}
