import { useState } from 'preact/hooks';
import { noonOf, toDay } from '../../../shared/rules/days.ts';
import { focusAtFirst } from '../../ui/focus-at-first.ts';
import type { Translator } from '../../ui/translate.ts';
import type { QuickLog } from './model.ts';

export interface LineProps {
  readonly t: Translator;
  /** When it was logged, UTC milliseconds. */
  readonly at: number;
  readonly now: () => number;
  readonly onSave: QuickLog['saveLine'];
}

/** A line of text and another day, for what one click could not know. */
export function LineForm({ t, at, now, onSave }: LineProps) {
  const [summary, setSummary] = useState('');
  const [day, setDay] = useState(toDay(at));
  const save = (event: Event): void => {
    event.preventDefault();
    const isSameDay = day === toDay(at) || day === '';
    void onSave({ summary, at: isSameDay ? undefined : noonOf(day) });
  };
  return (
    <form class="stack line-form" onSubmit={save}>
      <label>
        <span>{t.text('lineLabel')}</span>
        <input
          data-field="line"
          dir="auto"
          value={summary}
          maxLength={500}
          ref={focusAtFirst}
          onInput={(event) => setSummary(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <label class="grow">
          <span>{t.text('dayLabel')}</span>
          <input
            type="date"
            data-field="day"
            value={day}
            max={toDay(now())}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" data-action="save-line">
          {t.text('save')}
        </button>
      </div>
    </form>
  );
}
