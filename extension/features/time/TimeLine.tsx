import { otherMinutes } from '../../../shared/rules/focus.ts';
import type { Translator } from '../../ui/translate.ts';

export interface TimeProps {
  readonly t: Translator;
  readonly words: string;
  readonly minutes: number;
  /** With no minutes it is turned down. */
  readonly onRecord: (minutes: number) => void;
}

/** A suggestion: accepted, corrected or turned down in one click; without a click it is nothing. */
export function TimeLine({ t, words, minutes, onRecord }: TimeProps) {
  const inWords = (n: number): string => t.text('minutes', { n });
  return (
    <div class="stack" data-part="time-suggestion">
      <span class="hint">{words}</span>
      <div class="row">
        <button type="button" data-action="record-time" onClick={() => onRecord(minutes)}>
          {t.text('timeRecord', { minutes: inWords(minutes) })}
        </button>
        {otherMinutes(minutes).map((other) => (
          <button
            key={other}
            type="button"
            data-action="record-other"
            aria-label={t.text('timeRecordOther', { minutes: inWords(other) })}
            onClick={() => onRecord(other)}
          >
            {t.number(other)}
          </button>
        ))}
        <button type="button" class="quiet" data-action="decline-time" onClick={() => onRecord(0)}>
          {t.text('timeDecline')}
        </button>
      </div>
    </div>
  );
}
