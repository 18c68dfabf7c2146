import { useEffect, useRef, useState } from 'preact/hooks';
import { noonOf } from '../../../shared/rules/days.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import { dayWords } from '../../ui/words.ts';
import type { LineReading } from './messages.ts';
import { plainContext, type LogContext, type QuickLog } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly quickLog: QuickLog;
  readonly now: () => number;
  /** Null where no client is open: then the line has to name one. */
  readonly context: LogContext | null;
}

/** "call 15m yesterday about the renewal": shows how it was understood, and saves on Enter. */
export function TypedLine({ t, quickLog, now, context }: Props) {
  const [text, setText] = useState('');
  const [reading, setReading] = useState<LineReading | null>(null);
  const latest = useRef('');
  const findClient = context === null;
  useEffect(() => {
    latest.current = text;
    if (text.trim() === '') {
      setReading(null);
      return;
    }
    void quickLog.read(text, findClient).then((answer) => {
      // Only what is in the field now: an answer to an earlier text may come late.
      if (latest.current === text) setReading(answer);
    });
  }, [text, findClient, quickLog]);

  const target =
    context ??
    (reading?.client ? plainContext(reading.client.clientId, reading.client.name) : null);
  const save = (event: Event): void => {
    event.preventDefault();
    if (!reading || !target || text !== latest.current) return;
    const { minutes, direction, summary } = reading;
    const at = reading.day === null ? null : noonOf(reading.day);
    void quickLog.log(reading.kind ?? 'note', target, { at, minutes, direction, summary });
    setText('');
  };
  return (
    <form class="typed-line" onSubmit={save}>
      <input
        data-field="typed-line"
        dir="auto"
        value={text}
        maxLength={500}
        aria-label={t.text('typeLine')}
        placeholder={t.text(context ? 'typeLineHint' : 'typeLineHintClient')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {reading && (
        <div class="reading" data-part="reading">
          <span class="grow">
            {target ? (
              <Reading t={t} reading={reading} name={target.clientName} nowMs={now()} />
            ) : (
              t.text('whichClient')
            )}
          </span>
          <button type="submit" class="primary" data-action="log-line" disabled={!target}>
            {t.text('logIt')}
          </button>
        </div>
      )}
    </form>
  );
}

interface ReadingProps {
  readonly t: Translator;
  readonly reading: LineReading;
  readonly name: string;
  readonly nowMs: number;
}

function Reading({ t, reading, name, nowMs }: ReadingProps) {
  const { kind, minutes, day, summary, direction } = reading;
  const facts = [
    t.text(`kind_${kind ?? 'note'}`),
    direction === null ? '' : t.text(`direction_${direction}`),
    minutes === null ? '' : t.text('minutes', { n: minutes }),
    day === null ? t.text('readingToday') : dayWords(t, noonOf(day), nowMs),
  ].filter(Boolean);
  return (
    <>
      <span class="visually-hidden">{t.text('readingLabel')}: </span>
      <Bidi text={name} /> · {facts.join(' · ')}
      {summary !== '' && (
        <>
          {' · '}
          <Bidi text={summary} />
        </>
      )}
    </>
  );
}
