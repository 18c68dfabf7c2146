import { useEffect, useState } from 'preact/hooks';
import type { Send } from '../../messaging/send.ts';
import { syncSentence } from '../../ui/sync-words.ts';
import type { Translator } from '../../ui/translate.ts';
import type { SyncMessages, SyncSummary } from './messages.ts';

interface Props {
  readonly t: Translator;
  readonly send: Send<SyncMessages>;
  readonly now: () => number;
  /** Asked again whenever this is another one. */
  readonly occasion: unknown;
}

/** First the card, then this line; and a moment later whether what was changed has arrived. */
const ASK_AFTER_MS = [400, 2000];

/** "Synced just now": the quiet last line. Asking keeps the worker's ear open while someone looks. */
export function SyncLine({ t, send, now, occasion }: Props) {
  const [summary, setSummary] = useState<SyncSummary | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const answer = await send('sync.summary', {});
      if (isCurrent && answer.ok) setSummary(answer.value);
    };
    const timers = ASK_AFTER_MS.map((ms) => setTimeout(() => void ask(), ms));
    return () => {
      isCurrent = false;
      for (const timer of timers) clearTimeout(timer);
    };
  }, [occasion, send]);
  if (!summary) return null;
  return (
    <p class="hint sync-line" data-part="sync-line" data-state={summary.state}>
      {syncSentence(t, summary, now())}
    </p>
  );
}
