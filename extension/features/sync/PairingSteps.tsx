import { succeed } from '../../../shared/protocol/outcome.ts';
import type { PairingView } from '../../sync/membership/pairing-state.ts';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { SyncModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly model: SyncModel;
  readonly pairing: PairingView;
  /** A full exchange has come to its end since. */
  readonly hasArrived: boolean;
}

const cancel = async (membership: SyncModel['membership']) =>
  succeed(await membership.cancelPairing());

/** The same steps on both devices: the code, the same six digits, done. */
export function PairingSteps({ t, model, pairing, hasArrived }: Props) {
  const { role, phase, code, check, deviceName, problem } = pairing;
  return (
    <div class="stack pairing" data-part="pairing" data-phase={phase} aria-live="polite">
      {phase === 'waiting' && role === 'host' && code !== null && (
        <>
          <p>{t.text('pairingHelp')}</p>
          <output class="code" data-field="pairing-code" aria-label={t.text('pairingCode')}>
            {code}
          </output>
        </>
      )}
      {phase === 'waiting' && role === 'joiner' && <p>{t.text('pairingWait')}</p>}
      {phase === 'comparing' && check !== null && (
        <>
          <p>
            {role === 'host'
              ? t.text('checkHelp', { device: isolate(deviceName ?? '') })
              : t.text('checkWait')}
          </p>
          <output class="code" data-part="check-digits" aria-label={t.text('checkDigits')}>
            {check}
          </output>
        </>
      )}
      {phase === 'done' && <p class="good">{doneWords(t, pairing, hasArrived)}</p>}
      {phase === 'failed' && problem !== null && (
        <p class="late" role="alert">
          {t.text(`sync_${problem}`)}
        </p>
      )}
      <div class="row">
        {phase === 'comparing' && role === 'host' && (
          <button
            type="button"
            class="primary"
            data-action="confirm-pairing"
            onClick={() => void model.attempt((membership) => membership.confirmPairing())}
          >
            {t.text('confirmPairing')}
          </button>
        )}
        <button
          type="button"
          data-action="cancel-pairing"
          onClick={() => void model.attempt(cancel)}
        >
          {phase === 'done' || phase === 'failed' ? t.text('dismiss') : t.text('rejectPairing')}
        </button>
      </div>
    </div>
  );
}

/** It stands until it is dismissed, so it must go on being true. */
function doneWords(t: Translator, { role, deviceName }: PairingView, hasArrived: boolean): string {
  if (role === 'host') return t.text('pairingDoneHost', { device: isolate(deviceName ?? '') });
  return t.text(hasArrived ? 'pairingDoneHere' : 'pairingDone');
}
