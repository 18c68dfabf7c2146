import { DIGEST_BYTES, newDigest } from '../../shared/protocol/digest.ts';
import type { Bytes } from '../../shared/protocol/bytes.ts';
import type { Exchanged } from './clocked.ts';
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

/** A bucket is a count and four words of XOR, each of 32 bits. */
const WORDS = 5;
const WORD_BYTES = 4;
const HEX_PER_WORD = 8;

/** As addToDigest and removeFromDigest in shared/protocol/digest.ts, at a tenth of their time. */
export async function openDigest(db: MainstayDatabase): Promise<DigestBook> {
  const digest = await readDigest(db);
  const view = new DataView(digest.buffer);
  let hasChanged = false;
  const change = (by: 1 | -1, { mark }: Exchanged = {}): void => {
    if (!mark) return;
    hasChanged = true;
    const at = bucketOf(mark) * WORDS * WORD_BYTES;
    view.setUint32(at, view.getUint32(at) + by);
    for (let word = 0; word < WORDS - 1; word++) {
      const place = at + (word + 1) * WORD_BYTES;
      const hex = mark.slice(2 + word * HEX_PER_WORD, 2 + (word + 1) * HEX_PER_WORD);
      view.setUint32(place, view.getUint32(place) ^ Number.parseInt(hex, 16));
    }
  };
  return {
    add: (row) => change(1, row),
    remove: (row) => change(-1, row),
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
