import { useState } from 'preact/hooks';
import type { TodayLine } from '../../db/today-query.ts';
import type { Translator } from '../../ui/translate.ts';
import { Line, type LineActions } from './Line.tsx';
import { PromiseLine, type PromiseActions } from './PromiseLine.tsx';

interface Props {
  readonly t: Translator;
  readonly lines: readonly TodayLine[];
  readonly total: number;
  readonly isHistoryArriving: boolean;
  readonly now: () => number;
  readonly actions: LineActions & PromiseActions;
}

/** A list longer than a screen is not read; the rest is one click away. */
const PAGE_LINES = 25;

export function TodayList({ t, lines, total, isHistoryArriving, now, actions }: Props) {
  const [shown, setShown] = useState(PAGE_LINES);
  const more = Math.min(PAGE_LINES, total - shown);
  return (
    <>
      <ul class="today">
        {lines
          .slice(0, shown)
          .map((line) =>
            line.kind === 'promise' ? (
              <PromiseLine key={line.promise.id} t={t} line={line} now={now} actions={actions} />
            ) : (
              <Line
                key={line.entry.clientId}
                t={t}
                line={line}
                isHistoryArriving={isHistoryArriving}
                now={now}
                actions={actions}
              />
            ),
          )}
      </ul>
      {more > 0 && (
        <button
          type="button"
          class="link"
          data-action="show-more"
          onClick={() => setShown(shown + PAGE_LINES)}
        >
          {t.text('todayMore', { n: more })}
        </button>
      )}
    </>
  );
}
