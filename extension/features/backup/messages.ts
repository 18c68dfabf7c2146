import type { NamedRow } from '../../db/bring-back.ts';

export type BackupMessages = {
  /** Merges some rows of a backup; `revive` takes back later deletions of what was in use then. */
  'backup.bringBack': [
    { readonly rows: readonly NamedRow[]; readonly revive: boolean },
    { readonly changed: number },
  ];
  /** Brings back all that was dropped because the worker no longer had it. */
  'history.bringBack': [Record<string, never>, { readonly changed: number }];
};
