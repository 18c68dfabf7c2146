import type { RowKey } from '../../shared/protocol/ids.ts';
import type { RowMeta } from '../../shared/row.ts';

/** What a row remembers of the version that was last exchanged with the worker. */
export interface Exchanged {
  /** The worker's number for it; absent while the worker has none. */
  readonly seq?: number;
  /**
   * The first byte of the row's key and the hash of its content, 34 hex digits: what the digest is
   * made of. The rest of the key can be derived again, and is not worth its bytes in every row.
   */
  readonly mark?: string;
}

/** What every synced row carries beside its fields. */
export interface Clocked extends Exchanged {
  readonly meta: RowMeta;
}
export type Stored<Entity> = Entity & Clocked;

export const markOf = ({ rkey, hash }: { readonly rkey: RowKey; readonly hash: string }): string =>
  rkey.slice(0, 2) + hash;

/** The other way round. Of the key only the first byte is left, which is all that a digest looks at. */
export const partsOfMark = (mark: string): { readonly rkey: RowKey; readonly hash: string } => ({
  rkey: mark.slice(0, 2) as RowKey,
  hash: mark.slice(2),
});

/** Without anything else of the row, and without members that say nothing. */
export const exchangedOf = ({ seq, mark }: Exchanged): Exchanged => ({
  ...(seq !== undefined && { seq }),
  ...(mark !== undefined && { mark }),
});

export const isSameExchange = (a: Exchanged, b: Exchanged): boolean =>
  a.seq === b.seq && a.mark === b.mark;

/** As after leaving a storage: its numbers could by chance be another version's there. */
export function forgotten<Row extends Exchanged>(row: Row): Omit<Row, 'seq' | 'mark'> {
  const { seq: _seq, mark: _mark, ...rest } = row;
  return rest;
}
