import { describe, expect, it } from 'vitest';
import {
  ROWS_PER_CHUNK,
  marksOfChunk,
  rowToBytes,
  rowsOfChunk,
  toChunks,
  toInteraction,
  toItem,
  withExchanged,
  withRows,
  type ChunkRow,
} from '../../../extension/db/chunk.ts';
import type { Stamp } from '../../../shared/clock.ts';

const base = '019a8b7c6d5e0000ffffffffffffff01' as Stamp;
const MARK = 'ab'.repeat(17);

const rowOf = (n: number, more: Partial<ChunkRow> = {}, summary = ''): ChunkRow => ({
  id: `call-${1000 + n}`,
  row: {
    fields: { clientId: 'client-1', kind: 'call', at: 5000 - n, createdAt: 5, summary },
    meta: { base },
  },
  seq: n + 1,
  mark: MARK,
  isWaiting: false,
  ...more,
});
const chunked = (rows: readonly ChunkRow[], n = 1) => toChunks('client-1', rows.map(toItem), n);

describe('a chunk', () => {
  it('gives back what was put in, in its order', () => {
    const rows = [
      rowOf(0, { isWaiting: true }, 'שיחה'),
      rowOf(1, { seq: 0, mark: '' }, '"quoted", [1]'),
      rowOf(2, { seq: 0, mark: '', isWaiting: true }),
      rowOf(3, { seq: Number.MAX_SAFE_INTEGER - 1 }),
    ];
    const [chunk] = chunked(rows);
    expect(chunk && rowsOfChunk(chunk)).toEqual(rows);
    expect(chunk).toMatchObject({ n: 1, clientId: 'client-1', to: 5000, waiting: 2 });
  });

  it('takes rows as they were sealed, whatever else is said there', () => {
    const { id, row } = rowOf(7);
    const bytes = new TextEncoder().encode(JSON.stringify({ id, row, table: 'interactions' }));
    const [chunk] = toChunks('client-1', [{ ...toItem(rowOf(7)), bytes }], 1);
    expect(chunk && rowsOfChunk(chunk)).toEqual([rowOf(7)]);
  });

  it('holds a hundred rows, fewer long ones, and a row of any length', () => {
    const many = Array.from({ length: 2 * ROWS_PER_CHUNK + 1 }, (_, n) => rowOf(n));
    expect(chunked(many).map(({ n, seqs }) => [n, seqs.length])).toEqual([
      [1, 100],
      [2, 100],
      [3, 1],
    ]);
    const long = Array.from({ length: 10 }, (_, n) => rowOf(n, {}, 'x'.repeat(25_000)));
    expect(chunked(long).map(({ seqs }) => seqs.length)).toEqual([2, 2, 2, 2, 2]);
    const longest = [rowOf(0, {}, 'x'.repeat(200_000)), rowOf(1)];
    expect(chunked(longest).map(({ seqs }) => seqs.length)).toEqual([1, 1]);
  });

  it('changes what is known of its rows without touching them', () => {
    const [chunk] = chunked([rowOf(0), rowOf(1)]);
    if (!chunk) throw new Error('there is one');
    const queued = withExchanged(chunk, () => ({ seq: 0, mark: '', isWaiting: true }));
    expect(queued.rows).toBe(chunk.rows);
    expect(queued.waiting).toBe(2);
    const sent = withExchanged(queued, (row, n) => ({
      ...row,
      seq: 9 + n,
      mark: MARK,
      isWaiting: false,
    }));
    expect(sent).not.toHaveProperty('waiting');
    expect(marksOfChunk(sent).map(({ seq }) => seq)).toEqual([9, 10]);
  });

  it('is nothing without rows', () => {
    const [chunk] = chunked([rowOf(0), rowOf(1)]);
    expect(chunk && withRows(chunk, [])).toBeNull();
    expect(chunk && withRows(chunk, [rowOf(1)])).toMatchObject({ n: 1, to: 4999 });
  });

  it('shows a row as the table would hold it', () => {
    expect(toInteraction(rowOf(2))).toEqual({
      id: 'call-1002',
      clientId: 'client-1',
      kind: 'call',
      at: 4998,
      createdAt: 5,
      summary: '',
      meta: { base },
      seq: 3,
      mark: MARK,
    });
    const unknown = toInteraction(rowOf(2, { seq: 0, mark: '', isWaiting: true }));
    expect(unknown).not.toHaveProperty('seq');
    expect(unknown).not.toHaveProperty('mark');
  });
});

it('a row’s own bytes are the JSON of its id and what was packed', () => {
  const { id, row } = rowOf(1);
  expect(JSON.parse(new TextDecoder().decode(rowToBytes(id, row)))).toEqual({ id, row });
});
