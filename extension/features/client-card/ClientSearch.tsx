import { useEffect, useRef, useState } from 'preact/hooks';
import { Bidi } from '../../ui/Bidi.tsx';
import type { Translator } from '../../ui/translate.ts';
import type { CardModel } from './model.ts';

export interface SearchProps {
  readonly t: Translator;
  readonly model: Pick<CardModel, 'search'>;
  readonly initialText?: string;
  readonly onPick: (clientId: string) => void;
}

type Found = Awaited<ReturnType<CardModel['search']>>;

export function ClientSearch({ t, model, initialText = '', onPick }: SearchProps) {
  const [text, setText] = useState(initialText);
  const [found, setFound] = useState<Found | null>(null);
  const latest = useRef('');
  useEffect(() => {
    latest.current = text;
    if (text.trim() === '') {
      setFound(null);
      return;
    }
    void model.search(text).then((answer) => {
      if (latest.current === text) setFound(answer);
    });
  }, [text, model]);
  return (
    <div class="stack" data-part="client-search">
      <input
        type="search"
        data-field="client-search"
        dir="auto"
        value={text}
        maxLength={200}
        aria-label={t.text('searchClient')}
        placeholder={t.text('attachHint')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {found?.length === 0 && <p class="hint">{t.text('nothingFound', { text })}</p>}
      <ul>
        {found?.slice(0, 8).map(({ clientId, name, people }) => (
          <li key={clientId}>
            <button
              type="button"
              class="found"
              data-action="pick-client"
              onClick={() => onPick(clientId)}
            >
              <Bidi text={name} />
              {people.length > 0 && (
                <span class="hint clip" dir="auto">
                  {' '}
                  {people.slice(0, 2).join(', ')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
