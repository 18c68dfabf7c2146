import { useEffect, useRef } from 'preact/hooks';
import { CardDetails } from '../features/client-card/CardDetails.tsx';
import { CardHeader } from '../features/client-card/CardHeader.tsx';
import type { Card, CardAnswer } from '../features/client-card/messages.ts';
import { LogButtons } from '../features/quick-log/LogButtons.tsx';
import { TypedLine } from '../features/quick-log/TypedLine.tsx';
import { Bidi } from '../ui/Bidi.tsx';
import { Drawn, DrawnDetails } from '../ui/Drawn.tsx';
import { isolate } from '../ui/isolate.ts';
import { dayWords } from '../ui/words.ts';
import { useValue } from '../ui/use-value.ts';
import type { BodyProps } from './body-props.ts';
import { CardPromises } from './CardPromises.tsx';
import { CardTime } from './CardTime.tsx';
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
  const person = personOf(card);
  const asked = useValue(command);
  useEffect(() => {
    if (!asked) return;
    onCommandDone();
    if (asked.name === 'log-email') void quickLog.log('email', context);
    if (asked.name === 'log-call') void quickLog.log('call', context);
    if (asked.name !== 'type-line') return;
    root.current?.querySelector<HTMLElement>('[data-field=typed-line]')?.focus();
  }, [asked]);
  const save = async (saving: Promise<string | null>): Promise<void> => {
    const token = await saving;
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
      {isDraft && (card.channel === 'call' || card.promise) && (
        <Drawn
          draw={(place) => props.drawPart('hints', place, { t, card, nowMs: now() })}
          version={card}
        />
      )}
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
      <CardPromises
        {...props}
        key={card.clientId}
        card={card}
        context={context}
        account={thread?.account ?? null}
        asked={asked}
      />
      {props.time && <CardTime {...props} time={props.time} clientId={card.clientId} />}
      {newPerson && (
        <button type="button" data-action="add-person" onClick={() => void addPerson()}>
          {t.text('addPerson', {
            person: isolate(newPerson.personName),
            client: isolate(card.name),
          })}
        </button>
      )}
      {(person || isDraft) && (
        <DrawnDetails
          part="templates"
          summary={t.text('templates')}
          version={thread}
          draw={(container) => {
            const draft = isDraft ? thread : null;
            props.drawPart('templates', container, { t, person, draft, onOpen: props.openDraft });
          }}
        />
      )}
      <CardDetails
        t={t}
        card={card}
        nowMs={now()}
        onNotes={(notes) => void save(model.saveNotes(card.clientId, notes))}
      />
      <DrawnDetails
        key={card.clientId}
        part="edit"
        summary={t.text('editClient')}
        version={card}
        draw={(container) =>
          props.drawPart('edit', container, {
            t,
            card,
            onSave: (change) => void save(model.edit(change)),
          })
        }
      />
    </div>
  );
}

/** Whom the page is about, else the first who is still there. */
const personOf = ({ contacts, contactId }: Card) =>
  contacts.find(({ id }) => id === contactId) ?? contacts.find(({ hasLeft }) => !hasLeft);
