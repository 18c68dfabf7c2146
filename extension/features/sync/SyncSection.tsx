import { useEffect } from 'preact/hooks';
import type { DeviceId } from '../../../shared/clock.ts';
import type { People } from '../../sync/membership/people.ts';
import type { SyncStatus } from '../../sync/status.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { syncSentence } from '../../ui/sync-words.ts';
import type { TextKey, Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';
import { Invitations } from './Invitations.tsx';
import { JoinForms } from './JoinForms.tsx';
import { Leaving } from './Leaving.tsx';
import { LockSetting, UnlockForm } from './LockSetting.tsx';
import { MembersList } from './MembersList.tsx';
import type { SyncModel } from './model.ts';
import { PairingSteps } from './PairingSteps.tsx';
import { RecoverySheet } from './RecoverySheet.tsx';
import { StatusFacts } from './StatusFacts.tsx';
import { Usage } from './Usage.tsx';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly now: () => number;
}

/** What sync is, how it stands, and what to do: nothing here is claimed that was not confirmed. */
export function SyncSection({ t, model, now }: Props) {
  const status = useValue(model.status);
  const pairing = useValue(model.pairing);
  const people = useValue(model.people);
  const refusal = useValue(model.refusal);
  const isBusy = useValue(model.isBusy);
  useEffect(() => {
    const following = new AbortController();
    model.follow(following.signal);
    return () => following.abort();
  }, [model]);
  if (!status) return <section id="sync" aria-busy="true" />;
  const isJoining = pairing?.role === 'joiner';
  // "Paired" beside "this device was removed", or of a device that is not (yet, or no longer) listed,
  // would leave open which of the two holds.
  const isUnlisted = pairing?.role === 'host' && !isListed(people, pairing.device);
  const isPairedNoMore =
    pairing?.phase === 'done' && (status.problem === 'access-ended' || isUnlisted);
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
      <StatusFacts t={t} status={status} nowMs={now()} />
      {pairing && !isPairedNoMore && (
        <PairingSteps
          t={t}
          model={model}
          pairing={pairing}
          hasArrived={status.lastSuccessAt !== null && status.progress === null}
        />
      )}
      {status.workspace ? (
        <Member
          t={t}
          model={model}
          people={people}
          isBusy={isBusy}
          status={status}
          workspace={status.workspace}
          now={now}
        />
      ) : (
        !isJoining && <JoinForms t={t} model={model} isBusy={isBusy} />
      )}
    </section>
  );
}

const isListed = (people: People | null, device: DeviceId | null): boolean =>
  people?.members.some(({ devices }) => devices.some(({ id }) => id === device)) ?? false;

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
  readonly people: SyncModel['people']['value'];
  readonly isBusy: boolean;
  readonly status: SyncStatus;
  readonly workspace: NonNullable<SyncStatus['workspace']>;
  readonly now: () => number;
}

function Member({ t, model, people, isBusy, status, workspace, now }: MemberProps) {
  if (status.state === 'locked') return <UnlockForm t={t} model={model} isBusy={isBusy} />;
  if (status.problem === 'access-ended') {
    return (
      <div class="row">
        <button
          type="button"
          class="primary"
          data-action="pair-again"
          disabled={isBusy}
          onClick={() => void model.attempt((membership) => membership.forgetEnded())}
        >
          {t.text('pairAgain')}
        </button>
      </div>
    );
  }
  return (
    <>
      <p class="hint">
        {t.text('workerUrl')}: <Bidi text={workspace.workerUrl} />
      </p>
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
        {(status.problem === 'workspace-missing' || status.problem === 'worker-lies') && (
          <button
            type="button"
            data-action="restore-workspace"
            disabled={isBusy}
            onClick={() => void model.attempt((membership) => membership.restoreWorkspace())}
          >
            {t.text('restoreWorkspace')}
          </button>
        )}
      </div>
      {people && (
        // Below the buttons: it comes when the worker has answered, and nothing may move under a finger.
        <>
          {people.usage && <Usage t={t} usage={people.usage} />}
          <h3>{t.text('membersTitle')}</h3>
          <MembersList t={t} model={model} people={people} now={now} isBusy={isBusy} />
          {people.me.role === 'owner' && <Invitations t={t} model={model} isBusy={isBusy} />}
          <RecoverySheet t={t} model={model} hasRecovery={people.hasRecovery} isBusy={isBusy} />
        </>
      )}
      <LockSetting
        t={t}
        model={model}
        lockAfterMinutes={workspace.lockAfterMinutes}
        isBusy={isBusy}
      />
      <Leaving
        t={t}
        model={model}
        isOwner={workspace.role === 'owner'}
        workerUrl={workspace.workerUrl}
        isBusy={isBusy}
      />
    </>
  );
}
