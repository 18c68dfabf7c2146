import { MainstayDatabase } from '../../../extension/db/database.ts';
import type { DeviceId } from '../../../shared/clock.ts';
import { rowName, type LocalDisk } from './local-data.ts';
import {
  copyDisk,
  createMemoryDatabase,
  newDisk,
  putRow,
  type Disk,
  type Schema,
} from './memory-database.ts';
import { openProduct } from './product.ts';

/** The product as it is today: its own store and its own writer, on a database in memory. */
export function productDisk(
  device: DeviceId,
  now: () => number,
  values: ReadonlyMap<string, unknown> = new Map(),
): LocalDisk {
  let disk = newDisk(schema);
  // What `readDevice` would have made up when the extension was installed.
  for (const [key, value] of new Map<string, unknown>([...values, ['device', device]])) {
    putRow(disk, 'kv', key, { key, value });
  }
  let backup: Disk | null = null;
  return {
    values: () =>
      new Map(
        [...(disk.tables.get('kv')?.values() ?? [])].map(({ key, value }) => [String(key), value]),
      ),
    pending: () =>
      new Set(
        [...(disk.tables.get('outbox')?.values() ?? [])].map(({ table, id }) =>
          rowName(String(table), String(id)),
        ),
      ),
    open: (access, events) =>
      openProduct(createMemoryDatabase(disk, schema, access), device, now, events),
    backUp() {
      backup = copyDisk(disk);
    },
    restore() {
      if (!backup) return false;
      disk = copyDisk(backup);
      return true;
    },
  };
}

/** Read off the real one, so that it cannot fall behind. */
export const schema: Schema = Object.fromEntries(
  new MainstayDatabase('never opened').tables.map(({ name, schema: { primKey, indexes } }) => [
    name,
    [primKey, ...indexes].map(({ src }) => src).join(','),
  ]),
);
