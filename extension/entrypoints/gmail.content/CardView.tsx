import { useEffect, useRef } from 'preact/hooks';
import { CardDetails } from '../../features/client-card/CardDetails.tsx';
import { CardHeader } from '../../features/client-card/CardHeader.tsx';
import { EditClient } from '../../features/client-card/EditClient.tsx';
import type { CardAnswer, ClientEdit } from '../../features/client-card/messages.ts';
import { sourceOf } from '../../features/client-card/model.ts';
import { LogButtons } from '../../features/quick-log/LogButtons.tsx';
import type { LogContext } from '../../features/quick-log/model.ts';
import { PromiseLines } from '../../features/promises/PromiseLines.tsx';
import { openSheet } from '../../features/promises/tools.ts';
import { TypedLine } from '../../features/quick-log/TypedLine.tsx';
import { TimeLine } from '../../features/time/TimeLine.tsx';
import type { OpenPromise } from '../../db/promise-standing.ts';
import type { Snapshot } from '../../sites/snapshot.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { isolate } from '../../ui/isolate.ts';
import { dayWords, recordedWords } from '../../ui/words.ts';
import type { Answer } from '../../messaging/messages.ts';
import type { PanelProps } from './panel-props.ts';
import { useValue } from '../../ui/use-value.ts';

interface Props extends PanelProps {
  readonly answer: Extract<CardAnswer, { kind: 'known' }>;
}

/** One client's card beside the open thread, with what logs to it. */
export function CardView(props: Props) {
  const { t, model, quickLog, command, onCommandDone, now, answer, sendPromise, sendTime } = props;
  const { card, others, newPerson } = answer;
  const root = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const snapshot = useValue(model.snapshot);
  const context = contextOf(answer, snapshot);
  const minutes = useValue(props.minutes);
  const asked = useValue(command);
  useEffect(() => {
    if (!asked) return;
    onCommandDone();
    if (asked.name === 'log-email') void quickLog.log('email', context);
    if (asked.name === 'log-call') void quickLog.log('call', context);
    if (asked.name === 'promise') openPromise(null);
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
  const openPromise = (promise: OpenPromise | null): void => {
    if (!sheet.current) return;
    void openSheet({
      ...context,
      t,
      send: sendPromise,
      now,
      container: sheet.current,
      promise,
      account: snapshot?.account ?? null,
      announce: quickLog.announce,
      report: quickLog.report,
    });
  };
  const settle = async (
    answer: Promise<Answer<{ readonly undoToken: string }>>,
    words: string,
  ): Promise<void> => {
    const settled = await answer;
    if (settled.ok) quickLog.announce(words, settled.value.undoToken);
    else quickLog.report(settled.error);
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
    <div
      class="stack"
      ref={root}
      onKeyDown={(event) => {
        if (event.altKey && event.code === 'KeyP') openPromise(null);
      }}
    >
      <CardHeader t={t} card={card} nowMs={now()} />
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
      <LogButtons t={t} onLog={(kind) => void quickLog.log(kind, context)} />
      {card.loggedAt !== null && (
        <p class="hint" data-part="logged-already">
          {t.text('loggedAlready', { when: dayWords(t, card.loggedAt, now()) })}
        </p>
      )}
      <TypedLine t={t} quickLog={quickLog} now={now} context={context} />
      {card.promises && (
        <PromiseLines
          t={t}
          promises={card.promises}
          nowMs={now()}
          onKeep={({ id }) =>
            void settle(
              sendPromise('promise.change', { id, status: 'kept' }),
              t.text('promiseKept'),
            )
          }
          onMore={openPromise}
        />
      )}
      <button
        type="button"
        data-action="promise"
        title="Alt+P"
        // The words on the page stay selected.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => openPromise(null)}
      >
        {t.text('promiseFromSelection')}
      </button>
      <div key={card.clientId} ref={sheet} />
      {minutes > 0 && (
        <TimeLine
          t={t}
          words={t.text('timeHere', { n: minutes })}
          minutes={minutes}
          onRecord={(recorded) => {
            const { clientId } = card;
            const answer = sendTime('time.record', { clientId, day: null, minutes: recorded });
            void settle(answer, recordedWords(t, recorded)).then(props.onRecorded);
          }}
        />
      )}
      {newPerson && (
        <button type="button" data-action="add-person" onClick={() => void addPerson()}>
          {t.text('addPerson', {
            person: isolate(newPerson.personName),
            client: isolate(card.name),
          })}
        </button>
      )}
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

function contextOf({ card }: Props['answer'], snapshot: Snapshot | null): LogContext {
  const from = snapshot?.lastMessage?.from ?? null;
  return {
    clientId: card.clientId,
    clientName: card.name,
    contactId: card.contactId,
    subject: snapshot?.subject.slice(0, 500) ?? '',
    threadUrl: snapshot?.threadUrl ?? null,
    source: sourceOf(snapshot),
    lastFrom: from === null ? null : from === snapshot?.account ? 'us' : 'them',
  };
}
