import { useState } from 'preact/hooks';
import type { TodayLine } from '../../db/today-query.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';
import { standSentence } from '../../ui/words.ts';
import { snoozeDays } from './model.ts';

export interface LineActions {
  readonly log: (line: TodayLine) => void;
  readonly openThread: (url: string) => void;
  readonly snooze: (line: TodayLine, until: string) => void;
  readonly skip: (line: TodayLine) => void;
}

interface LaterProps extends Omit<Props, 'isHistoryArriving'> {
  readonly onDone: () => void;
}

interface Props {
  readonly t: Translator;
  readonly line: TodayLine;
  readonly isHistoryArriving: boolean;
  readonly now: () => number;
  readonly actions: LineActions;
}

/** Who, why, and the one action that settles it; the rest behind "Later". */
export function Line({ t, line, isHistoryArriving, now, actions }: Props) {
  const [isOpen, setOpen] = useState(false);
  const { entry, assessment } = line;
  const url = entry.lastThreadUrl;
  return (
    <li class="line" data-part="today-line" data-client={entry.clientId}>
      <div class="line-words">
        <p class="row">
          <Mark strength={assessment.strength} label={t.text(`strength_${assessment.strength}`)} />
          <strong class="clip grow" dir="auto">
            {entry.name}
          </strong>
          <span class="hint" title={t.text('tier', { tier: entry.tier })}>
            {entry.tier}
          </span>
        </p>
        <p class={assessment.strength === 'overdue' ? 'late' : 'soon'} data-part="why">
          {standSentence(t, assessment, isHistoryArriving)}
        </p>
      </div>
      <div class="row line-actions">
        <button type="button" data-action="log-call" onClick={() => actions.log(line)}>
          {t.text('log_call')}
        </button>
        {url !== null && (
          <button
            type="button"
            data-action="open-thread"
            title={t.text('openThread')}
            aria-label={t.text('openThread')}
            onClick={() => actions.openThread(url)}
          >
            <KindIcon kind="email" />
          </button>
        )}
        <button
          type="button"
          class="quiet"
          data-action="later"
          aria-expanded={isOpen}
          aria-label={t.text('laterLabel', { client: entry.name })}
          title={t.text('later')}
          onClick={() => setOpen(!isOpen)}
        >
          ▾
        </button>
      </div>
      {isOpen && (
        <LaterMenu t={t} line={line} now={now} actions={actions} onDone={() => setOpen(false)} />
      )}
    </li>
  );
}

function LaterMenu({ t, line, now, actions, onDone }: LaterProps) {
  const { tomorrow, nextWeek } = snoozeDays(now());
  const until = (day: string): void => {
    onDone();
    if (day !== '') actions.snooze(line, day);
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
      <button
        type="button"
        data-action="snooze"
        ref={(button) => button?.focus()}
        onClick={() => until(tomorrow)}
      >
        {t.text('snoozeTomorrow')}
      </button>
      <button type="button" data-action="snooze-week" onClick={() => until(nextWeek)}>
        {t.text('snoozeNextWeek')}
      </button>
      <label class="visually-hidden" for={`date-${line.entry.clientId}`}>
        {t.text('snoozeDate')}
      </label>
      <input
        id={`date-${line.entry.clientId}`}
        type="date"
        data-field="snooze-date"
        title={t.text('snoozeDate')}
        min={tomorrow}
        onChange={(event) => until(event.currentTarget.value)}
      />
      <button
        type="button"
        data-action="skip"
        onClick={() => {
          onDone();
          actions.skip(line);
        }}
      >
        {t.text('skipOnce')}
      </button>
    </div>
  );
}
