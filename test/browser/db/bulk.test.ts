import { Dexie } from 'dexie';
import { expect, it } from 'vitest';
import { getMany, putMany } from '../../../extension/db/bulk.ts';

interface Row {
  readonly id: string;
  readonly n: number;
}

const idOf = ({ id }: Row): string => id;
const named = (n: number): string => `row-${String(n).padStart(5, '0')}`;

it('many rows are found whether they lie side by side, far apart, or nowhere', async () => {
  const db = new Dexie(`bulk-${crypto.randomUUID()}`);
  db.version(1).stores({ rows: 'id' });
  const table = db.table<Row, string>('rows');
  await putMany(
    table,
    Array.from({ length: 1500 }, (_, n) => ({ id: named(2 * n), n })),
  );
  expect(await table.count()).toBe(1500);
  for (const step of [1, 2, 3, 40, 97]) {
    const keys = Array.from({ length: 60 }, (_, n) => named(step * n)).toReversed();
    expect(await getMany(table, keys, idOf)).toEqual(await table.bulkGet(keys));
  }
  const twice = [named(4), ...Array.from({ length: 40 }, (_, n) => named(n)), named(4)];
  expect(await getMany(table, twice, idOf)).toEqual(await table.bulkGet(twice));
  await db.delete();
});
