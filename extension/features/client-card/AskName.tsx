import { isolate } from '../../ui/isolate.ts';
import type { Translator } from '../../ui/translate.ts';
import type { NameQuestion } from './messages.ts';
import type { CardModel } from './model.ts';

interface Props {
  readonly t: Translator;
  readonly question: NameQuestion;
  readonly model: Pick<CardModel, 'answerName'>;
  /** Says what was done, and offers to take it back. */
  readonly announce: (words: string, undoToken: string | null) => void;
}

/** The page gives a name and no address: asked once, and remembered for this mailbox. */
export function AskName({ t, question, model, announce }: Props) {
  const { seenAs, contactId, personName, clientName } = question;
  const names = { person: isolate(personName), client: isolate(clientName) };
  const answer = async (isSame: boolean): Promise<void> => {
    const token = await model.answerName(seenAs, contactId, isSame);
    if (token === null) return;
    const words = isSame ? 'nameSameSaved' : 'nameOtherSaved';
    announce(t.text(words, { ...names, name: isolate(seenAs.name) }), token);
  };
  return (
    <div class="stack" data-part="ask-name">
      <h2 class="card-name">{t.text('nameQuestion', names)}</h2>
      <p class="hint">{t.text('nameQuestionHint', { name: isolate(seenAs.name) })}</p>
      <div class="row">
        <button
          type="button"
          class="primary"
          data-action="same-person"
          onClick={() => void answer(true)}
        >
          {t.text('nameSame')}
        </button>
        <button type="button" data-action="other-person" onClick={() => void answer(false)}>
          {t.text('nameOther')}
        </button>
      </div>
    </div>
  );
}
