import { useEffect, useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ClipAction } from '../../clip/actions.ts';
import { ClipView } from '../../clip/ClipView.tsx';
import type { ClippedPage } from '../../clip/clipped-page.ts';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { createQuickLog } from '../../features/quick-log/model.ts';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import { createSend } from '../../messaging/send.ts';
import { drawPart } from '../../page/draw-part.ts';
import type { StoredPage } from '../../page/start-page.ts';
import { Problem } from '../../ui/Problem.tsx';

interface Props {
  readonly page: StoredPage;
  readonly action: ClipAction;
  readonly clipped: ClippedPage;
}

/** The small window, for when no side panel is open. It stays for Undo, and goes with Escape. */
export function ClipWindow({ page, action, clipped }: Props) {
  const { t, now } = page;
  const quickLog = useMemo(
    () =>
      createQuickLog({
        send: createSend<QuickLogMessages>(browser.runtime),
        undoneWords: t.text('undone'),
        savedWords: t.text('saved'),
        onChanged: () => undefined,
      }),
    [page],
  );
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isInField = event.target instanceof Element && event.target.matches('input, textarea');
      if (event.key === 'Escape' && !isInField) window.close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  if (page.storageProblem) {
    return <Problem title={t.text('errorTitle')} body={t.text(`error_${page.storageProblem}`)} />;
  }
  return (
    <main class="clip-window">
      <ClipView
        page={page}
        action={action}
        clipped={clipped}
        quickLog={quickLog}
        onClose={() => window.close()}
      />
      <ToastView t={t} quickLog={quickLog} now={now} drawPart={drawPart} />
    </main>
  );
}
