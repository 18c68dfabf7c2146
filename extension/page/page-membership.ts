import { browser } from 'wxt/browser';
import { createSyncStore } from '../db/create-sync-store.ts';
import type { MainstayDatabase } from '../db/database.ts';
import { readDevice } from '../db/device.ts';
import type { SyncMessages } from '../features/sync/messages.ts';
import type { Send } from '../messaging/send.ts';
import { browserSyncDeps } from '../sync/browser-deps.ts';
import { secretsIn } from '../sync/lock.ts';
import { createMembership, type Membership } from '../sync/membership/create-membership.ts';

/** Belonging to a workspace, for a page of the extension: the background's database, its own hands. */
export function pageMembership(
  db: MainstayDatabase,
  send: Send<SyncMessages>,
  onChanged: () => void,
): Membership {
  const deps = browserSyncDeps();
  return createMembership(
    {
      ...deps,
      // Rows are the background's: here nobody listens, and nothing is merged.
      store: createSyncStore({ db, onChanged: () => {}, onQueued: () => () => {} }),
      deviceId: async () => (await readDevice(db, deps.randomBytes)).id,
      secrets: secretsIn(browser.storage.session),
      background: {
        refresh: async () => void (await send('sync.refresh', {})),
        adopt: async () => void (await send('sync.adopt', {})),
        forget: async () => void (await send('sync.forget', {})),
      },
      onUnexpected(where, error) {
        // oxlint-disable-next-line no-console
        console.error(`mainstay ${where}: ${error instanceof Error ? error.name : 'unknown'}`);
      },
    },
    onChanged,
  );
}
