import { useState } from 'preact/hooks';
import type { PromiseLine as Line } from '../../db/today-query.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';
import { promiseWords } from '../../ui/words.ts';
import { LaterMenu } from './LaterMenu.tsx';

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
  const [isOpen, setOpen] = useState(false);
  const { entry, promise, daysLate } = line;
  const { direction, threadUrl } = promise;
  const strength = daysLate > 0 ? 'overdue' : 'due';
  return (
    <li class="line" data-part="today-promise" data-client={entry.clientId}>
      <div class="line-words">
        <p class="row">
          <Mark strength={strength} label={t.text(`strength_${strength}`)} />
          <strong class="clip grow">
            <Bidi text={entry.name} />
          </strong>
          <span class="hint" title={t.text('tier', { tier: entry.tier })}>
            {entry.tier}
          </span>
        </p>
        <p class={daysLate > 0 ? 'late' : 'soon'} data-part="why">
          {promiseWords(t, promise, now())}
        </p>
      </div>
      <div class="row line-actions">
        <button type="button" data-action="keep-promise" onClick={() => actions.keep(line)}>
          {t.text(`promiseKeep_${direction}`)}
        </button>
        {threadUrl && (
          <button
            type="button"
            data-action="open-thread"
            title={t.text('openThread')}
            aria-label={t.text('openThread')}
            onClick={() => actions.openThread(threadUrl)}
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
        <LaterMenu
          t={t}
          id={promise.id}
          now={now}
          onSnooze={(until) => actions.putOff(line, until)}
          onDone={() => setOpen(false)}
        >
          <button
            type="button"
            data-action="waive-promise"
            onClick={() => {
              setOpen(false);
              actions.waive(line);
            }}
          >
            {t.text('promiseWaive')}
          </button>
        </LaterMenu>
      )}
    </li>
  );
}
