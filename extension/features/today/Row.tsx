import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Strength } from '../../../shared/rules/cadence.ts';
import type { TodayLine } from '../../db/today-query.ts';
import { KindIcon } from '../../ui/KindIcon.tsx';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';
import { LaterMenu } from './LaterMenu.tsx';

export interface RowAction {
  readonly name: string;
  readonly label: string;
  readonly run: () => void;
}

interface Props {
  readonly t: Translator;
  readonly now: () => number;
  readonly part: string;
  /** Of what is put off. */
  readonly id: string;
  readonly entry: TodayLine['entry'];
  readonly strength: Strength;
  readonly isLate: boolean;
  /** Why it is listed. */
  readonly children: ComponentChildren;
  /** The one that settles it. */
  readonly action: RowAction;
  readonly threadUrl: string | null | undefined;
  readonly openThread: (url: string) => void;
  readonly onSnooze: (until: string) => void;
  /** The one below the days of "Later". */
  readonly otherwise: RowAction;
}

/** Who, why, and the one action that settles it; the rest behind "Later". */
export function Row(props: Props) {
  const { t, now, part, id, entry, strength, isLate, children, action, threadUrl } = props;
  const { openThread, onSnooze, otherwise } = props;
  const [isOpen, setOpen] = useState(false);
  return (
    <li class="line" data-part={part} data-client={entry.clientId}>
      <div class="line-words">
        <p class="row">
          <Mark strength={strength} label={t.text(`strength_${strength}`)} />
          <strong class="clip grow" dir="auto">
            {entry.name}
          </strong>
          <span class="hint" title={t.text('tier', { tier: entry.tier })}>
            {entry.tier}
          </span>
        </p>
        <p class={isLate ? 'late' : 'soon'} data-part="why">
          {children}
        </p>
      </div>
      <div class="row line-actions">
        <button type="button" data-action={action.name} onClick={action.run}>
          {action.label}
        </button>
        {threadUrl && (
          <button
            type="button"
            data-action="open-thread"
            title={t.text('openThread')}
            aria-label={t.text('openThread')}
            onClick={() => openThread(threadUrl)}
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
        <LaterMenu t={t} id={id} now={now} onSnooze={onSnooze} onDone={() => setOpen(false)}>
          <button
            type="button"
            data-action={otherwise.name}
            onClick={() => {
              setOpen(false);
              otherwise.run();
            }}
          >
            {otherwise.label}
          </button>
        </LaterMenu>
      )}
    </li>
  );
}
