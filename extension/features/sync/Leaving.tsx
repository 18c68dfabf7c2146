import { useEffect, useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';
import type { Leaving as LeavingFacts } from '../../sync/membership/leave.ts';
import { Confirm } from './Confirm.tsx';
import { Field } from './Field.tsx';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly isOwner: boolean;
  /** Where the workspace is now. */
  readonly workerUrl: string;
  readonly isBusy: boolean;
}

/** Ways out, each with what it means for the data; none of them loses any of this device's. */
export function Leaving({ t, model, isOwner, workerUrl: current, isBusy }: Props) {
  const [facts, setFacts] = useState<LeavingFacts | null>(null);
  const [workerUrl, setWorkerUrl] = useState('');
  const [secret, setSecret] = useState('');
  useEffect(() => {
    void model.membership.previewLeaving().then((found) => setFacts(found.ok ? found.value : null));
  }, [model, isBusy]);
  const move = { workerUrl, ...(secret !== '' && { secret }) };
  return (
    <details data-part="leaving">
      <summary>{t.text('leavingTitle')}</summary>
      <div class="stack">
        {isOwner && (
          <div class="stack" data-part="moving">
            <h3>{t.text('moveTitle')}</h3>
            <p class="hint">{t.text('moveHelp')}</p>
            <div class="row">
              <Field
                label={t.text('moveUrl')}
                name="move-url"
                value={workerUrl}
                onInput={setWorkerUrl}
                dir="ltr"
              />
              <Field
                label={t.text('workerSecret')}
                name="move-secret"
                value={secret}
                onInput={setSecret}
                dir="ltr"
                isSecret
              />
            </div>
            <div class="row">
              <button
                type="button"
                data-action="move"
                disabled={isBusy || workerUrl === ''}
                onClick={() => void model.attempt((membership) => membership.moveWorkspace(move))}
              >
                {t.text('move')}
              </button>
              <Confirm
                t={t}
                action="move-without-old"
                label={t.text('moveWithoutOld')}
                help={t.text('moveWithoutOldHelp')}
                isBusy={isBusy || workerUrl === ''}
                onConfirm={() =>
                  void model.attempt((membership) => membership.moveWithoutOld(move))
                }
              />
              <Confirm
                t={t}
                action="start-over"
                label={t.text('startOver')}
                help={t.text('startOverHelp')}
                isBusy={isBusy}
                onConfirm={() =>
                  void model.attempt((membership) =>
                    membership.startOver({ ...move, workerUrl: workerUrl || current }),
                  )
                }
              />
            </div>
          </div>
        )}
        <div class="row">
          <Confirm
            t={t}
            action="leave"
            label={t.text('leaveWorkspace')}
            help={leaveHelp(t, facts)}
            isBusy={isBusy || facts?.isLastOwner === true}
            onConfirm={() => void model.attempt((membership) => membership.leaveWorkspace())}
          />
          {isOwner && (
            <Confirm
              t={t}
              action="delete-there"
              label={t.text('deleteThere')}
              help={t.text('deleteThereHelp')}
              isBusy={isBusy}
              onConfirm={() => void model.attempt((membership) => membership.deleteThere())}
            />
          )}
        </div>
        {facts?.isLastOwner && <p class="hint">{t.text('sync_last-owner')}</p>}
      </div>
    </details>
  );
}

function leaveHelp(t: Translator, facts: LeavingFacts | null): string {
  if (!facts?.isLastDevice) return t.text('leaveHelp');
  return t.text(facts.hasRecovery ? 'leaveLastWithWords' : 'leaveLast');
}
