import type { RecentInteraction } from '../../db/standing.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { KindIcon } from '../../ui/KindIcon.tsx';
import type { Translator } from '../../ui/translate.ts';
import { dayWords } from '../../ui/words.ts';
import type { Card, CardContact } from './messages.ts';

interface Props {
  readonly t: Translator;
  readonly card: Card;
  readonly nowMs: number;
  readonly onNotes: (notes: string) => void;
}

/** Below the first glance: what passed last, who is who, and what to mention. */
export function CardDetails({ t, card, nowMs, onNotes }: Props) {
  return (
    <div class="card-details">
      <section>
        <h3>{t.text('recent')}</h3>
        {card.recent.length === 0 ? (
          <p class="hint">{t.text('recentEmpty')}</p>
        ) : (
          <ul>
            {card.recent.map((interaction) => (
              <RecentLine key={interaction.id} t={t} interaction={interaction} nowMs={nowMs} />
            ))}
          </ul>
        )}
        {card.interactionCount > card.recent.length && (
          <p class="hint">{t.text('interactionCount', { n: card.interactionCount })}</p>
        )}
      </section>
      <details open={card.contacts.length <= 3}>
        <summary>{t.text('contacts', { n: card.contacts.length })}</summary>
        <ul>
          {card.contacts.map((contact) => (
            <ContactLine key={contact.id} t={t} contact={contact} />
          ))}
        </ul>
      </details>
      {card.interests.length > 0 && (
        <p data-part="interests">
          <span class="hint">{t.text('interests')}: </span>
          <Bidi text={card.interests.join(', ')} />
        </p>
      )}
      <label class="notes">
        <span>{t.text('notes')}</span>
        <textarea
          key={card.clientId}
          data-field="notes"
          dir="auto"
          rows={2}
          maxLength={20_000}
          placeholder={t.text('notesHint')}
          defaultValue={card.notes}
          onChange={(event) => onNotes(event.currentTarget.value)}
        />
      </label>
    </div>
  );
}

interface RecentLineProps {
  readonly t: Translator;
  readonly interaction: RecentInteraction;
  readonly nowMs: number;
}

function RecentLine({ t, interaction, nowMs }: RecentLineProps) {
  const { kind, at, minutes, summary, subject } = interaction;
  const about = summary || subject || '';
  return (
    <li class="recent" data-part="recent" title={t.exact(at)}>
      <KindIcon kind={kind} />
      <span>
        {dayWords(t, at, nowMs)}
        {minutes ? ` · ${t.text('minutes', { n: minutes })}` : ''}
        {about !== '' && ' · '}
      </span>
      <span class="grow clip" dir="auto">
        {about}
      </span>
      <span class="visually-hidden">{t.text(`kind_${kind}`)}</span>
    </li>
  );
}

function ContactLine({ t, contact }: { readonly t: Translator; readonly contact: CardContact }) {
  const facts = [
    contact.isKey ? t.text('keyContact') : '',
    contact.role ? t.text(`role_${contact.role}`) : '',
    contact.hasLeft ? t.text('leftContact') : '',
  ].filter(Boolean);
  return (
    <li class="contact">
      <span>
        <Bidi text={contact.name} />
        {facts.length > 0 && <span class="hint"> · {facts.join(' · ')}</span>}
      </span>
      {[...contact.addresses, ...contact.phones].map((address) => (
        <span key={address} class="hint clip" dir="auto" title={address}>
          {address}
        </span>
      ))}
    </li>
  );
}
