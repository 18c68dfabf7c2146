import { useState } from 'preact/hooks';
import { Bidi } from '../../ui/Bidi.tsx';
import { focusAtFirst } from '../../ui/focus-at-first.ts';
import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  /** What is shown. */
  readonly shown: string;
  /** What the field begins with: empty while there is no name. */
  readonly name: string;
  readonly part: string;
  readonly isBusy: boolean;
  readonly onRename: (name: string) => void;
}

/** A name that turns into a field when pressed. Enter keeps, Escape leaves it as it was. */
export function EditableName({ t, shown, name, part, isBusy, onRename }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  if (typed === null) {
    return (
      <button
        type="button"
        class="quiet as-text"
        data-action={`rename-${part}`}
        title={t.text('renameIt', { name: isolate(shown) })}
        disabled={isBusy}
        onClick={() => setTyped(name)}
      >
        <Bidi text={shown} />
      </button>
    );
  }
  const keep = (event: Event): void => {
    event.preventDefault();
    setTyped(null);
    if (typed.trim() !== '' && typed.trim() !== name) onRename(typed.trim());
  };
  return (
    <form class="row" onSubmit={keep}>
      <input
        ref={focusAtFirst}
        aria-label={t.text('renameIt', { name: isolate(shown) })}
        data-field={`rename-${part}`}
        dir="auto"
        maxLength={60}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && setTyped(null)}
      />
      <button type="submit" data-action={`keep-${part}-name`}>
        {t.text('save')}
      </button>
    </form>
  );
}
