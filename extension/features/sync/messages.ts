import type { Fields } from '../../../shared/row.ts';
import type { SyncStatus } from '../../sync/status.ts';

/** What a surface says of sync in one quiet line. */
export type SyncSummary = Pick<SyncStatus, 'state' | 'lastSuccessAt' | 'pending' | 'problem'>;

type Nothing = Record<string, never>;

/**
 * What is asked of the background: how sync stands, and to exchange rows. Who belongs to the
 * workspace is no business of its: pages change that by themselves (`sync/membership`), and tell it
 * to look again.
 */
export type SyncMessages = {
  'sync.summary': [Nothing, SyncSummary];
  /** `isUsed`: somebody has touched the page since it last asked. */
  'sync.status': [{ readonly isUsed: boolean }, SyncStatus];
  'sync.now': [Nothing, SyncStatus];
  /** The membership was changed or unlocked in this page. */
  'sync.refresh': [Nothing, SyncStatus];
  /** Another membership is prepared in the database: it takes the place of the one so far. */
  'sync.adopt': [Nothing, SyncStatus];
  /** The membership is over. The data stays. */
  'sync.forget': [Nothing, SyncStatus];
  /** Only the passphrase opens it again. */
  'sync.lock': [Nothing, SyncStatus];
  /** Puts a row back to an earlier version of it, as an edit of its own. */
  'sync.restoreVersion': [
    { readonly table: string; readonly id: string; readonly fields: Fields },
    { readonly undoToken: string },
  ];
};
