/** A person's page on a network, as one key: `linkedin:noa-levi`. */
export type ProfileKey = `linkedin:${string}`;
/** Nothing that an address or a page could read as anything but a name. */
export const PROFILE_FORM = /^linkedin:[^\s/\\?#<>"']{1,100}$/;

const LINKEDIN_HOST = /^(?:[a-z]{2,3}\.)?linkedin\.com$/;
const LINKEDIN_PATH = /^\/in\/([^/]+)(?:\/|$)/;

/** Null for every address that is no person's page. A slug in any script reads the same. */
export function profileOf(url: URL): ProfileKey | null {
  if (url.protocol !== 'https:' || !LINKEDIN_HOST.test(url.hostname.replace(/^www\./, ''))) {
    return null;
  }
  const written = LINKEDIN_PATH.exec(url.pathname)?.[1];
  const slug = written === undefined ? '' : decoded(written).toLowerCase().normalize('NFC');
  const key: ProfileKey = `linkedin:${slug}`;
  return PROFILE_FORM.test(key) ? key : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
