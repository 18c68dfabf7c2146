import type { People } from '../../sync/membership/people.ts';
import type { SyncStatus } from '../../sync/status.ts';
import { agoWords } from '../../ui/sync-words.ts';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly status: SyncStatus;
  readonly people: People | null;
  readonly nowMs: number;
}

const BYTES_PER_MB = 1_000_000;
const MS_PER_MINUTE = 60_000;

/** What else is known for certain: how far a first fetch is, whether the clock is right, what is stored. */
export function StatusFacts({ t, status, people, nowMs }: Props) {
  const { progress, clockWrongByMs, comparedAt } = status;
  const usage = people?.usage;
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
      {usage && (
        <label class="stack" data-part="usage">
          <span class="hint">
            {t.text('usage', {
              rows: usage.rows,
              used: Math.ceil(usage.bytes / BYTES_PER_MB),
              max: Math.round(usage.maxBytes / BYTES_PER_MB),
            })}
          </span>
          <meter
            value={usage.bytes}
            max={usage.maxBytes}
            high={usage.maxBytes * 0.9}
            aria-label={t.text('usageLabel')}
          />
        </label>
      )}
    </>
  );
}
