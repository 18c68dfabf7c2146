import * as v from 'valibot';
import { onTestFinished } from 'vitest';
import { createSyncStore } from '../../../../extension/db/create-sync-store.ts';
import { MainstayDatabase } from '../../../../extension/db/database.ts';
import { readDevice } from '../../../../extension/db/device.ts';
import type {
  AcknowledgedRow,
  PendingRow,
  RemoteRow,
  SyncStore,
} from '../../../../extension/db/sync-store.ts';
import { createWriter, type Edit, type Writer } from '../../../../extension/db/writer.ts';
import type { DeviceId } from '../../../../shared/clock.ts';
import { rowKeySchema } from '../../../../shared/protocol/ids.ts';
import type { PackedRow } from '../../../../shared/row.ts';

export const NOW = Date.UTC(2026, 10, 22, 12);
export const DAY_MS = 86_400_000;

export interface TestDevice {
  readonly db: MainstayDatabase;
  readonly id: DeviceId;
  readonly writer: Writer;
  readonly store: SyncStore;
  /** The clients that the sync store said have changed. */
  readonly changed: string[];
  /** UTC milliseconds; set it to whatever the test needs. */
  readonly wall: { now: number };
  /** As after a restart of the background: nothing is remembered but what is stored. */
  restartedWriter(): Writer;
  restartedStore(): SyncStore;
}

let serial = 0;
const nextName = (): string => `test-${(serial += 1)}-${crypto.randomUUID()}`;

/** Bytes that are different each time and the same in each run. */
export function countingBytes(start = 0): (length: number) => Uint8Array {
  let count = start;
  return (length) => {
    const bytes = new Uint8Array(length);
    new DataView(bytes.buffer).setUint32(length - 4, (count += 1));
    return bytes;
  };
}

/**
 * A device with an empty database; the browser's profile, and so the data, goes after the run. Two
 * with the same `idFrom` are the same device twice: what they write is equal to the last stamp.
 */
export async function testDevice({ idFrom = (serial + 1) * 1000 } = {}): Promise<TestDevice> {
  const db = new MainstayDatabase(nextName());
  onTestFinished(() => db.close());
  const { id } = await readDevice(db, countingBytes(idFrom));
  const wall = { now: NOW };
  let tokens = 0;
  const restartedWriter = (): Writer =>
    createWriter({ db, device: id, now: () => wall.now, newToken: () => `token-${(tokens += 1)}` });
  const writer = restartedWriter();
  const changed: string[] = [];
  const restartedStore = (): SyncStore =>
    createSyncStore({
      db,
      onChanged: (clientIds) => changed.push(...clientIds),
      onQueued: (listener) => writer.onWritten(listener),
    });
  const store = restartedStore();
  return { db, id, writer, store, changed, wall, restartedWriter, restartedStore };
}

/** A row as the worker would hand it on; key and hash stand for the real ones, which need keys. */
export const remote = (table: string, id: string, row: PackedRow, seq: number): RemoteRow => ({
  table,
  id,
  row,
  seq,
  rkey: v.parse(rowKeySchema, digits(`${table}/${id}`)),
  hash: digits(`${table}/${id} ${JSON.stringify(row)}`),
});

export function acknowledgement(
  { table, id, row, stamp }: PendingRow,
  seq: number,
): AcknowledgedRow {
  const { rkey, hash } = remote(table, id, row, seq);
  return { table, id, stamp, seq, rkey, hash };
}

/** 32 hex digits that depend on all of the text. */
function digits(text: string): string {
  const words = [1, 2, 3, 4];
  for (let i = 0; i < text.length; i++) {
    words.forEach((word, index) => {
      words[index] = Math.imul(word ^ text.charCodeAt(i), 0x01000193 + 2 * index) >>> 0;
    });
  }
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** Sends all that is queued at one device to the other, as the worker would hand it on. */
export async function send(from: TestDevice, to: TestDevice, seq = 1): Promise<void> {
  const rows = await from.store.pendingRows(10_000);
  await from.store.acknowledge(rows.map((row, index) => acknowledgement(row, seq + index)));
  await to.store.applyRemote(
    rows.map(({ table, id, row }, index) => remote(table, id, row, seq + index)),
    seq + rows.length,
    Math.max(from.wall.now, to.wall.now),
  );
}

export const addClient = (id: string, patch: object = {}): Edit => ({
  table: 'clients',
  id,
  patch: { name: 'Levi & Sons', createdAt: NOW - 400 * DAY_MS, ...patch },
});

export const addContact = (id: string, clientId: string, patch: object = {}): Edit => ({
  table: 'contacts',
  id,
  patch: { clientId, name: 'Noa Levi', createdAt: NOW, ...patch },
});

export const log = (id: string, clientId: string, patch: object = {}): Edit => ({
  table: 'interactions',
  id,
  patch: { clientId, kind: 'call', at: NOW, createdAt: NOW, ...patch },
});

export const addPromise = (id: string, clientId: string, patch: object = {}): Edit => ({
  table: 'promises',
  id,
  patch: { clientId, direction: 'ours', what: 'Quote for phase 2', createdAt: NOW, ...patch },
});

export const addTime = (id: string, clientId: string, patch: object = {}): Edit => ({
  table: 'timeEntries',
  id,
  patch: { clientId, day: '2026-11-22', minutes: 15, from: 'by-hand', createdAt: NOW, ...patch },
});

/** Everything in the database as plain values, to compare before and after. */
export async function dump(db: MainstayDatabase): Promise<Record<string, unknown[]>> {
  const tables = await Promise.all(
    db.tables.map(async (table) => [table.name, await table.toArray()] as const),
  );
  return Object.fromEntries(tables);
}
