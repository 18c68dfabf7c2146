import { useState } from 'preact/hooks';
import type { Translator } from '../../ui/translate.ts';

interface Props {
  readonly t: Translator;
  readonly action: string;
  readonly label: string;
  /** What it means, shown before it is done. */
  readonly help: string;
  readonly isBusy: boolean;
  readonly onConfirm: () => void;
}

/** What cannot be taken back is explained first and done with a second click. */
export function Confirm({ t, action, label, help, isBusy, onConfirm }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        class="quiet"
        data-action={action}
        aria-expanded={isOpen}
        disabled={isBusy}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </button>
      {isOpen && (
        <div class="row notice" data-part={`${action}-help`}>
          <span class="grow hint">{help}</span>
          <button
            type="button"
            class="danger"
            data-action={`${action}-confirm`}
            disabled={isBusy}
            onClick={() => {
              setOpen(false);
              onConfirm();
            }}
          >
            {label}
          </button>
          <button type="button" class="quiet" onClick={() => setOpen(false)}>
            {t.text('cancel')}
          </button>
        </div>
      )}
    </>
  );
}
