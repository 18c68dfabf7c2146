import type { Bytes } from '../../../shared/protocol/bytes.ts';
import { succeed, type Outcome } from '../../../shared/protocol/outcome.ts';
import type { MainstayDatabase } from '../../db/database.ts';
import { countEverything, readEverything } from '../../db/read-everything.ts';
import type { NamedRow } from '../../db/bring-back.ts';
import type { Failure } from '../../messaging/messages.ts';
import type { Send } from '../../messaging/send.ts';
import { signal, type ReadonlySignal } from '../../ui/signal.ts';
import {
  createBackupWriter,
  openBackup,
  type BackupProblem,
  type OpenedBackup,
} from './backup-file.ts';
import type { BackupMessages } from './messages.ts';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** What a file that was read through holds. */
export interface BackupContents {
  readonly madeAt: number;
  readonly clients: number;
  readonly rows: number;
}

export interface BackupModel {
  /** Null while nothing is under way. */
  readonly progress: ReadonlySignal<Progress | null>;
  readonly problem: ReadonlySignal<BackupProblem | Failure['code'] | null>;
  readonly contents: ReadonlySignal<BackupContents | null>;
  /** How many rows a restore has changed; null before one. */
  readonly restored: ReadonlySignal<number | null>;
  /** The file, or null when it could not be made. */
  make(passphrase: string): Promise<Blob | null>;
  /** Reads all of the file, so that nothing is restored from a damaged one. */
  look(file: Blob, passphrase: string): Promise<void>;
  restore(revive: boolean): Promise<void>;
}

export interface BackupModelDeps {
  readonly db: MainstayDatabase;
  readonly send: Send<BackupMessages>;
  readonly now: () => number;
  readonly randomBytes: (length: number) => Bytes;
}

export function createBackupModel({ db, send, now, randomBytes }: BackupModelDeps): BackupModel {
  const progress = signal<Progress | null>(null);
  const problem = signal<BackupProblem | Failure['code'] | null>(null);
  const contents = signal<BackupContents | null>(null);
  const restored = signal<number | null>(null);
  let opened: OpenedBackup | null = null;

  /** One at a time; what throws is the database's or the browser's, and loses nothing. */
  async function run<Value>(
    work: () => Promise<Outcome<Value, BackupProblem | Failure['code']>>,
  ): Promise<Value | null> {
    if (progress.value) return null;
    problem.value = null;
    restored.value = null;
    progress.value = { done: 0, total: 1 };
    try {
      const outcome = await work();
      if (outcome.ok) return outcome.value;
      problem.value = outcome.error;
    } catch {
      problem.value = 'storage-failed';
    } finally {
      progress.value = null;
    }
    return null;
  }

  return {
    progress,
    problem,
    contents,
    restored,
    make: (passphrase) =>
      run(async () => {
        const total = await countEverything(db);
        const writer = await createBackupWriter(passphrase, now(), randomBytes);
        const pages: (readonly NamedRow[])[] = [];
        await readEverything(db, (rows) => {
          pages.push(rows);
          progress.value = { done: Math.min(total, pages.length * 1000), total: total * 2 };
        });
        let done = 0;
        for (const rows of pages) {
          await writer.add(rows);
          done += rows.length;
          progress.value = { done: total + done, total: total * 2 };
        }
        return succeed((await writer.finish()).file);
      }),
    async look(file, passphrase) {
      contents.value = null;
      opened = null;
      const found = await run(async () => {
        const backup = await openBackup(file, passphrase);
        if (!backup.ok) return backup;
        let clients = 0;
        const rows = await backup.value.read(async (page) => {
          clients += page.filter(({ table }) => table === 'clients').length;
          const before = progress.value?.done ?? 0;
          progress.value = { done: before + page.length, total: before + 2 * page.length };
        });
        if (!rows.ok) return rows;
        opened = backup.value;
        return succeed({ madeAt: backup.value.madeAt, clients, rows: rows.value });
      });
      contents.value = found;
    },
    async restore(revive) {
      const backup = opened;
      const total = contents.value?.rows ?? 0;
      if (!backup) return;
      const changed = await run(async () => {
        let sum = 0;
        let done = 0;
        let refusal: Failure['code'] | null = null;
        const read = await backup.read(async (rows) => {
          if (refusal) return;
          const answer = await send('backup.bringBack', { rows, revive });
          if (answer.ok) sum += answer.value.changed;
          else refusal = answer.error.code;
          done += rows.length;
          progress.value = { done, total };
        });
        if (refusal) return { ok: false as const, error: refusal };
        return read.ok ? succeed(sum) : read;
      });
      restored.value = changed;
      if (changed !== null) contents.value = null;
    },
  };
}
