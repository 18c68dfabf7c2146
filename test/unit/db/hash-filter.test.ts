import { expect, it } from 'vitest';
import { createHashFilter } from '../../../extension/db/hash-filter.ts';
import { idHash, sourceHash } from '../../../extension/db/places.ts';

const ids = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `call-${from + n}`);

it('a filter never denies what was added, and seldom affirms what was not', () => {
  const filter = createHashFilter();
  const added = ids(0, 200_000).map(idHash);
  for (const hash of added) filter.add(hash);
  expect(added.every((hash) => filter.mayHave(hash))).toBe(true);
  const wrong = ids(1_000_000, 100_000).filter((id) => filter.mayHave(idHash(id)));
  expect(wrong.length).toBeLessThan(100);
});

it('hashes of ids fall evenly into the segments, and those of sources elsewhere', () => {
  const counts = new Map<number, number>();
  for (const id of ids(0, 50_000)) {
    const segment = idHash(id) >>> 23;
    counts.set(segment, (counts.get(segment) ?? 0) + 1);
  }
  expect(counts.size).toBe(512);
  expect(Math.max(...counts.values())).toBeLessThan(200);
  expect(idHash('same')).not.toBe(sourceHash('same'));
});
