import type { OpenThread } from '../../sites/snapshot.ts';
import type { Translator } from '../../ui/translate.ts';
import { draftFrom, templates, type Recipient, type TemplateDraft } from './templates.ts';

export interface TemplateProps {
  readonly t: Translator;
  readonly person: Recipient | undefined;
  /** The draft that is being written: its people and its subject are kept. */
  readonly draft: OpenThread | null;
  readonly onOpen: (draft: TemplateDraft) => void;
}

/** Each opens a new draft in the mail's own editor, for the user to finish and send. */
export function TemplateMenu({ t, person, draft, onOpen }: TemplateProps) {
  return (
    <div class="stack">
      {templates.map((name) => (
        <button
          key={name}
          type="button"
          data-action={`template-${name}`}
          onClick={() => onOpen(draftFrom(t, name, person, draft))}
        >
          {t.text(`template_${name}`)}
        </button>
      ))}
      <p class="hint">{t.text('templatesHint')}</p>
    </div>
  );
}
