import type { OpenPromise } from '../../db/promise-standing.ts';
import { dayFromNumber, dayNumber, dayNumberOf } from '../../../shared/rules/days.ts';
import type { PromiseChange, ClientCalendar } from './messages.ts';
import { PromiseFields } from './PromiseFields.tsx';
import type { SheetRequest } from './sheet-request.ts';

interface Props {
  readonly request: SheetRequest & ClientCalendar;
  readonly promise: OpenPromise;
  readonly onClose: () => void;
}

type Change = Omit<PromiseChange, 'id'>;

/** What else can be done with a promise: put right, put off, waived, noted as broken, removed. */
export function ChangeSheet({ request, promise, onClose }: Props) {
  const { t, send, announce, report, now } = request;
  const change = async (what: Change, words: string): Promise<void> => {
    const answer = await send('promise.change', { id: promise.id, ...what });
    if (answer.ok) announce(words, answer.value.undoToken);
    else report(answer.error);
    onClose();
  };
  const putOff = (until: string): void => {
    if (until === '') return;
    const when = t.relativeDays(dayNumberOf(until) - dayNumber(now()));
    void change({ snoozedUntil: until }, t.text('promisePutOffDone', { when }));
  };
  return (
    <section class="stack" data-part="promise-sheet" aria-label={t.text('promiseEdit')}>
      <h3>{t.text('promiseEdit')}</h3>
      <PromiseFields
        request={request}
        draft={{
          what: promise.what,
          direction: promise.direction,
          day: promise.dueOn ?? null,
          sentence: '',
        }}
        isFirst
        onSave={({ what, direction, day }) =>
          void change({ what, direction, dueOn: day }, t.text('promiseSaved'))
        }
      />
      <label>
        <span>{t.text('promisePutOff')}</span>
        <input
          type="date"
          data-field="promise-put-off"
          min={dayFromNumber(dayNumber(now()) + 1)}
          onChange={(event) => putOff(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <button
          type="button"
          data-action="waive-promise"
          onClick={() => void change({ status: 'waived' }, t.text('promiseWaived'))}
        >
          {t.text('promiseWaive')}
        </button>
        <button
          type="button"
          data-action="break-promise"
          onClick={() => void change({ status: 'broken' }, t.text('promiseBroken'))}
        >
          {t.text('promiseBreak')}
        </button>
        <button
          type="button"
          data-action="remove-promise"
          onClick={() => void change({ isRemoved: true }, t.text('promiseRemoved'))}
        >
          {t.text('promiseRemove')}
        </button>
        <button type="button" class="quiet" data-action="close-sheet" onClick={onClose}>
          {t.text('promiseClose')}
        </button>
      </div>
    </section>
  );
}
