import { dayNumber, dayNumberOf } from '../../../shared/rules/days.ts';
import type { PromiseLine, RhythmLine } from '../../db/today-query.ts';
import type { PromiseChange } from '../../features/promises/messages.ts';
import { plainContext, type QuickLog } from '../../features/quick-log/model.ts';
import { TodayList } from '../../features/today/TodayList.tsx';
import type { TodayModel, TodayView } from '../../features/today/model.ts';
import type { Page } from '../../page/page.ts';
import { isolate } from '../../ui/isolate.ts';
import { openWeb } from '../../page/open.ts';

interface Props {
  readonly page: Page;
  readonly view: TodayView;
  readonly today: TodayModel;
  readonly quickLog: QuickLog;
}

export function TodaySection({ page: { t, now, send }, view, today, quickLog }: Props) {
  if (view.lines.length === 0) {
    return (
      <div class="empty stack" data-part="today-empty">
        <h2>{t.text('todayEmptyTitle')}</h2>
        <p class="hint">{t.text('todayEmptyBody')}</p>
      </div>
    );
  }
  const snooze = async ({ entry }: RhythmLine, until: string): Promise<void> => {
    const token = await today.snooze(entry.clientId, until);
    if (token === null) return;
    const when = t.relativeDays(dayNumberOf(until) - dayNumber(now()));
    quickLog.announce(t.text('snoozed', { client: isolate(entry.name), when }), token);
  };
  const skip = async ({ entry }: RhythmLine): Promise<void> => {
    const token = await today.skip(entry.clientId);
    if (token !== null)
      quickLog.announce(t.text('skipped', { client: isolate(entry.name) }), token);
  };
  const change = async (
    { promise }: PromiseLine,
    what: Omit<PromiseChange, 'id'>,
    words: string,
  ): Promise<void> => {
    const answer = await send('promise.change', { id: promise.id, ...what });
    if (answer.ok) quickLog.announce(words, answer.value.undoToken);
    else quickLog.report(answer.error);
  };
  const putOff = (line: PromiseLine, until: string): void => {
    const when = t.relativeDays(dayNumberOf(until) - dayNumber(now()));
    void change(line, { snoozedUntil: until }, t.text('promisePutOffDone', { when }));
  };
  return (
    <TodayList
      t={t}
      lines={view.lines}
      total={view.total}
      isHistoryArriving={view.isHistoryArriving}
      now={now}
      actions={{
        log: ({ entry }) => void quickLog.log('call', plainContext(entry.clientId, entry.name)),
        openThread: (url) => void openWeb(url),
        snooze: (line, until) => void snooze(line, until),
        skip: (line) => void skip(line),
        keep: (line) => void change(line, { status: 'kept' }, t.text('promiseKept')),
        waive: (line) => void change(line, { status: 'waived' }, t.text('promiseWaived')),
        putOff,
      }}
    />
  );
}
