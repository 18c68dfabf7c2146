import { useState } from 'preact/hooks';
import type { RecoveryWords } from '../../sync/membership/recovery.ts';
import type { Translator } from '../../ui/translate.ts';
import { Field } from './Field.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly hasRecovery: boolean;
  readonly isBusy: boolean;
}

/** 24 words on paper open the workspace when every device is lost. They are shown once. */
export function RecoverySheet({ t, model, hasRecovery, isBusy }: Props) {
  const [sheet, setSheet] = useState<RecoveryWords | null>(null);
  const [typed, setTyped] = useState<readonly string[]>(['', '', '']);
  const begin = async (): Promise<void> => {
    setTyped(['', '', '']);
    setSheet(await model.membership.newRecoveryWords());
  };
  const confirm = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!sheet) return;
    const done = await model.attempt(async (membership) => {
      const confirmed = await membership.confirmRecoveryWords(sheet, typed);
      return confirmed.ok ? { ok: true as const, value: true } : confirmed;
    });
    if (done) setSheet(null);
  };
  return (
    <div class="stack" data-part="recovery" data-state={hasRecovery ? 'made' : 'none'}>
      <h3>{t.text('recoveryTitle')}</h3>
      <p class={hasRecovery ? 'hint' : 'soon'}>
        {t.text(hasRecovery ? 'recoveryMade' : 'recoveryMissing')}
      </p>
      {sheet === null ? (
        <div class="row">
          <button
            type="button"
            data-action="new-words"
            disabled={isBusy}
            onClick={() => void begin()}
          >
            {t.text(hasRecovery ? 'recoveryReplace' : 'recoveryMake')}
          </button>
        </div>
      ) : (
        <form class="stack" onSubmit={(event) => void confirm(event)}>
          <p>{t.text('recoveryWrite')}</p>
          <ol class="words" dir="ltr" lang="en" data-part="recovery-words">
            {sheet.words.map((word, index) => (
              <li key={index}>{word}</li>
            ))}
          </ol>
          <p>{t.text('recoveryConfirm')}</p>
          <div class="row">
            {sheet.places.map((place, index) => (
              <Field
                key={place}
                label={t.text('recoveryWord', { n: place })}
                name={`word-${index}`}
                value={typed[index] ?? ''}
                onInput={(value) => setTyped(typed.with(index, value))}
                dir="ltr"
                maxLength={20}
              />
            ))}
          </div>
          <div class="row">
            <button type="submit" class="primary" data-action="confirm-words" disabled={isBusy}>
              {t.text('recoveryDone')}
            </button>
            <button type="button" class="quiet" onClick={() => setSheet(null)}>
              {t.text('cancel')}
            </button>
          </div>
        </form>
      )}
    </div>
  );
}
