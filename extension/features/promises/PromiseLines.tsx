import type { OpenPromise, OpenPromises } from '../../db/promise-standing.ts';
import { dayNumber } from '../../../shared/rules/days.ts';
import { daysLate } from '../../../shared/rules/promise-due.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import { dueWords } from '../../ui/words.ts';

export interface PromiseLinesProps {
  readonly t: Translator;
  readonly promises: OpenPromises;
  readonly nowMs: number;
  readonly onKeep: (promise: OpenPromise) => void;
  readonly onMore: (promise: OpenPromise) => void;
}

/** What each side owes the other: one click when it is done, the rest behind "more". */
export function PromiseLines({ t, promises, nowMs, onKeep, onMore }: PromiseLinesProps) {
  const { next, count } = promises;
  return (
    <ul data-part="promises">
      {next.map((promise) => {
        const { id, direction, what, dueOn } = promise;
        const late = daysLate(promise, dayNumber(nowMs));
        const keep = t.text(`promiseKeep_${direction}`);
        return (
          <li key={id} class="row" data-part="promise">
            <span class="hint">{t.text(`promise_${direction}`)}</span>
            <span class="grow clip" title={what}>
              <Bidi text={what} />
            </span>
            <span class={late === null ? 'hint' : late > 0 ? 'late' : 'soon'}>
              {dueWords(t, dueOn, nowMs)}
            </span>
            <button
              type="button"
              data-action="keep-promise"
              title={keep}
              aria-label={`${keep}: ${what}`}
              onClick={() => onKeep(promise)}
            >
              ✓
            </button>
            <button
              type="button"
              class="quiet"
              data-action="change-promise"
              title={t.text('promiseMore')}
              aria-label={`${t.text('promiseMore')}: ${what}`}
              onClick={() => onMore(promise)}
            >
              ▾
            </button>
          </li>
        );
      })}
      {count > next.length && (
        <li class="hint">{t.text('promiseOthers', { n: count - next.length })}</li>
      )}
    </ul>
  );
}
