import type { ComponentType } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
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
import type { BookSource } from '../../db/book-source.ts';
import type { Glance } from '../../features/today/glance.ts';
import { drawPart } from '../../page/draw-part.ts';
import type { Page } from '../../page/page.ts';
import { usePalette } from '../../page/use-palette.ts';
import { Problem } from '../../ui/Problem.tsx';
import { FirstRun } from './FirstRun.tsx';
import { Notices } from './Notices.tsx';
import { Search } from './Search.tsx';
import { PopupHeader } from './PopupHeader.tsx';
import type { ThisPageProps } from './ThisPage.tsx';
import { TimeSection } from './TimeSection.tsx';
import { TodaySection } from './TodaySection.tsx';
import { useValue } from '../../ui/use-value.ts';

interface Props {
  readonly page: Page;
  readonly glance: Glance | null;
  readonly openBook: () => Promise<BookSource>;
}

const loadThisPage = async () => (await import('./ThisPage.tsx')).ThisPage;
const loadPalette = async () => (await import('./PopupPalette.tsx')).PopupPalette;

/** Today: the first person to call at the top, and nothing above it that is not needed every time. */
export function Popup({ page, glance, openBook }: Props) {
  const { t, now } = page;
  const today = useMemo(
    () =>
      createTodayModel({
        glance,
        source: openBook,
        send: createSend<TodayMessages>(browser.runtime),
        now,
      }),
    [glance, openBook, now],
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
    // Behind the first paint, which needs nothing of it where there is a glance.
    const frame = requestAnimationFrame(() => setTimeout(() => void today.load()));
    return () => {
      cancelAnimationFrame(frame);
      today.stop();
    };
  }, [today]);

  // Known before the click: the side panel opens in the click itself or not at all.
  const [windowId, setWindowId] = useState<number | undefined>(undefined);
  useEffect(() => {
    void browser.windows.getCurrent().then(({ id }) => setWindowId(id));
  }, []);
  const palette = usePalette(loadPalette);
  // Today does not wait for it.
  const [ThisPage, setThisPage] = useState<ComponentType<ThisPageProps> | null>(null);
  useEffect(() => void loadThisPage().then((loaded) => setThisPage(() => loaded)), []);

  const problem = useValue(today.problem);
  const view = useValue(today.view);
  const found = useValue(today.found);
  if (problem) {
    return <Problem title={t.text('errorTitle')} body={t.text(`error_${problem.code}`)} />;
  }
  if (!view) return null;
  return (
    <div class="popup" data-part="popup">
      <PopupHeader t={t} count={view.total} windowId={windowId} onPalette={palette.open} />
      <Notices page={page} view={view} announce={quickLog.announce} />
      {view.isEmpty ? (
        <FirstRun page={page} onFailed={quickLog.report} />
      ) : (
        <>
          <Search t={t} today={today} quickLog={quickLog} />
          {found === null && (
            <TodaySection page={page} view={view} today={today} quickLog={quickLog} />
          )}
          <TimeSection page={page} occasion={view} quickLog={quickLog} />
          <TypedLine t={t} quickLog={quickLog} now={now} context={null} />
          {ThisPage && <ThisPage page={page} quickLog={quickLog} />}
          <SyncLine t={t} send={sendSync} now={now} occasion={view} />
        </>
      )}
      <ToastView t={t} quickLog={quickLog} now={now} drawPart={drawPart} />
      {palette.Palette && (
        <palette.Palette
          page={page}
          today={today}
          quickLog={quickLog}
          windowId={windowId}
          onClose={palette.close}
        />
      )}
    </div>
  );
}
