import type { SyncStore } from '../../../extension/db/sync-store.ts';
import type { Stamp } from '../../../shared/clock.ts';
import type { Json, RowState } from '../../../shared/merge.ts';
import type { Access } from './memory-database.ts';

/** A device's database as it lies on its disk. */
export interface LocalDisk {
  /** What the software remembers beside the rows, by key. */
  values(): ReadonlyMap<string, unknown>;
  /** The rows that wait to be sent. */
  pending(): ReadonlySet<string>;
  open(access: Access, events: LocalEvents): LocalData;
  backUp(): void;
  /** As it was at the last backup; false when there is none. */
  restore(): boolean;
}

export interface LocalEvents {
  /** A local edit is in the database. */
  readonly onEdited: (edited: Edited) => void;
  /** Stamps of unsent edits have been put right: the same edits under other names. */
  readonly onRestamped: (row: string, before: RowState, after: RowState) => void;
}

export interface Edited {
  readonly row: string;
  readonly stamp: Stamp;
  readonly wrote: Readonly<Record<string, Json>>;
  /** The row as its author saw it. */
  readonly before: RowState | undefined;
}

/** What a background makes of it. */
export interface LocalData {
  readonly store: SyncStore;
  /** Nothing happens where this version of the software cannot show the row, or there is nothing to undo. */
  edit(table: string, id: string, patch: Readonly<Record<string, Json>>): Promise<void>;
  undo(): Promise<void>;
  /** Everything that is here, whether this version can show it or not. */
  rows(): Promise<ReadonlyMap<string, RowState>>;
}

export const rowName = (table: string, id: string): string => `${table}/${id}`;

/** What an edit wrote: all that has a stamp in `after` that `before` does not know. */
export function editedBetween(
  row: string,
  before: RowState | undefined,
  after: RowState | undefined,
): Edited | null {
  const known = new Set(
    [...Object.values(before?.registers ?? {}), ...(before?.losers ?? [])].map(
      ({ stamp }) => stamp,
    ),
  );
  const wrote = [
    ...Object.entries(after?.registers ?? {}).map(([path, register]) => ({ path, ...register })),
    ...(after?.losers ?? []),
  ].filter(({ stamp }) => !known.has(stamp));
  const [first] = wrote;
  if (!first) return null;
  return {
    row,
    stamp: first.stamp,
    wrote: Object.fromEntries(wrote.map(({ path, value }) => [path, value])),
    before,
  };
}
