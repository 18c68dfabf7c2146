import {
  addToDigest,
  DIGEST_BYTES,
  newDigest,
  removeFromDigest,
} from '../../shared/protocol/digest.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import { partsOfMark, type Exchanged } from './clocked.ts';
import type { MainstayDatabase } from './database.ts';

/** kv key of what this device believes the worker to hold, as shared/protocol/digest.ts lays it out. */
const DIGEST_KEY = 'sync-digest';

/**
 * The digest while rows change: the sum of the marks of all rows, and each transaction that changes
 * a mark stores it. A local edit changes none, since it is about what the worker has.
 */
export interface DigestBook {
  readonly add: (row: Exchanged | undefined) => void;
  readonly remove: (row: Exchanged | undefined) => void;
  /** In the same transaction as the rows. */
  readonly store: () => Promise<void>;
  /** Differs after anything was counted, by whomever. */
  readonly state: () => string;
}

export async function openDigest(db: MainstayDatabase): Promise<DigestBook> {
  const digest = await readDigest(db);
  let hasChanged = false;
  const change = (count: typeof addToDigest, { mark }: Exchanged = {}): void => {
    if (!mark) return;
    hasChanged = true;
    count(digest, partsOfMark(mark));
  };
  return {
    add: (row) => change(addToDigest, row),
    remove: (row) => change(removeFromDigest, row),
    async store() {
      if (hasChanged) await db.kv.put({ key: DIGEST_KEY, value: digest });
    },
    state: () => String(digest),
  };
}

/** Takes rows out that are about to be forgotten or gone. */
export async function uncount(db: MainstayDatabase, rows: readonly Exchanged[]): Promise<void> {
  const digest = await openDigest(db);
  rows.forEach(digest.remove);
  await digest.store();
}

export async function readDigest(db: MainstayDatabase): Promise<Bytes> {
  const stored = (await db.kv.get(DIGEST_KEY))?.value;
  const isOne = stored instanceof Uint8Array && stored.length === DIGEST_BYTES;
  return isOne ? new Uint8Array(stored) : newDigest();
}

const bucketOf = (mark: string): number => Number.parseInt(mark.slice(0, 2), 16);

/** In which of the 256 buckets a row is counted; null for one that is not. */
export const bucketOfMark = ({ mark }: Exchanged): number | null => (mark ? bucketOf(mark) : null);
