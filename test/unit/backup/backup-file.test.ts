import { describe, expect, it } from 'vitest';
import type { NamedRow } from '../../../extension/db/bring-back.ts';
import { createBackupWriter, openBackup } from '../../../extension/features/backup/backup-file.ts';
import type { Stamp } from '../../../shared/clock.ts';

const MADE_AT = Date.UTC(2026, 10, 23);
const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));
const row = (n: number): NamedRow => ({
  table: 'clients',
  id: `client-${n}`,
  row: {
    fields: { name: `Aino Virtanen ${n}` },
    meta: { base: `${n}`.padStart(32, '0') as Stamp },
  },
});
const rows = Array.from({ length: 1203 }, (_, n) => row(n));

async function backupOf(some: readonly NamedRow[], passphrase = 'correct horse'): Promise<Blob> {
  const writer = await createBackupWriter(passphrase, MADE_AT, randomBytes);
  await writer.add(some);
  return (await writer.finish()).file;
}

async function readAll(file: Blob, passphrase = 'correct horse') {
  const opened = await openBackup(file, passphrase);
  if (!opened.ok) return opened;
  const found: NamedRow[] = [];
  const read = await opened.value.read(async (page) => {
    found.push(...page);
  });
  return read.ok ? { ok: true as const, value: { found, madeAt: opened.value.madeAt } } : read;
}

const bytesOf = async (file: Blob) => new Uint8Array(await file.arrayBuffer());

describe('a backup', () => {
  it('gives back every row as it was, and when it was made', async () => {
    const read = await readAll(await backupOf(rows));
    expect(read).toEqual({ ok: true, value: { found: rows, madeAt: MADE_AT } });
  });

  it('of an empty book is a whole file too', async () => {
    expect(await readAll(await backupOf([]))).toMatchObject({ ok: true, value: { found: [] } });
  });

  it('holds no name in the clear', async () => {
    const text = new TextDecoder('latin1').decode(await bytesOf(await backupOf(rows)));
    expect(text).not.toContain('Virtanen');
    expect(text).not.toContain('client-1');
  });

  it('opens with the passphrase however its letters are composed, and with no other', async () => {
    const file = await backupOf(rows, 'Zolt\u00e1n\u2019s harbour');
    expect(await readAll(file, 'Zolta\u0301n\u2019s harbour')).toMatchObject({ ok: true });
    expect(await readAll(file, 'zoltan')).toEqual({ ok: false, error: 'wrong-passphrase' });
  });

  it('says what is wrong with a file that is none, is newer, was cut, changed or added to', async () => {
    const whole = await bytesOf(await backupOf(rows));
    const errorOf = async (bytes: Uint8Array<ArrayBuffer>) => {
      const read = await readAll(new Blob([bytes]));
      return read.ok ? null : read.error;
    };
    expect(await errorOf(new TextEncoder().encode('name;email\nAino;a@b.example'))).toBe(
      'not-a-backup',
    );
    expect(await errorOf(new TextEncoder().encode('MAINSTAY BACKUP 7\nxxxxxxxxxxxxx'))).toBe(
      'newer-backup',
    );
    expect(await errorOf(whole.slice(0, whole.length - 1))).toBe('damaged');
    expect(await errorOf(whole.slice(0, whole.length - 60))).toBe('damaged');
    expect(await errorOf(new Uint8Array([...whole, 0]))).toBe('damaged');
    const changed = whole.slice();
    changed[whole.length - 100] = (changed[whole.length - 100] ?? 0) ^ 1;
    expect(await errorOf(changed)).toBe('damaged');
  });

  it('cannot be put together from parts of itself in another order', async () => {
    const whole = await bytesOf(await backupOf(rows));
    const view = new DataView(whole.buffer);
    const header = 'MAINSTAY BACKUP 1\n'.length;
    const first = header + 4 + view.getUint32(header);
    const second = first + 4 + view.getUint32(first);
    const third = second + 4 + view.getUint32(second);
    const swapped = new Blob([
      whole.slice(0, first),
      whole.slice(second, third),
      whole.slice(first, second),
      whole.slice(third),
    ]);
    expect(await readAll(swapped)).toEqual({ ok: false, error: 'wrong-passphrase' });
    const without = new Blob([whole.slice(0, second), whole.slice(third)]);
    expect(await readAll(without)).toEqual({ ok: false, error: 'damaged' });
  });
});
