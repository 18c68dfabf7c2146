import { useState } from 'preact/hooks';
import type { TextKey, Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';
import type { BackupModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: BackupModel;
  readonly now: () => number;
  /** Hands a file to the browser's downloads. */
  readonly save: (file: Blob, name: string) => void;
}

const MIN_PASSPHRASE_CHARS = 8;

/** One sealed file with everything in it; read through before a single row is taken from it. */
export function BackupSection({ t, model, now, save }: Props) {
  const progress = useValue(model.progress);
  const problem = useValue(model.problem);
  const contents = useValue(model.contents);
  const restored = useValue(model.restored);
  const [passphrase, setPassphrase] = useState('');
  const [opening, setOpening] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [revive, setRevive] = useState(false);
  const isBusy = progress !== null;
  const make = async (event: Event): Promise<void> => {
    event.preventDefault();
    const made = await model.make(passphrase);
    if (!made) return;
    save(made, `mainstay-${new Date(now()).toISOString().slice(0, 10)}.backup`);
    setPassphrase('');
  };
  const look = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (file) await model.look(file, opening);
  };
  return (
    <section id="backup">
      <h2>{t.text('backupTitle')}</h2>
      <p class="hint">{t.text('backupHelp')}</p>
      {progress && (
        <progress
          data-part="backup-progress"
          aria-label={t.text('backupTitle')}
          value={progress.done}
          max={Math.max(1, progress.total)}
        />
      )}
      {problem !== null && (
        <p class="late" role="alert" data-part="backup-problem">
          {t.text(problemKey(problem))}
        </p>
      )}
      {restored !== null && (
        <p class="good" role="status" data-part="backup-restored">
          {t.text('backupRestored', { n: restored })}
        </p>
      )}
      <form class="row" onSubmit={(event) => void make(event)}>
        <label class="grow">
          <span>{t.text('backupPassphrase')}</span>
          <input
            type="password"
            dir="auto"
            data-field="backup-passphrase"
            autoComplete="new-password"
            minLength={MIN_PASSPHRASE_CHARS}
            maxLength={300}
            value={passphrase}
            onInput={({ currentTarget }) => setPassphrase(currentTarget.value)}
          />
        </label>
        <button
          type="submit"
          data-action="make-backup"
          disabled={isBusy || passphrase.length < MIN_PASSPHRASE_CHARS}
        >
          {t.text('backupMake')}
        </button>
      </form>
      <h3>{t.text('restoreTitle')}</h3>
      <form class="row" onSubmit={(event) => void look(event)}>
        <label class="grow">
          <span>{t.text('restoreFile')}</span>
          <input
            type="file"
            data-field="restore-file"
            onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)}
          />
        </label>
        <label class="grow">
          <span>{t.text('restorePassphrase')}</span>
          <input
            type="password"
            dir="auto"
            data-field="restore-passphrase"
            autoComplete="off"
            maxLength={300}
            value={opening}
            onInput={({ currentTarget }) => setOpening(currentTarget.value)}
          />
        </label>
        <button
          type="submit"
          data-action="look-backup"
          disabled={isBusy || !file || opening === ''}
        >
          {t.text('restoreLook')}
        </button>
      </form>
      {contents && (
        <div class="stack notice" data-part="backup-contents">
          <p>
            {t.text('restoreContents', {
              when: t.exact(contents.madeAt),
              n: contents.clients,
              rows: contents.rows,
            })}
          </p>
          <p class="hint">{t.text('restoreHelp')}</p>
          <label class="row">
            <input
              type="checkbox"
              data-field="revive"
              checked={revive}
              onChange={({ currentTarget }) => setRevive(currentTarget.checked)}
            />
            <span>{t.text('restoreRevive')}</span>
          </label>
          <div class="row">
            <button
              type="button"
              class="primary"
              data-action="restore-backup"
              disabled={isBusy}
              onClick={() => void model.restore(revive)}
            >
              {t.text('restore')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

function problemKey(problem: NonNullable<BackupModel['problem']['value']>): TextKey {
  switch (problem) {
    case 'not-a-backup':
    case 'newer-backup':
    case 'wrong-passphrase':
    case 'damaged':
      return `backup_${problem}`;
    default:
      return `error_${problem}`;
  }
}
