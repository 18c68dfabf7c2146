import type { SyncStatus } from '../../sync/status.ts';
import { agoWords } from '../../ui/sync-words.ts';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly status: SyncStatus;
  readonly nowMs: number;
}

const MS_PER_MINUTE = 60_000;

/** What else is known for certain: how far a first fetch is, whether the clock is right. */
export function StatusFacts({ t, status, nowMs }: Props) {
  const { progress, clockWrongByMs, comparedAt } = status;
  return (
    <>
      {progress && (
        <label class="stack" data-part="sync-progress">
          <span class="hint">
            {t.text('syncProgress', { done: progress.done, total: progress.total })}
          </span>
          <progress value={progress.done} max={Math.max(1, progress.total)} />
        </label>
      )}
      {clockWrongByMs !== null && (
        <p class="hint" data-part="clock-wrong">
          {t.text(clockWrongByMs > 0 ? 'clockBehind' : 'clockAhead', {
            n: Math.max(1, Math.round(Math.abs(clockWrongByMs) / MS_PER_MINUTE)),
          })}
        </p>
      )}
      {comparedAt !== null && (
        <p class="hint" data-part="compared-at" title={t.exact(comparedAt)}>
          {t.text('comparedAt', { when: agoWords(t, nowMs - comparedAt) })}
        </p>
      )}
    </>
  );
}
