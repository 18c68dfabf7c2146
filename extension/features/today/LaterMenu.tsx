import type { ComponentChildren } from 'preact';
import { focusAtFirst } from '../../ui/focus-at-first.ts';
import type { Translator } from '../../ui/translate.ts';
import { snoozeDays } from './model.ts';

interface Props {
  readonly t: Translator;
  /** Of the line: names its date field. */
  readonly id: string;
  readonly now: () => number;
  readonly onSnooze: (until: string) => void;
  readonly onDone: () => void;
  /** What else can be done with the line. */
  readonly children: ComponentChildren;
}

/** Tomorrow, next week, any day, and what else there is. Escape closes it and nothing more. */
export function LaterMenu({ t, id, now, onSnooze, onDone, children }: Props) {
  const { tomorrow, nextWeek } = snoozeDays(now());
  const until = (day: string): void => {
    onDone();
    if (day !== '') onSnooze(day);
  };
  return (
    <div
      class="later row"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        onDone();
      }}
    >
      <button type="button" data-action="snooze" ref={focusAtFirst} onClick={() => until(tomorrow)}>
        {t.text('snoozeTomorrow')}
      </button>
      <button type="button" data-action="snooze-week" onClick={() => until(nextWeek)}>
        {t.text('snoozeNextWeek')}
      </button>
      <label class="visually-hidden" for={`date-${id}`}>
        {t.text('snoozeDate')}
      </label>
      <input
        id={`date-${id}`}
        type="date"
        data-field="snooze-date"
        title={t.text('snoozeDate')}
        min={tomorrow}
        onChange={(event) => until(event.currentTarget.value)}
      />
      {children}
    </div>
  );
}
