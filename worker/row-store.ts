import type { DeviceId } from '../shared/clock.ts';
import { bytesToHex, hexToBytes } from '../shared/protocol/bytes.ts';
import { addToDigest, removeFromDigest } from '../shared/protocol/digest.ts';
import type { RowKey } from '../shared/protocol/ids.ts';
import type { RowWrite, StoredRow } from './decide-row.ts';
import { readDigest, writeDigest } from './digest-store.ts';
import { bytesOf, inChunks, numberOf, placeholders, textOf, type Sql } from './sql.ts';
import { keepVersions } from './version-store.ts';
import type { Counters } from './workspace-record.ts';

/** All at once: a statement for each row would cost more than the reading. */
export function readStoredRows(sql: Sql, rkeys: readonly RowKey[]): ReadonlyMap<RowKey, StoredRow> {
  const stored = new Map<RowKey, StoredRow>();
  for (const chunk of inChunks(rkeys)) {
    const rows = sql.rows(
      `SELECT rkey, seq, epoch, hash, length(sealed) AS size FROM rows
       WHERE rkey IN (${placeholders(chunk)})`,
      ...chunk.map(hexToBytes),
    );
    for (const row of rows) {
      stored.set(bytesToHex(bytesOf(row, 'rkey')) as RowKey, {
        seq: numberOf(row, 'seq'),
        epoch: numberOf(row, 'epoch'),
        hash: textOf(row, 'hash'),
        size: numberOf(row, 'size'),
      });
    }
  }
  return stored;
}

/** Each row key at most once. */
export function writeRows(
  sql: Sql,
  writes: readonly RowWrite[],
  device: DeviceId,
  counters: Counters,
  nowMs: number,
): void {
  if (writes.length === 0) return;
  const replacements = writes.flatMap(({ replaced, seq: by }) =>
    replaced && replaced.seq !== by ? [{ seq: replaced.seq, by, size: replaced.size }] : [],
  );
  if (replacements.length > 0) keepVersions(sql, replacements, counters, nowMs);
  const digest = readDigest(sql);
  for (const write of writes) {
    const { row, replaced, seq } = write;
    writeRow(sql, write, device, nowMs);
    if (replaced?.seq === seq) continue;
    if (replaced) removeFromDigest(digest, { rkey: row.rkey, hash: replaced.hash });
    addToDigest(digest, row);
  }
  writeDigest(sql, digest);
}

function writeRow(
  sql: Sql,
  { row, sealed, epoch, replaced, seq }: RowWrite,
  device: DeviceId,
  nowMs: number,
): void {
  if (replaced?.seq === seq) {
    sql.run(
      'UPDATE rows SET epoch = ?, device = ?, sealed = ? WHERE seq = ?',
      epoch,
      device,
      sealed,
      seq,
    );
    return;
  }
  const dead = row.dead ? 1 : 0;
  if (replaced) {
    sql.run(
      `UPDATE rows SET seq = ?, lane = ?, epoch = ?, dead = ?, written_at = ?, device = ?, hash = ?,
         sealed = ? WHERE seq = ?`,
      seq,
      row.lane,
      epoch,
      dead,
      nowMs,
      device,
      row.hash,
      sealed,
      replaced.seq,
    );
    return;
  }
  sql.run(
    `INSERT INTO rows (seq, rkey, lane, epoch, dead, written_at, device, hash, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    hexToBytes(row.rkey),
    row.lane,
    epoch,
    dead,
    nowMs,
    device,
    row.hash,
    sealed,
  );
}
