import { useState } from 'preact/hooks';
import { promiseDirections } from '../../../shared/model/promise-words.ts';
import { noonOf } from '../../../shared/rules/days.ts';
import { focusAtFirst } from '../../ui/focus-at-first.ts';
import type { ClientCalendar } from './messages.ts';
import type { PromiseDraft } from './PromiseSheet.tsx';
import type { SheetRequest } from './sheet-request.ts';

interface Props {
  readonly request: Pick<SheetRequest & ClientCalendar, 't' | 'now' | 'timeZone'>;
  readonly draft: PromiseDraft;
  /** The first field of the sheet takes the focus. */
  readonly isFirst: boolean;
  readonly onSave: (draft: PromiseDraft) => void;
}

/** What, who and by when: filled in as it was understood, saved only on the button. */
export function PromiseFields({ request, draft, isFirst, onSave }: Props) {
  const { t, timeZone } = request;
  const [what, setWhat] = useState(draft.what);
  const [direction, setDirection] = useState(draft.direction);
  const [day, setDay] = useState(draft.day ?? '');
  const submit = (event: Event): void => {
    event.preventDefault();
    if (what.trim() === '') return;
    onSave({ ...draft, what: what.trim(), direction, day: day === '' ? null : day });
  };
  return (
    <form class="stack" data-part="promise-fields" onSubmit={submit}>
      <label>
        <span>{t.text('promiseWhat')}</span>
        <input
          data-field="promise-what"
          dir="auto"
          required
          maxLength={500}
          value={what}
          ref={isFirst ? focusAtFirst : null}
          onInput={(event) => setWhat(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <label class="grow">
          <span>{t.text('promiseWho')}</span>
          <select
            data-field="promise-direction"
            value={direction}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              setDirection(promiseDirections.find((each) => each === chosen) ?? direction);
            }}
          >
            {promiseDirections.map((each) => (
              <option key={each} value={each}>
                {t.text(`promise_${each}`)}
              </option>
            ))}
          </select>
        </label>
        <label class="grow">
          <span>{t.text('promiseDay')}</span>
          <input
            type="date"
            data-field="promise-day"
            value={day}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </label>
      </div>
      {day !== '' && (
        <p class="hint" data-part="promise-understood">
          {understood()}
        </p>
      )}
      <button type="submit" class="primary" data-action="save-promise">
        {t.text('promiseSave')}
      </button>
    </form>
  );

  /** "Understood: Friday, 27 November 2026, as it is in Europe/Helsinki". */
  function understood(): string {
    const when = new Intl.DateTimeFormat(t.locale, { dateStyle: 'full' }).format(noonOf(day));
    return timeZone === null
      ? t.text('promiseUnderstood', { when })
      : t.text('promiseUnderstoodZone', { when, zone: timeZone });
  }
}
