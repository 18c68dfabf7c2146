import type { DriftReport } from '../../sites/snapshot.ts';

/** What this device has seen of one host's page. It is not synced, and never sent anywhere. */
export interface HostHealth {
  /** UTC milliseconds of the first reading. */
  readonly since: number;
  /** How often which rule answered a question: `{ sender: { gD: 12 } }`. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly drift: (DriftReport & { readonly at: number }) | null;
}

/** The browser's small storage, which a content script reaches without waking the background. */
export interface HealthStore {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}

export const healthKey = (host: string): string => `page-health-${host}`;

export async function readHealth(
  area: Pick<HealthStore, 'get'>,
  host: string,
): Promise<HostHealth | undefined> {
  const key = healthKey(host);
  return (await area.get(key))[key] as HostHealth | undefined;
}
