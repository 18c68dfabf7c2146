import { useEffect, useState } from 'preact/hooks';
import { Bidi } from '../../ui/Bidi.tsx';
import { syncSentence } from '../../ui/sync-words.ts';
import type { TextKey, Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';
import { JoinForms } from './JoinForms.tsx';
import type { SyncModel } from './model.ts';
import { PairingSteps } from './PairingSteps.tsx';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly now: () => number;
}

/** What sync is, how it stands, and what to do: nothing here is claimed that was not confirmed. */
export function SyncSection({ t, model, now }: Props) {
  const status = useValue(model.status);
  const pairing = useValue(model.pairing);
  const refusal = useValue(model.refusal);
  const isBusy = useValue(model.isBusy);
  useEffect(() => {
    const following = new AbortController();
    model.follow(following.signal);
    return () => following.abort();
  }, [model]);
  if (!status) return <section id="sync" aria-busy="true" />;
  const { workspace } = status;
  const isJoining = pairing?.role === 'joiner';
  return (
    <section id="sync">
      <h2>{t.text('sync')}</h2>
      <p data-part="sync-status" data-state={status.state} role="status">
        {syncSentence(t, status, now())}
      </p>
      {status.problem !== null && (
        <p class="late" data-part="sync-problem">
          {t.text(`sync_${status.problem}`)}
        </p>
      )}
      {refusal !== null && (
        <p class="late" role="alert" data-part="sync-refusal">
          {t.text(refusalKey(refusal))}
        </p>
      )}
      {pairing && <PairingSteps t={t} model={model} pairing={pairing} />}
      {workspace ? (
        <Member
          t={t}
          model={model}
          isBusy={isBusy}
          url={workspace.workerUrl}
          isMissing={status.problem === 'workspace-missing'}
        />
      ) : (
        !isJoining && <JoinForms t={t} model={model} isBusy={isBusy} />
      )}
    </section>
  );
}

/** Errors of the message itself have their words with the others. */
function refusalKey(refusal: NonNullable<SyncModel['refusal']['value']>): TextKey {
  switch (refusal) {
    case 'bad-request':
    case 'not-found':
    case 'storage-full':
    case 'storage-blocked':
    case 'storage-newer':
    case 'orphaned':
    case 'unexpected':
      return `error_${refusal}`;
    default:
      return `sync_${refusal}`;
  }
}

interface MemberProps {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly isBusy: boolean;
  readonly url: string;
  readonly isMissing: boolean;
}

function Member({ t, model, isBusy, url, isMissing }: MemberProps) {
  const people = useValue(model.people);
  const devices = (people?.members ?? []).flatMap((member) => member.devices);
  const [isLeaving, setLeaving] = useState(false);
  return (
    <>
      <p class="hint">
        {t.text('workerUrl')}: <Bidi text={url} />
      </p>
      <h3>{t.text('devicesTitle')}</h3>
      <ul data-part="devices">
        {devices.map(({ id, name, isThis, seenAt }) => (
          <li key={id}>
            <Bidi text={name ?? id} />
            <span class="hint">
              {' · '}
              {isThis ? t.text('thisDevice') : seenAt !== null && t.exact(seenAt)}
            </span>
          </li>
        ))}
      </ul>
      <div class="row">
        <button
          type="button"
          class="primary"
          data-action="start-pairing"
          disabled={isBusy}
          onClick={() => void model.attempt((membership) => membership.startPairing())}
        >
          {t.text('startPairing')}
        </button>
        <button
          type="button"
          data-action="sync-now"
          disabled={isBusy}
          onClick={() => void model.syncNow()}
        >
          {t.text('syncNow')}
        </button>
        {isMissing && (
          <button
            type="button"
            data-action="restore-workspace"
            disabled={isBusy}
            onClick={() => void model.attempt((membership) => membership.restoreWorkspace())}
          >
            {t.text('restoreWorkspace')}
          </button>
        )}
        <button
          type="button"
          class="quiet"
          data-action="leave"
          aria-expanded={isLeaving}
          onClick={() => setLeaving(!isLeaving)}
        >
          {t.text('leaveWorkspace')}
        </button>
      </div>
      {isLeaving && (
        <div class="row" data-part="leave-help">
          <span class="grow hint">{t.text('leaveHelp')}</span>
          <button
            type="button"
            data-action="leave-confirm"
            onClick={() => void model.attempt((membership) => membership.leaveWorkspace())}
          >
            {t.text('leaveWorkspace')}
          </button>
        </div>
      )}
    </>
  );
}
