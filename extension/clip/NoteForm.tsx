import { useState } from 'preact/hooks';
import { useValue } from '../ui/use-value.ts';
import { ClientChoice } from './ClientChoice.tsx';
import type { ClipFormProps } from './ClipView.tsx';
import { MAX_ENTRY_LETTERS } from './clip-model.ts';

/** The words as an entry of the history, or, where they are longer than a line, in the notes. */
export function NoteForm({ t, model, now }: ClipFormProps) {
  const text = useValue(model.text);
  const client = useValue(model.client);
  const isLong = text.trim().length > MAX_ENTRY_LETTERS;
  const [isToNotes, setToNotes] = useState(false);
  const [isFull, setFull] = useState(false);
  const toNotes = isToNotes || isLong;
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!toNotes) return model.saveEntry();
    setFull(!(await model.appendToNotes(t.date(now(), now()))));
  };
  const place = (isNotes: boolean) => (
    <label class="row check">
      <input
        type="radio"
        name="place"
        data-field={isNotes ? 'to-notes' : 'to-history'}
        checked={toNotes === isNotes}
        disabled={isLong && !isNotes}
        onChange={() => setToNotes(isNotes)}
      />
      <span>{t.text(isNotes ? 'clipToNotes' : 'clipToHistory')}</span>
    </label>
  );
  return (
    <form class="stack" data-part="clip-note" onSubmit={(event) => void save(event)}>
      <ClientChoice t={t} model={model} />
      <fieldset class="stack">
        <legend>{t.text('clipWhere')}</legend>
        {place(false)}
        {place(true)}
      </fieldset>
      {isLong && <p class="hint">{t.text('clipLong', { n: MAX_ENTRY_LETTERS })}</p>}
      {isFull && (
        <p class="late" role="alert">
          {t.text('clipNotesFull')}
        </p>
      )}
      <button type="submit" class="primary" data-action="save-clip" disabled={!client}>
        {t.text('save')}
      </button>
    </form>
  );
}
