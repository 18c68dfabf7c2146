import type { SyncDeps } from '../../../extension/sync/deps.ts';
import type { Unlocked } from '../../../extension/sync/lock.ts';
import {
  createMembership,
  type Membership,
} from '../../../extension/sync/membership/create-membership.ts';
import { createSyncClient, type SyncClient } from '../../../extension/sync/sync-client.ts';

export interface Member {
  /** What the background does. */
  readonly client: SyncClient;
  /** What an open page does. */
  readonly membership: Membership;
  close(): void;
}

/** Background and page of one browser in one process, as nobody has them but a bench. */
export function createMember(given: Omit<SyncDeps, 'secrets' | 'onUnexpected'>): Member {
  let unlocked: Unlocked | null = null;
  const deps: SyncDeps = {
    ...given,
    secrets: {
      read: async () => unlocked,
      write: async (value) => {
        unlocked = value;
      },
      clear: async () => {
        unlocked = null;
      },
    },
    onUnexpected: (where, error) => console.error(where, error),
  };
  const client = createSyncClient(deps);
  const membership = createMembership({
    ...deps,
    background: {
      refresh: async () => void (await client.refresh()),
      adopt: async () => void (await client.adopt()),
      forget: async () => void (await client.forget()),
    },
  });
  return {
    client,
    membership,
    close() {
      client.close();
      membership.stop();
    },
  };
}
