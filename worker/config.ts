import type { Bytes } from '../shared/protocol/bytes.ts';
import type { LogEntry } from './services.ts';
import type { WorkspaceLimits } from './workspace-store.ts';

/** What a workspace may hold when the worker's owner has not said otherwise; the engine ends at 10 GB. */
const DEFAULT_MAX_BYTES = 2_000_000_000;
/** Room for what rows cost beside their own bytes. */
const MOST_BYTES = 8_000_000_000;
const DEFAULT_MAX_ROWS = 2_000_000;
const DEFAULT_MAX_DEVICES = 50;

/** The worker's plain settings, all text. */
export interface Settings {
  readonly WORKSPACE_CREATION?: string;
  readonly WORKSPACE_SECRET?: string;
  readonly MAX_WORKSPACE_BYTES?: string;
  readonly MAX_WORKSPACE_ROWS?: string;
  readonly MAX_DEVICES?: string;
  readonly EXTENSION_ORIGINS?: string;
  readonly REQUEST_LOG?: string;
}

export type CreationPolicy =
  | { readonly kind: 'open' }
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'closed' };

export function limitsFrom(env: Settings): WorkspaceLimits {
  return {
    maxBytes: Math.min(MOST_BYTES, positive(env.MAX_WORKSPACE_BYTES, DEFAULT_MAX_BYTES)),
    maxRows: positive(env.MAX_WORKSPACE_ROWS, DEFAULT_MAX_ROWS),
    maxDevices: positive(env.MAX_DEVICES, DEFAULT_MAX_DEVICES),
  };
}

/** Whatever is not understood is closed: a typing mistake must not open a worker to everyone. */
export function creationPolicyFrom(env: Settings): CreationPolicy {
  if (env.WORKSPACE_CREATION === 'open') return { kind: 'open' };
  const secret = env.WORKSPACE_SECRET;
  return env.WORKSPACE_CREATION === 'secret' && secret
    ? { kind: 'secret', secret }
    : { kind: 'closed' };
}

const CHROME_ORIGIN = /^chrome-extension:\/\/[a-p]{32}$/;
const FIREFOX_ORIGIN = /^moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Pages of an extension: any, or those that the worker's owner has listed. An extension's id says
 * nothing of who wrote it; what protects a workspace are its credentials.
 */
export function isOriginAllowed(env: Settings): (origin: string) => boolean {
  const listed = (env.EXTENSION_ORIGINS ?? '').split(',').map((each) => each.trim());
  const named = new Set(listed.filter((each) => each !== ''));
  return named.size > 0
    ? (origin) => named.has(origin)
    : (origin) => CHROME_ORIGIN.test(origin) || FIREFOX_ORIGIN.test(origin);
}

/** One structured line for each entry, which the platform's log takes from the console. */
export const logTo =
  (env: Settings) =>
  (entry: LogEntry): void => {
    if (env.REQUEST_LOG === 'off') return;
    // oxlint-disable-next-line no-console -- see above.
    console.log(JSON.stringify(entry));
  };

export const randomBytes = (length: number): Bytes =>
  crypto.getRandomValues(new Uint8Array(length));

function positive(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 ? value : otherwise;
}
