import type { Translator } from '../ui/translate.ts';
import { panelKeys } from './panel-keys.ts';

interface ButtonProps {
  readonly t: Translator;
  readonly isOpen: boolean;
  readonly onClick: () => void;
}

export function KeyButton({ t, isOpen, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class="quiet keys"
      data-action="keys"
      title={t.text('keysTitle')}
      aria-label={t.text('keysTitle')}
      aria-expanded={isOpen}
      onClick={onClick}
    >
      ?
    </button>
  );
}

export interface KeySheetProps {
  readonly t: Translator;
  /** What Escape does here. */
  readonly escape: string;
}

/** Which key does what; the keys themselves go on working under it. */
export function KeySheet({ t, escape }: KeySheetProps) {
  const rows = [
    ...panelKeys.map(({ key, text }) => [key.toUpperCase(), t.text(text)]),
    ['?', t.text('keysTitle')],
    ['Esc', escape],
  ];
  return (
    <section class="key-sheet" data-part="key-sheet">
      <h3>{t.text('keysTitle')}</h3>
      <ul>
        {rows.map(([key, words]) => (
          <li key={key} class="row">
            <kbd>{key}</kbd>
            <span>{words}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
