import { Bidi } from '../../ui/Bidi.tsx';
import { Mark } from '../../ui/Mark.tsx';
import type { Translator } from '../../ui/translate.ts';
import { nextSentence, standSentence } from '../../ui/words.ts';
import type { Card } from './messages.ts';

interface Props {
  readonly t: Translator;
  readonly card: Card;
  readonly nowMs: number;
}

/** Who, how we stand, what is next. */
export function CardHeader({ t, card, nowMs }: Props) {
  const { assessment } = card;
  // Nobody is chased who is paused or lost, so nothing is due either.
  const isResting = card.status === 'paused' || card.status === 'lost';
  const person = card.contacts.find(({ id }) => id === card.contactId);
  const isSame = person === undefined || person.name === card.name;
  return (
    <header class="card-header">
      <h2 class="card-name">
        {!isSame && (
          <>
            <Bidi text={person.name} />
            <span class="hint"> · </span>
          </>
        )}
        <Bidi text={card.name} />
      </h2>
      <p class={`stand ${assessment.strength}`} data-part="stand">
        <Mark strength={assessment.strength} label={t.text(`strength_${assessment.strength}`)} />
        <span title={assessment.lastTouchAt === null ? undefined : t.exact(assessment.lastTouchAt)}>
          {standSentence(t, assessment, card.isHistoryArriving)}
        </span>
      </p>
      <p class="hint" data-part="next">
        {!isResting && <span>{nextSentence(t, assessment, nowMs)} · </span>}
        <span>{t.text('tier', { tier: card.tier })}</span>
        {card.stage && <span> · {t.text(`stage_${card.stage}`)}</span>}
        {card.status !== 'active' && <span> · {t.text(`status_${card.status}`)}</span>}
      </p>
    </header>
  );
}
