import { useState } from 'preact/hooks';
import type { RhythmLine } from '../../db/today-query.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';
import { standSentence } from '../../ui/words.ts';
import { LaterMenu } from './LaterMenu.tsx';

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
        <LaterMenu
          t={t}
          id={entry.clientId}
          now={now}
          onSnooze={(until) => actions.snooze(line, until)}
          onDone={() => setOpen(false)}
        >
          <button
            type="button"
            data-action="skip"
            onClick={() => {
              setOpen(false);
              actions.skip(line);
            }}
          >
            {t.text('skipOnce')}
          </button>
        </LaterMenu>
      )}
    </li>
  );
}
