import { useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly isBusy: boolean;
}

/** Two ways in: begin here, or join what another device began. */
export function JoinForms({ t, model, isBusy }: Props) {
  const [workerUrl, setWorkerUrl] = useState('');
  const [secret, setSecret] = useState('');
  const [code, setCode] = useState('');
  const [deviceName, setDeviceName] = useState(t.text('deviceNameDefault'));
  const create = async (): Promise<void> => {
    const request = { workerUrl, deviceName, ...(secret !== '' && { secret }) };
    await model.attempt((membership) => membership.createWorkspace(request));
  };
  const join = async (): Promise<void> => {
    await model.attempt((membership) => membership.joinWorkspace({ workerUrl, code, deviceName }));
  };
  const submit = (action: () => Promise<void>) => (event: Event) => {
    event.preventDefault();
    void action();
  };
  return (
    <>
      <p>{t.text('syncIntro')}</p>
      <div class="stack">
        <Field
          label={t.text('workerUrl')}
          name="worker-url"
          value={workerUrl}
          onInput={setWorkerUrl}
          dir="ltr"
        />
        <Field
          label={t.text('deviceName')}
          name="device-name"
          value={deviceName}
          onInput={setDeviceName}
          dir="auto"
        />
      </div>
      <form class="stack" onSubmit={submit(() => create())}>
        <Field
          label={t.text('workerSecret')}
          name="worker-secret"
          value={secret}
          onInput={setSecret}
          dir="ltr"
          isSecret
        />
        <button
          type="submit"
          class="primary"
          data-action="create-workspace"
          disabled={isBusy || workerUrl === ''}
        >
          {t.text('createWorkspace')}
        </button>
      </form>
      <h3>{t.text('joinTitle')}</h3>
      <form class="stack" onSubmit={submit(() => join())}>
        <Field
          label={t.text('pairingCode')}
          name="join-code"
          value={code}
          onInput={setCode}
          dir="ltr"
        />
        <button
          type="submit"
          data-action="join-workspace"
          disabled={isBusy || workerUrl === '' || code === ''}
        >
          {t.text('joinWorkspace')}
        </button>
      </form>
    </>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly dir: 'ltr' | 'auto';
  readonly isSecret?: boolean;
}

function Field({ label, name, value, onInput, dir, isSecret = false }: FieldProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        {...(isSecret ? { type: 'password' as const } : { type: 'text' as const })}
        dir={dir}
        data-field={name}
        autoComplete="off"
        spellcheck={false}
        maxLength={300}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </label>
  );
}
