/** A site as it can be turned on and off: all pages of one host. */
export interface Site {
  /** For people: `levi-sons.example`. */
  readonly host: string;
  /** What the browser is asked for: `https://levi-sons.example/*`. */
  readonly pattern: string;
}

/** Null for what is no page of the web, and for hosts that the extension reads anyway. */
export function siteOf(address: string | undefined, ownPatterns: readonly string[]): Site | null {
  const url = address === undefined ? null : URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  // Match patterns know no ports.
  const pattern = `${url.protocol}//${url.hostname}/*`;
  return ownPatterns.includes(pattern) ? null : { host: url.hostname, pattern };
}

/** The sites among the browser's permissions, by host; what the extension came with is none of them. */
export const sitesAmong = (
  origins: readonly string[],
  ownPatterns: readonly string[],
): readonly Site[] =>
  origins
    .filter((pattern) => !ownPatterns.includes(pattern))
    .map((pattern) => ({ host: hostOf(pattern), pattern }))
    .sort((a, b) => a.host.localeCompare(b.host));

const hostOf = (pattern: string): string => /^[^:]+:\/\/([^/]+)\//.exec(pattern)?.[1] ?? pattern;
