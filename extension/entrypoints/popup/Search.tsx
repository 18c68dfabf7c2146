import { useEffect, useState } from 'preact/hooks';
import { LogButtons } from '../../features/quick-log/LogButtons.tsx';
import { plainContext, type QuickLog } from '../../features/quick-log/model.ts';
import type { TodayModel } from '../../features/today/model.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import { useValue } from '../../ui/use-value.ts';

interface Props {
  readonly t: Translator;
  readonly today: TodayModel;
  readonly quickLog: QuickLog;
}

/** Any client by name, person or address, with the log buttons right there. */
export function Search({ t, today, quickLog }: Props) {
  const [text, setText] = useState('');
  const [openId, setOpenId] = useState<string | null>(null);
  useEffect(() => void today.search(text), [text, today]);
  const found = useValue(today.found);
  return (
    <div class="stack">
      <input
        type="search"
        data-field="search"
        dir="auto"
        value={text}
        maxLength={200}
        aria-label={t.text('searchPlaceholder')}
        placeholder={t.text('searchPlaceholder')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {found?.length === 0 && <p class="hint">{t.text('nothingFound', { text })}</p>}
      {found && found.length > 0 && (
        <ul class="found-list" data-part="found">
          {found.map(({ clientId, name, people }) => (
            <li key={clientId}>
              <button
                type="button"
                class="found"
                aria-expanded={openId === clientId}
                data-action="pick-client"
                onClick={() => setOpenId(openId === clientId ? null : clientId)}
              >
                <Bidi text={name} />
                <span class="hint clip" dir="auto">
                  {' '}
                  {people.slice(0, 3).join(', ')}
                </span>
              </button>
              {openId === clientId && (
                <LogButtons
                  t={t}
                  hasKeys={false}
                  onLog={(kind) => void quickLog.log(kind, plainContext(clientId, name))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
