import { useEffect, useState } from 'preact/hooks';
import { noonOf } from '../../../shared/rules/days.ts';
import type { TimeSuggestion } from '../../db/focus-time.ts';
import type { QuickLog } from '../../features/quick-log/model.ts';
import { TimeLine } from '../../features/time/TimeLine.tsx';
import type { Page } from '../../page/page.ts';
import { isolate } from '../../ui/isolate.ts';
import { dayWords, recordedWords } from '../../ui/words.ts';

interface Props {
  readonly page: Page;
  /** Asked again whenever this is another one: something was recorded, or taken back. */
  readonly occasion: unknown;
  readonly quickLog: QuickLog;
}

/** Longer, and it would be a time sheet; the rest comes up as these are answered. */
const MAX_SHOWN = 3;

/** The time that clients' pages were in front on the days that are over, to accept or to turn down. */
export function TimeSection({ page: { t, now, send }, occasion, quickLog }: Props) {
  const [suggestions, setSuggestions] = useState<readonly TimeSuggestion[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void send('time.suggestions', {}).then((answer) => {
      if (isCurrent && answer.ok) setSuggestions(answer.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [occasion, send]);
  const record = async ({ clientId, day }: TimeSuggestion, minutes: number): Promise<void> => {
    const answer = await send('time.record', { clientId, day, minutes });
    if (answer.ok) quickLog.announce(recordedWords(t, minutes), answer.value.undoToken);
    else quickLog.report(answer.error);
  };
  if (suggestions.length === 0) return null;
  return (
    <section class="stack" data-part="time">
      <h2>{t.text('time')}</h2>
      {suggestions.slice(0, MAX_SHOWN).map((suggestion) => (
        <TimeLine
          key={`${suggestion.clientId}${suggestion.day}`}
          t={t}
          words={t.text('timeOn', {
            client: isolate(suggestion.name),
            minutes: t.text('minutes', { n: suggestion.minutes }),
            when: dayWords(t, noonOf(suggestion.day), now()),
          })}
          minutes={suggestion.minutes}
          onRecord={(minutes) => void record(suggestion, minutes)}
        />
      ))}
    </section>
  );
}
