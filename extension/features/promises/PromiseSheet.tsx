import { useState } from 'preact/hooks';
import type { PromiseDirection } from '../../../shared/model/promise-words.ts';
import type { Candidate } from '../../../shared/rules/promises/detect.ts';
import { Bidi } from '../../ui/Bidi.tsx';
import { PromiseFields } from './PromiseFields.tsx';
import type { ClientCalendar } from './messages.ts';
import type { SheetRequest } from './sheet-request.ts';

interface Props {
  readonly request: SheetRequest & ClientCalendar;
  /** What may be promises in the words on the page, the surest first. */
  readonly candidates: readonly Candidate[];
  /** The words themselves, for when nothing was recognised in them. */
  readonly words: string;
  readonly onClose: () => void;
}

export interface PromiseDraft {
  readonly what: string;
  readonly direction: PromiseDirection;
  readonly day: string | null;
  readonly sentence: string;
}

/** More of them than this are not one promise to be saved, but a text to be read. */
const MAX_SHOWN = 3;
const MAX_SENTENCE = 500;

/** What was understood of the words on the page, to be put right and saved one by one. */
export function PromiseSheet({ request, candidates, words, onClose }: Props) {
  const { t, send, announce, report } = request;
  const [drafts, setDrafts] = useState<readonly PromiseDraft[]>(() =>
    candidates.length > 0 ? candidates.slice(0, MAX_SHOWN) : [draftOf(words)],
  );
  const save = async (draft: PromiseDraft, saved: PromiseDraft): Promise<void> => {
    const { clientId, contactId, subject, threadUrl } = request;
    const answer = await send('promise.add', {
      clientId,
      contactId,
      direction: saved.direction,
      what: saved.what,
      dueOn: saved.day,
      sentence: saved.sentence.slice(0, MAX_SENTENCE),
      subject,
      threadUrl,
    });
    if (!answer.ok) {
      report(answer.error);
      return;
    }
    announce(t.text('promiseSaved'), answer.value.undoToken);
    const left = drafts.filter((each) => each !== draft);
    if (left.length === 0) onClose();
    else setDrafts(left);
  };
  return (
    <section class="stack" data-part="promise-sheet" aria-label={t.text('promiseTitle')}>
      <h3>{t.text('promiseTitle')}</h3>
      {candidates.length === 0 && <p class="hint">{t.text('promiseNone')}</p>}
      {drafts.map((draft, index) => (
        <div key={`${draft.sentence}${draft.what}`} class="stack" data-part="promise-draft">
          {draft.sentence !== '' && (
            <blockquote class="hint">
              <Bidi text={draft.sentence} />
            </blockquote>
          )}
          <PromiseFields
            request={request}
            draft={draft}
            isFirst={index === 0}
            onSave={(saved) => void save(draft, saved)}
          />
        </div>
      ))}
      <button type="button" class="link" data-action="close-sheet" onClick={onClose}>
        {t.text('promiseClose')}
      </button>
    </section>
  );
}

const MAX_WHAT = 140;

const draftOf = (words: string): PromiseDraft => ({
  what: words.replaceAll(/\s+/gu, ' ').trim().slice(0, MAX_WHAT),
  direction: 'ours',
  day: null,
  sentence: words.trim().slice(0, MAX_SENTENCE),
});
