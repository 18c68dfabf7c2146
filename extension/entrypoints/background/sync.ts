import { browser } from 'wxt/browser';
import type { DeviceId } from '../../../shared/clock.ts';
import { createSyncStore, type SyncStoreDeps } from '../../db/create-sync-store.ts';
import { browserSyncDeps } from '../../sync/browser-deps.ts';
import { secretsIn } from '../../sync/lock.ts';
import { createSyncClient, type SyncClient } from '../../sync/sync-client.ts';
import { tellSyncStatus } from './panels.ts';

export interface BackgroundSyncDeps extends SyncStoreDeps {
  readonly deviceId: () => Promise<DeviceId>;
  readonly onUnexpected: (where: string, error: unknown) => void;
}

export function startSync({ deviceId, onUnexpected, ...store }: BackgroundSyncDeps): SyncClient {
  const sync = createSyncClient({
    ...browserSyncDeps(),
    store: createSyncStore(store),
    deviceId,
    secrets: secretsIn(browser.storage.session),
    onUnexpected,
  });
  sync.subscribe(() => void tellSyncStatus());
  return sync;
}
