import { signal } from '../../ui/signal.ts';
import { useEffect, useMemo } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { ClientSearch } from '../../features/client-card/ClientSearch.tsx';
import { ToastView } from '../../features/quick-log/ToastView.tsx';
import type { ClientCardMessages } from '../../features/client-card/messages.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import { SyncLine } from '../../features/sync/SyncLine.tsx';
import { createSend } from '../../messaging/send.ts';
import { followActiveTab } from '../../page/follow-active-tab.ts';
import type { StoredPage } from '../../page/start-page.ts';
import { useCard } from '../../page/use-card.ts';
import { usePalette } from '../../page/use-palette.ts';
import { Body } from '../../panel/Body.tsx';
import { KeySheet } from '../../panel/KeySheet.tsx';
import { usePanelKeys } from '../../panel/use-panel-keys.ts';
import { askName } from '../../panel/ask-name.tsx';
import { askWhoWith } from '../../panel/ask-who.tsx';
import { openDraft } from '../../page/open-draft.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useValue } from '../../ui/use-value.ts';
import { createSideModel } from './side-model.ts';
import { useClip } from './use-clip.ts';
import { SideHeader } from './SideHeader.tsx';

const askWho = askWhoWith(createSend<ClientCardMessages>(browser.runtime));

/** The browser's shortcuts go to the page's own panel. */
const noCommand = signal(null);

const loadPalette = async () => (await import('./SidePalette.tsx')).SidePalette;

/** The card of whoever the active tab shows; on every other page, a client by name. */
export function SidePanel({ page }: { readonly page: StoredPage }) {
  const { t, now } = page;
  const { model, quickLog, promises, drawPart } = useCard(t);
  const side = useMemo(() => createSideModel(model), [model]);
  const sendSync = useMemo(() => createSend<SyncMessages>(browser.runtime), []);
  const view = useValue(model.view);
  const isPicked = useValue(side.isPicked);
  const { clip, open: openClip, close: closeClip } = useClip();
  const { Palette, open, close } = usePalette(loadPalette);
  const { isSheetOpen, toggleSheet, onKeyDown } = usePanelKeys(() => {
    if (isPicked) void side.unpick();
  });
  useEffect(() => {
    const life = new AbortController();
    followActiveTab(browser, side.follow, life.signal);
    return () => life.abort();
  }, [side]);
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
  if (page.storageProblem) {
    return <Problem title={t.text('errorTitle')} body={t.text(`error_${page.storageProblem}`)} />;
  }
  const pick = (clientId: string): void => void side.pick(clientId);
  return (
    <main
      class="card side"
      data-part="side"
      data-view={view.kind}
      aria-label={t.text('panelLabel')}
    >
      <SideHeader
        t={t}
        isSheetOpen={isSheetOpen}
        onPalette={open}
        onKeys={toggleSheet}
        onBack={isPicked ? () => void side.unpick() : null}
      />
      {isSheetOpen && <KeySheet t={t} escape={t.text('close')} />}
      {clip && (
        <clip.View
          page={page}
          action={clip.action}
          clipped={clip.clipped}
          quickLog={quickLog}
          onClose={closeClip}
        />
      )}
      {view.kind === 'hidden' ? (
        <div class="stack" data-part="nobody">
          <h2 class="card-name">{t.text('nobodyTitle')}</h2>
          <p class="hint">{t.text('nobodyBody')}</p>
          <ClientSearch t={t} model={model} onPick={pick} />
        </div>
      ) : (
        <Body
          t={t}
          model={model}
          quickLog={quickLog}
          command={noCommand}
          onCommandDone={() => undefined}
          now={now}
          hasKeys
          onReload={() => location.reload()}
          openDraft={(draft) => void openDraft(model.snapshot.value, draft)}
          askWho={(props, view) => askName(props, view) || askWho(props, view)}
          drawPart={drawPart}
          promises={promises}
          time={null}
        />
      )}
      <SyncLine t={t} send={sendSync} now={now} occasion={view} />
      <ToastView t={t} quickLog={quickLog} now={now} drawPart={drawPart} />
      {Palette && (
        <Palette
          page={page}
          model={model}
          quickLog={quickLog}
          onClip={openClip}
          onPick={pick}
          onClose={close}
        />
      )}
    </main>
  );
}
