import type { RhythmLine } from '../../db/today-query.ts';
import type { Translator } from '../../ui/translate.ts';
import { standSentence } from '../../ui/words.ts';
import { Row } from './Row.tsx';

export interface LineActions {
  readonly log: (line: RhythmLine) => void;
  readonly openThread: (url: string) => void;
  readonly snooze: (line: RhythmLine, until: string) => void;
  readonly skip: (line: RhythmLine) => void;
}

interface Props {
  readonly t: Translator;
  readonly line: RhythmLine;
  readonly isHistoryArriving: boolean;
  readonly now: () => number;
  readonly actions: LineActions;
}

/** Somebody who has not been heard of for too long, and the call that settles it. */
export function Line({ t, line, isHistoryArriving, now, actions }: Props) {
  const { entry, assessment } = line;
  return (
    <Row
      t={t}
      now={now}
      part="today-line"
      id={entry.clientId}
      entry={entry}
      strength={assessment.strength}
      isLate={assessment.strength === 'overdue'}
      action={{ name: 'log-call', label: t.text('log_call'), run: () => actions.log(line) }}
      threadUrl={entry.lastThreadUrl}
      openThread={actions.openThread}
      onSnooze={(until) => actions.snooze(line, until)}
      otherwise={{ name: 'skip', label: t.text('skipOnce'), run: () => actions.skip(line) }}
    >
      {standSentence(t, assessment, isHistoryArriving)}
    </Row>
  );
}
