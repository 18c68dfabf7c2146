import { useEffect, useMemo } from 'preact/hooks';
import { readInterested } from '../db/interested-query.ts';
import { openDraft } from '../page/open-draft.ts';
import { Bidi } from '../ui/Bidi.tsx';
import { isolate } from '../ui/isolate.ts';
import type { Translator } from '../ui/translate.ts';
import { useValue } from '../ui/use-value.ts';
import { AddInterest } from './AddInterest.tsx';
import type { ClipFormProps } from './ClipView.tsx';
import { createShare, type ShareLine, type ShareModel } from './share-model.ts';

/** Clients whose interests the page names; a draft for each who is chosen, opened and logged. */
export function ShareForm({ t, model, page, deps }: ClipFormProps) {
  const share = useMemo(
    () =>
      createShare({
        page,
        readInterested: () => readInterested(deps.db),
        send: deps.send,
        openDraft: (draft) => openDraft(null, draft),
        report: deps.report,
      }),
    [page, deps],
  );
  const text = useValue(model.text);
  useEffect(() => void share.find(text), [share, text]);
  const lines = useValue(share.lines);
  const hasInterests = useValue(share.hasInterests);
  const chosen = lines?.filter(({ isChosen }) => isChosen).length ?? 0;
  if (page.url === null) return <p class="hint">{t.text('shareNoPage')}</p>;
  return (
    <div class="stack" data-part="clip-share">
      {lines && lines.length > 0 && (
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            void share.open();
          }}
        >
          <ul>
            {lines.map((line) => (
              <Line key={line.clientId} t={t} line={line} share={share} />
            ))}
          </ul>
          <p class="hint">{t.text('shareHint')}</p>
          <button type="submit" class="primary" data-action="open-drafts" disabled={chosen === 0}>
            {t.text('shareOpen', { n: chosen })}
          </button>
        </form>
      )}
      {lines?.length === 0 && (
        <p class="hint" data-part="share-empty">
          {t.text(hasInterests ? 'shareNobody' : 'shareNoInterests')}
        </p>
      )}
      <AddInterest
        t={t}
        model={model}
        onAdded={() => void share.find(text)}
        isOpen={!hasInterests}
      />
    </div>
  );
}

interface LineProps {
  readonly t: Translator;
  readonly line: ShareLine;
  readonly share: ShareModel;
}

function Line({ t, line, share }: LineProps) {
  const { clientId, name, contact, match, state } = line;
  const isSame = match.word.toLowerCase() === match.interest.toLowerCase();
  const reason = t.text(isSame ? 'shareReasonSame' : 'shareReason', {
    interest: isolate(match.interest),
    word: isolate(match.word),
  });
  return (
    <li class="matching" data-part="share-line" data-client={clientId} data-state={state}>
      <label class="row check grow">
        <input
          type="checkbox"
          data-field="share-with"
          checked={line.isChosen}
          disabled={state === 'logged'}
          onChange={(event) => share.choose(clientId, event.currentTarget.checked)}
        />
        <span class="grow">
          <Bidi text={name} />
          <span class="hint" data-part="share-reason">
            {' · '}
            {reason}
          </span>
          <br />
          <span class="hint">
            {contact ? <Bidi text={contact.address} /> : t.text('shareNoAddress')}
          </span>
        </span>
      </label>
      {state !== 'open' && (
        <span class="hint" role="status">
          {t.text(STATE_WORDS[state])}
        </span>
      )}
      {state === 'logged' && (
        <button type="button" data-action="undo-share" onClick={() => void share.undo(clientId)}>
          {t.text('undo')}
        </button>
      )}
    </li>
  );
}

const STATE_WORDS = {
  logged: 'shareOpened',
  'not-logged': 'shareFailed',
  undone: 'shareUndone',
} as const;
