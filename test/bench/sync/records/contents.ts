import { toCanonicalJson } from '../../../../shared/protocol/canonical.ts';
import type { BookRecord, Contents, FieldEdit, TableName } from '../contract.ts';

/** Counts and sums up records in any order; equal contents give equal checksums, everywhere. */
export interface Tally {
  add(record: BookRecord): void;
  contents(): Contents;
}

export function createTally(): Tally {
  const counts: Record<TableName, number> = { clients: 0, contacts: 0, interactions: 0 };
  let [high, low] = [0, 0];
  return {
    add({ table, row }) {
      counts[table] += 1;
      const [a, b] = hash(`${table}${toCanonicalJson(row)}`);
      high = (high + a) >>> 0;
      low = (low + b) >>> 0;
    },
    contents: () => ({ counts: { ...counts }, checksum: hex(high) + hex(low) }),
  };
}

/** What every device must hold once `edits` have been made, the later over the earlier. */
export function contentsOf(records: Iterable<BookRecord>, edits: readonly FieldEdit[]): Contents {
  const edited = Map.groupBy(edits, ({ id }) => id);
  const tally = createTally();
  for (const { table, row } of records) {
    const patch = edited.get(row.id)?.map(({ field, value }) => [field, value] as const);
    tally.add({ table, row: patch ? { ...row, ...Object.fromEntries(patch) } : row });
  }
  return tally.contents();
}

export const isSameContents = (a: Contents, b: Contents): boolean =>
  a.checksum === b.checksum && toCanonicalJson(a.counts) === toCanonicalJson(b.counts);

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** cyrb53 (bryc, public domain) kept as two words: it finds mistakes, not forgers. */
function hash(text: string): readonly [number, number] {
  let [a, b] = [0xdead_beef, 0x41c6_ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return [a >>> 0, b >>> 0];
}
