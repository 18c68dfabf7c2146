import { isolate } from '../../ui/isolate.ts';
import { promiseWords } from '../../ui/words.ts';
import type { Translator } from '../../ui/translate.ts';
import type { Card } from './messages.ts';

export interface HintsProps {
  readonly t: Translator;
  readonly card: Card;
  readonly nowMs: number;
}

/** What to know before an email is sent: that they would rather be called, and what is still owed. */
export function DraftHints({ t, card, nowMs }: HintsProps) {
  const { channel, promise, contactId, contacts } = card;
  const person = contacts.find(({ id }) => id === contactId);
  const phones = (person ? [person] : contacts).flatMap((each) => each.phones);
  return (
    <>
      {channel === 'call' && (
        <p class="notice" data-part="prefers-call">
          <span>{t.text('prefersCall', { name: isolate(person?.name ?? card.name) })}</span>
          {phones.slice(0, 2).map((phone) => (
            <a key={phone} href={`tel:${phone.replaceAll(/[^\d+*#]/g, '')}`} dir="ltr">
              {phone}
            </a>
          ))}
        </p>
      )}
      {promise && (
        <p class="notice" data-part="open-promise">
          {promiseWords(t, promise, nowMs)}
        </p>
      )}
    </>
  );
}
