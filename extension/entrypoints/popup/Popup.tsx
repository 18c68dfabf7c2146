import { useEffect, useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import { TypedLine } from '../../features/quick-log/TypedLine.tsx';
import { createQuickLog } from '../../features/quick-log/model.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import { SyncLine } from '../../features/sync/SyncLine.tsx';
import { createTodayModel } from '../../features/today/model.ts';
import type { TodayMessages } from '../../features/today/messages.ts';
import { createSend } from '../../messaging/send.ts';
import type { Page } from '../../page/start-page.ts';
import { Problem } from '../../ui/Problem.tsx';
import { FirstRun } from './FirstRun.tsx';
import { Notices } from './Notices.tsx';
import { Search } from './Search.tsx';
import { TodaySection } from './TodaySection.tsx';
import { openDashboard } from './open.ts';
import { useValue } from '../../ui/use-value.ts';

/** Today: the first person to call at the top, and nothing above it that is not needed every time. */
export function Popup({ page }: { readonly page: Page }) {
  const { db, t, now } = page;
  const today = useMemo(
    () => createTodayModel({ db, send: createSend<TodayMessages>(browser.runtime), now }),
    [db, now],
  );
  const quickLog = useMemo(
    () =>
      createQuickLog({
        send: createSend<QuickLogMessages>(browser.runtime),
        undoneWords: t.text('undone'),
        savedWords: t.text('saved'),
        // The list follows the database by itself.
        onChanged: () => undefined,
      }),
    [t],
  );
  const sendSync = useMemo(() => createSend<SyncMessages>(browser.runtime), []);
  useEffect(() => {
    void today.load();
    return () => today.stop();
  }, [today]);

  const problem = useValue(today.problem);
  const book = useValue(today.book);
  const lines = useValue(today.lines);
  const found = useValue(today.found);
  const code = page.storageProblem ?? problem?.code;
  if (code) return <Problem title={t.text('errorTitle')} body={t.text(`error_${code}`)} />;
  if (!book) return null;
  const isEmpty = book.entries.length === 0;
  return (
    <div class="popup" data-part="popup">
      <header class="row">
        <h1 class="grow">
          {t.text('today')}
          {lines.length > 0 && (
            <span class="hint" data-part="today-count">
              {' · '}
              {t.number(lines.length)}
            </span>
          )}
        </h1>
        <button
          type="button"
          class="quiet"
          data-action="open-dashboard"
          title={t.text('settings')}
          aria-label={t.text('settings')}
          onClick={() => void openDashboard()}
        >
          ⚙
        </button>
      </header>
      <Notices page={page} book={book} announce={quickLog.announce} />
      {isEmpty ? (
        <FirstRun page={page} onFailed={quickLog.report} />
      ) : (
        <>
          <Search t={t} today={today} quickLog={quickLog} />
          {found === null && <TodaySection page={page} today={today} quickLog={quickLog} />}
          <TypedLine t={t} quickLog={quickLog} now={now} context={null} />
          <SyncLine t={t} send={sendSync} now={now} occasion={book} />
        </>
      )}
      <ToastView t={t} quickLog={quickLog} now={now} />
    </div>
  );
}
