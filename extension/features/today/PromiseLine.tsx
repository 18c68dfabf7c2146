import type { PromiseLine as Line } from '../../db/today-query.ts';
import type { Translator } from '../../ui/translate.ts';
import { promiseWords } from '../../ui/words.ts';
import { Row } from './Row.tsx';

export interface PromiseActions {
  readonly keep: (line: Line) => void;
  readonly waive: (line: Line) => void;
  readonly putOff: (line: Line, until: string) => void;
  readonly openThread: (url: string) => void;
}

interface Props {
  readonly t: Translator;
  readonly line: Line;
  readonly now: () => number;
  readonly actions: PromiseActions;
}

/** What we owe, or wait for, and the one click that settles it. */
export function PromiseLine({ t, line, now, actions }: Props) {
  const { entry, promise, daysLate } = line;
  const { direction, threadUrl } = promise;
  const isLate = daysLate > 0;
  return (
    <Row
      t={t}
      now={now}
      part="today-promise"
      id={promise.id}
      entry={entry}
      strength={isLate ? 'overdue' : 'due'}
      isLate={isLate}
      action={{
        name: 'keep-promise',
        label: t.text(`promiseKeep_${direction}`),
        run: () => actions.keep(line),
      }}
      threadUrl={threadUrl}
      openThread={actions.openThread}
      onSnooze={(until) => actions.putOff(line, until)}
      otherwise={{
        name: 'waive-promise',
        label: t.text('promiseWaive'),
        run: () => actions.waive(line),
      }}
    >
      {promiseWords(t, promise, now())}
    </Row>
  );
}
