import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { CardAnswer } from './messages.ts';
import type { Link } from './link-profile.ts';

interface Props {
  readonly t: Translator;
  readonly answer: Extract<CardAnswer, { kind: 'profile' }>;
  readonly link: Link;
  /** Says what was done, and offers to take it back. */
  readonly announce: (words: string, undoToken: string | null) => void;
}

/** A profile with a name that we know: asked once, and remembered from then on. */
export function ThisIs({ t, answer: { profile, personName, namesakes }, link, announce }: Props) {
  const choose = async (contactId: string): Promise<void> => {
    const linked = await link({ profile, contactId });
    if (!linked) return;
    const places = { person: isolate(linked.personName), client: isolate(linked.clientName) };
    announce(t.text('thisIsSaved', places), linked.undoToken);
  };
  return (
    <div class="stack" data-part="this-is">
      <h2 class="card-name">{t.text('thisIsTitle', { name: isolate(personName) })}</h2>
      <p class="hint">{t.text('thisIsBody')}</p>
      {namesakes.map((each) => (
        <button
          key={each.contactId}
          type="button"
          class="primary"
          data-action="this-is"
          onClick={() => void choose(each.contactId)}
        >
          {t.text('thisIs', { person: isolate(each.personName), client: isolate(each.clientName) })}
        </button>
      ))}
    </div>
  );
}
