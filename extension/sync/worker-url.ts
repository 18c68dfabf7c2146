const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The worker's address as it is kept, or null: HTTPS, or this very machine while developing. */
export function parseWorkerUrl(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  if (!url || url.username || url.search || url.hash) return null;
  const isSecure = url.protocol === 'https:';
  const isLocal = url.protocol === 'http:' && LOOPBACK.has(url.hostname);
  if (!isSecure && !isLocal) return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
