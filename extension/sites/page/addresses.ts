import { ADDRESS_FORM, MAX_ADDRESS_LENGTH } from '../../../shared/rules/address-form.ts';

/** A link longer than this is not there to be written to. */
const MAX_LINK_LETTERS = 2000;

/** Lower case; null for what is no address, or has no domain that could be anybody's. */
export function addressFrom(text: string | null): string | null {
  const address = text?.trim().toLowerCase() ?? '';
  const isAddress =
    address.length <= MAX_ADDRESS_LENGTH &&
    ADDRESS_FORM.test(address) &&
    /\.[^.]{2,}$/.test(address.slice(address.lastIndexOf('@')));
  return isAddress ? address : null;
}

/** The recipients of a `mailto:` link (RFC 6068), copies included; none for any other link. */
export function addressesOfMailto(href: string): readonly string[] {
  if (!/^\s*mailto:/i.test(href) || href.length > MAX_LINK_LETTERS) return [];
  const link = href.slice(href.indexOf(':') + 1);
  const end = link.indexOf('?');
  const to = end < 0 ? link : link.slice(0, end);
  const fields = end < 0 ? [] : link.slice(end + 1).split('&');
  const lists = fields.flatMap((field) => /^(?:to|cc)=(.*)$/i.exec(field)?.[1] ?? []);
  return [to, ...lists].flatMap((list) =>
    list.split(',').flatMap((part) => addressesInText(decoded(part))),
  );
}

/** `Noa Levi <noa@levi.example>, 'otto@brandt.example'.` has two. One pass, however long it is. */
export const addressesInText = (text: string): readonly string[] =>
  text.includes('@')
    ? text
        .split(/[\s<>()[\]",;:|]+/)
        .flatMap((part) => addressFrom(part.replace(/^'/, '').replace(/[.!?']+$/, '')) ?? [])
    : [];

/** The number of a `tel:` link as it is written there; null for any other link. */
export function phoneOfTel(href: string): string | null {
  if (!/^\s*tel:/i.test(href) || href.length > MAX_LINK_LETTERS) return null;
  return decoded(href.slice(href.indexOf(':') + 1)).trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Nobody can tell what was meant.
    return '';
  }
}
