/** What the dashboard shows in place of the settings: `#client/<id>`, or `#find/<text>`. */
export type Shown =
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'find'; readonly text: string };

export const clientHash = (clientId: string): string => `#client/${encodeURIComponent(clientId)}`;
export const findHash = (text: string): string => `#find/${encodeURIComponent(text)}`;

export function readHash(hash: string): Shown | null {
  const [, kind, encoded] = /^#(client|find)\/(.*)$/.exec(hash) ?? [];
  if (kind === undefined || encoded === undefined) return null;
  const value = decode(encoded);
  return kind === 'client' ? { kind: 'client', clientId: value } : { kind: 'find', text: value };
}

/** An address can be typed by hand, and then a `%` may be only that. */
function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
