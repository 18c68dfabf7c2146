import { useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';
import { Field } from './Field.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly lockAfterMinutes: number | null;
  readonly isBusy: boolean;
}

const IDLE_MINUTES = [5, 15, 60, 480] as const;

/** A passphrase on this device's keys. What is on the device stays readable, and that is said. */
export function LockSetting({ t, model, lockAfterMinutes, isBusy }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const [idleMinutes, setIdleMinutes] = useState<number>(15);
  const set = (event: Event): void => {
    event.preventDefault();
    void model.attempt((membership) => membership.setLock({ passphrase, idleMinutes }));
    setPassphrase('');
  };
  return (
    <div class="stack" data-part="lock" data-state={lockAfterMinutes === null ? 'off' : 'on'}>
      <h3>{t.text('lockTitle')}</h3>
      <p class="hint">{t.text('lockHelp')}</p>
      {lockAfterMinutes === null ? (
        <form class="row" onSubmit={set}>
          <Field
            label={t.text('passphrase')}
            name="new-passphrase"
            value={passphrase}
            onInput={setPassphrase}
            dir="auto"
            isSecret
          />
          <label>
            <span>{t.text('lockAfter')}</span>
            <select
              data-field="lock-after"
              value={String(idleMinutes)}
              onChange={({ currentTarget }) => setIdleMinutes(Number(currentTarget.value))}
            >
              {IDLE_MINUTES.map((minutes) => (
                <option key={minutes} value={String(minutes)}>
                  {t.text('minutes', { n: minutes })}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" data-action="set-lock" disabled={isBusy || passphrase === ''}>
            {t.text('setLock')}
          </button>
        </form>
      ) : (
        <div class="row">
          <span class="grow">
            {t.text('lockIsOn', { time: t.text('minutes', { n: lockAfterMinutes }) })}
          </span>
          <button type="button" data-action="lock-now" onClick={() => void model.lock()}>
            {t.text('lockNow')}
          </button>
          <button
            type="button"
            class="quiet"
            data-action="remove-lock"
            disabled={isBusy}
            onClick={() => void model.attempt((membership) => membership.removeLock())}
          >
            {t.text('removeLock')}
          </button>
        </div>
      )}
    </div>
  );
}

/** In place of everything else while the keys are locked. */
export function UnlockForm({ t, model, isBusy }: Pick<Props, 't' | 'model' | 'isBusy'>) {
  const [passphrase, setPassphrase] = useState('');
  const unlock = (event: Event): void => {
    event.preventDefault();
    void model.attempt((membership) => membership.unlock(passphrase));
    // At once: by the time it is refused the next one may be half typed.
    setPassphrase('');
  };
  return (
    <form class="row" data-part="unlock" onSubmit={unlock}>
      <Field
        label={t.text('passphrase')}
        name="passphrase"
        value={passphrase}
        onInput={setPassphrase}
        dir="auto"
        isSecret
      />
      <button
        type="submit"
        class="primary"
        data-action="unlock"
        disabled={isBusy || passphrase === ''}
      >
        {t.text('unlock')}
      </button>
    </form>
  );
}
