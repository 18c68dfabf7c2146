import { useEffect, useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly count: () => Promise<number>;
  readonly bringBack: () => Promise<void>;
}

/** Found by comparing with the worker, not by an edit: shown, so that nothing goes silently. */
export function DroppedRows({ t, count, bringBack }: Props) {
  const [dropped, setDropped] = useState(0);
  useEffect(() => void count().then(setDropped), [count]);
  if (dropped === 0) return null;
  return (
    <section id="dropped">
      <h2>
        {t.text('historyDropped')} · {t.number(dropped)}
      </h2>
      <p class="hint">{t.text('historyDroppedHelp')}</p>
      <div class="row">
        <button
          type="button"
          data-action="bring-back"
          onClick={() => void bringBack().then(async () => setDropped(await count()))}
        >
          {t.text('historyBringBack')}
        </button>
      </div>
    </section>
  );
}
