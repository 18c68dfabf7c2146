import { useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';
import { browserName } from './browser-name.ts';
import { Field } from './Field.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly isBusy: boolean;
}

/** The ways in: begin here, join one's other device, accept an invitation, or come back with words. */
export function JoinForms({ t, model, isBusy }: Props) {
  const [workerUrl, setWorkerUrl] = useState('');
  const [secret, setSecret] = useState('');
  const [code, setCode] = useState('');
  const [link, setLink] = useState('');
  const [words, setWords] = useState('');
  const [memberName, setMemberName] = useState('');
  const [deviceName, setDeviceName] = useState(
    () => browserName(navigator.userAgent) ?? t.text('deviceNameDefault'),
  );
  const submit = (task: Parameters<SyncModel['attempt']>[0]) => (event: Event) => {
    event.preventDefault();
    void model.attempt(task);
  };
  const url = (
    <Field
      label={t.text('workerUrl')}
      name="worker-url"
      value={workerUrl}
      onInput={setWorkerUrl}
      dir="ltr"
    />
  );
  return (
    <>
      <p>{t.text('syncIntro')}</p>
      <div class="stack">
        {url}
        <div class="row">
          <Field
            label={t.text('deviceName')}
            name="device-name"
            value={deviceName}
            onInput={setDeviceName}
            dir="auto"
            maxLength={60}
          />
          <Field
            label={t.text('memberName')}
            name="member-name"
            value={memberName}
            onInput={setMemberName}
            dir="auto"
            maxLength={60}
          />
        </div>
      </div>
      <form
        class="stack"
        onSubmit={submit((membership) =>
          membership.createWorkspace({
            workerUrl,
            deviceName,
            memberName,
            ...(secret !== '' && { secret }),
          }),
        )}
      >
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
      <form
        class="row"
        onSubmit={submit((membership) => membership.joinWorkspace({ workerUrl, code, deviceName }))}
      >
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
      <h3>{t.text('acceptTitle')}</h3>
      <form
        class="row"
        onSubmit={submit((membership) =>
          membership.acceptInvitation({ link, deviceName, memberName }),
        )}
      >
        <Field
          label={t.text('acceptLink')}
          name="accept-link"
          value={link}
          onInput={setLink}
          dir="ltr"
          maxLength={1000}
        />
        <button
          type="submit"
          data-action="accept-invitation"
          disabled={isBusy || link === '' || memberName.trim() === ''}
          title={memberName.trim() === '' ? t.text('acceptNeedsName') : ''}
        >
          {t.text('accept')}
        </button>
      </form>
      <h3>{t.text('recoverTitle')}</h3>
      <form
        class="stack"
        onSubmit={submit((membership) => membership.recover({ workerUrl, words, deviceName }))}
      >
        <label>
          <span>{t.text('recoverWords')}</span>
          <textarea
            rows={3}
            dir="ltr"
            lang="en"
            data-field="recovery-words"
            autoComplete="off"
            spellcheck={false}
            maxLength={400}
            value={words}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
          />
        </label>
        <button
          type="submit"
          data-action="recover"
          disabled={isBusy || workerUrl === '' || words.trim() === ''}
        >
          {t.text('recover')}
        </button>
      </form>
    </>
  );
}
