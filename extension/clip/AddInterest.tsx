import { useState } from 'preact/hooks';
import type { Translator } from '../ui/translate.ts';
import { useValue } from '../ui/use-value.ts';
import { ClientChoice } from './ClientChoice.tsx';
import type { ClipModel } from './clip-model.ts';

interface Props {
  readonly t: Translator;
  readonly model: ClipModel;
  /** Nobody has an interest: then it is the one thing to do here. */
  readonly isOpen: boolean;
  readonly onAdded: () => void;
}

/** An interest, for a client who should have been on the list. */
export function AddInterest({ t, model, isOpen, onAdded }: Props) {
  const client = useValue(model.client);
  const [typed, setTyped] = useState('');
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!(await model.addInterests(typed))) return;
    setTyped('');
    onAdded();
  };
  return (
    <details open={isOpen}>
      <summary>{t.text('shareAdd')}</summary>
      <form class="stack" data-part="add-interest" onSubmit={(event) => void add(event)}>
        <ClientChoice t={t} model={model} />
        <label>
          <span>{t.text('shareAddInterest')}</span>
          <input
            data-field="interest"
            dir="auto"
            required
            maxLength={500}
            placeholder={t.text('interestsHint')}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" data-action="add-interest" disabled={!client}>
          {t.text('shareAdd')}
        </button>
      </form>
    </details>
  );
}
