import { useEffect, useMemo, useRef } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { PromiseMessages } from '../features/promises/messages.ts';
import type { QuickLog } from '../features/quick-log/model.ts';
import { useMenu } from './use-menu.ts';
import type { MainstayDatabase } from '../db/database.ts';
import { createSend, type Send } from '../messaging/send.ts';
import type { StoredPage } from '../page/start-page.ts';
import { Bidi } from '../ui/Bidi.tsx';
import { isolate } from '../ui/isolate.ts';
import type { Translator } from '../ui/translate.ts';
import { useValue } from '../ui/use-value.ts';
import { clipActions, type ClipAction } from './actions.ts';
import { createClip, type ClipModel } from './clip-model.ts';
import { NoteForm } from './NoteForm.tsx';
import { PersonForm } from './PersonForm.tsx';
import { PromiseForm } from './PromiseForm.tsx';
import { ShareForm } from './ShareForm.tsx';
import type { ClippedPage } from './clipped-page.ts';

export interface ClipFormProps {
  readonly t: Translator;
  readonly model: ClipModel;
  readonly page: ClippedPage;
  readonly now: () => number;
  readonly deps: ClipDeps;
}

/** What a form reaches beyond the words. */
interface ClipDeps {
  readonly db: MainstayDatabase;
  readonly send: StoredPage['send'];
  readonly sendPromise: Send<PromiseMessages>;
  readonly announce: QuickLog['announce'];
  readonly report: QuickLog['report'];
}

interface Props {
  readonly page: StoredPage;
  readonly action: ClipAction;
  readonly clipped: ClippedPage;
  readonly quickLog: QuickLog;
  readonly onClose: () => void;
}

const forms = {
  note: NoteForm,
  promise: PromiseForm,
  person: PersonForm,
  share: ShareForm,
} as const;
const MAX_TYPED = 15_000;

/** Words from a page, and what to do with them; nothing is kept before a button is pressed. */
export function ClipView({ page, action, clipped, quickLog, onClose }: Props) {
  const { t, send, now } = page;
  const model = useMemo(
    () =>
      createClip({
        send,
        page: clipped,
        action,
        quickLog,
        words: {
          saved: t.text('saved'),
          added: (client) => t.text('addedClient', { client: isolate(client) }),
          attached: (person, client) =>
            t.text('attachedContact', { person: isolate(person), client: isolate(client) }),
        },
      }),
    [page, clipped, action, quickLog],
  );
  const deps = useMemo(
    () => ({
      db: page.db,
      send,
      sendPromise: createSend<PromiseMessages>(browser.runtime),
      announce: quickLog.announce,
      report: quickLog.report,
    }),
    [page, quickLog],
  );
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    void model.guess();
    // From where it was asked for, the keyboard goes on here.
    root.current?.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
  }, [model]);
  const chosen = useValue(model.action);
  const text = useValue(model.text);
  const menu = useMenu();
  const Form = forms[chosen];
  return (
    <section ref={root} class="stack clip-view" data-part="clip" aria-label={t.text('clipTitle')}>
      <div class="row">
        <h2 class="card-name grow">{t.text('clipTitle')}</h2>
        <button type="button" class="quiet" data-action="close-clip" onClick={onClose}>
          {t.text('close')}
        </button>
      </div>
      <div class="clip-actions" role="group" aria-label={t.text('clipTitle')}>
        {clipActions.map((each) => (
          <button
            key={each}
            type="button"
            data-action={`clip-${each}`}
            aria-pressed={each === chosen}
            onClick={() => model.choose(each)}
          >
            {t.text(`clip_${each}`)}
          </button>
        ))}
      </div>
      {clipped.title !== '' && (
        <p class="hint clip" data-part="clip-source" title={clipped.url ?? undefined}>
          <Bidi text={clipped.title} />
        </p>
      )}
      {!clipped.isRead && text === '' && <p class="hint">{t.text('clipUnread')}</p>}
      <label>
        <span>{t.text('clipWords')}</span>
        <textarea
          data-field="clip-text"
          dir="auto"
          rows={5}
          maxLength={MAX_TYPED}
          value={text}
          onInput={(event) => model.type(event.currentTarget.value)}
          // Whoever pastes into an empty field has chosen other words to guess from.
          onChange={() => void model.guess()}
        />
      </label>
      <Form t={t} model={model} page={clipped} now={now} deps={deps} />
      {menu.canAdd && (
        <p class="row hint">
          <span class="grow">{t.text('clipMenuHint')}</span>
          <button type="button" data-action="add-menu" onClick={menu.add}>
            {t.text('clipMenuAdd')}
          </button>
        </p>
      )}
    </section>
  );
}
