import { useEffect, useRef } from 'preact/hooks';
import { CardDetails } from '../features/client-card/CardDetails.tsx';
import { CardHeader } from '../features/client-card/CardHeader.tsx';
import { DraftHints } from '../features/client-card/DraftHints.tsx';
import { EditClient } from '../features/client-card/EditClient.tsx';
import type { Card, CardAnswer, ClientEdit } from '../features/client-card/messages.ts';
import { LogButtons } from '../features/quick-log/LogButtons.tsx';
import { TypedLine } from '../features/quick-log/TypedLine.tsx';
import { TemplateMenu } from '../features/templates/TemplateMenu.tsx';
import { Bidi } from '../ui/Bidi.tsx';
import { isolate } from '../ui/isolate.ts';
import { dayWords } from '../ui/words.ts';
import { useValue } from '../ui/use-value.ts';
import type { BodyProps } from './body-props.ts';
import { logContext } from './log-context.ts';

interface Props extends BodyProps {
  readonly answer: Extract<CardAnswer, { kind: 'known' }>;
}

/** One client's card beside the open thread, with what logs to it. */
export function CardView(props: Props) {
  const { t, model, quickLog, command, onCommandDone, now, hasKeys, answer } = props;
  const { card, others, newPerson } = answer;
  const root = useRef<HTMLDivElement>(null);
  const thread = useValue(model.snapshot);
  const isDraft = thread?.layout === 'draft';
  const context = logContext(card, thread);
  const asked = useValue(command);
  useEffect(() => {
    if (!asked) return;
    onCommandDone();
    if (asked.name === 'log-email') void quickLog.log('email', context);
    if (asked.name === 'log-call') void quickLog.log('call', context);
    if (asked.name !== 'type-line') return;
    root.current?.querySelector<HTMLElement>('[data-field=typed-line]')?.focus();
  }, [asked]);
  const saveNotes = async (notes: string): Promise<void> => {
    const token = await model.saveNotes(card.clientId, notes);
    if (token !== null) quickLog.announce(t.text('saved'), token);
  };
  const edit = async (change: ClientEdit): Promise<void> => {
    const token = await model.edit(change);
    if (token !== null) quickLog.announce(t.text('saved'), token);
  };
  const addPerson = async (): Promise<void> => {
    if (!newPerson) return;
    const { personName, address } = newPerson;
    const added = await model.attach(card.clientId, { name: personName, address });
    if (!added) return;
    const places = { person: isolate(personName), client: isolate(card.name) };
    quickLog.announce(t.text('attachedContact', places), added.undoToken);
  };
  return (
    <div class="stack" ref={root}>
      <CardHeader t={t} card={card} nowMs={now()} />
      {isDraft && <DraftHints t={t} card={card} nowMs={now()} />}
      {others.length > 0 && (
        <nav class="others" aria-label={t.text('alsoHere')}>
          <span class="hint">{t.text('alsoHere')}</span>
          {others.map(({ clientId, name }) => (
            <button
              key={clientId}
              type="button"
              data-action="switch-client"
              onClick={() => void model.switchTo(clientId)}
            >
              <Bidi text={name} />
            </button>
          ))}
        </nav>
      )}
      <LogButtons t={t} hasKeys={hasKeys} onLog={(kind) => void quickLog.log(kind, context)} />
      {card.loggedAt !== null && (
        <p class="hint" data-part="logged-already">
          {t.text('loggedAlready', { when: dayWords(t, card.loggedAt, now()) })}
        </p>
      )}
      <TypedLine t={t} quickLog={quickLog} now={now} context={context} />
      {newPerson && (
        <button type="button" data-action="add-person" onClick={() => void addPerson()}>
          {t.text('addPerson', {
            person: isolate(newPerson.personName),
            client: isolate(card.name),
          })}
        </button>
      )}
      <TemplateMenu
        t={t}
        person={personOf(card)}
        draft={isDraft ? thread : null}
        onOpen={props.openDraft}
      />
      <CardDetails t={t} card={card} nowMs={now()} onNotes={(notes) => void saveNotes(notes)} />
      <details>
        <summary>{t.text('editClient')}</summary>
        <EditClient
          key={JSON.stringify([card.clientId, card.name, card.tier, card.stage, card.status])}
          t={t}
          card={card}
          onSave={(change) => void edit(change)}
        />
      </details>
    </div>
  );
}

/** Whom the page is about, else the first who is still there. */
const personOf = ({ contacts, contactId }: Card) =>
  contacts.find(({ id }) => id === contactId) ?? contacts.find(({ hasLeft }) => !hasLeft);
