import { render } from 'preact';
import type { browser } from 'wxt/browser';
import type { ClientCardMessages } from '../../features/client-card/messages.ts';
import type { CardModel } from '../../features/client-card/model.ts';
import type { PromiseMessages } from '../../features/promises/messages.ts';
import type { QuickLogMessages } from '../../features/quick-log/messages.ts';
import { createQuickLog } from '../../features/quick-log/model.ts';
import { readPlace, writePlace, type HandlePlace } from '../../features/sites/handle-place.ts';
import type { SyncMessages } from '../../features/sync/messages.ts';
import { createSend } from '../../messaging/send.ts';
import { askWhoWith } from '../../panel/ask-who.tsx';
import type { PanelCommand } from '../../panel/body-props.ts';
import { lastMailbox } from '../../page/last-mailbox.ts';
import { fetchedTools } from '../../panel/panel-tools.ts';
import { draftAddress } from '../../sites/draft-address.ts';
import {
  effect,
  signal as createSignal,
  type ReadonlySignal,
  type Signal,
} from '../../ui/signal.ts';
import type { Translator } from '../../ui/translate.ts';
import { PagePanel } from './PagePanel.tsx';
import pageCss from './page.css?inline';

export interface MountDeps {
  readonly t: Translator;
  /** The panel's, which the background keeps. */
  readonly styles: string;
  readonly runtime: typeof browser.runtime;
  readonly storage: typeof browser.storage.local;
  readonly window: Window & typeof globalThis;
  /** Not in the page yet. */
  readonly element: HTMLElement;
  readonly model: CardModel;
  readonly command: Signal<PanelCommand | null>;
  readonly isFollowed: ReadonlySignal<boolean>;
  readonly signal: AbortSignal;
}

/** The handle and its card, in the page while somebody known is on it and the user wants it there. */
export async function mountHandle(deps: MountDeps): Promise<void> {
  const { t, styles, runtime, storage, window, element, model, command, isFollowed, signal } = deps;
  const { document, location } = window;
  const host = location.hostname;
  const place = createSignal<HandlePlace>(await readPlace(storage, host));
  // Known before the click: a tab opens in the click itself.
  const mailbox = await lastMailbox(storage);
  if (signal.aborted) return;
  const root = element.attachShadow({ mode: 'open' });
  const style = document.createElement('style');
  style.textContent = `${styles}\n${pageCss}`;
  const container = document.createElement('div');
  root.append(style, container);
  const quickLog = createQuickLog({
    send: createSend<QuickLogMessages>(runtime),
    undoneWords: t.text('undone'),
    savedWords: t.text('saved'),
    onChanged: () => void model.refresh(),
  });
  const sendPromise = createSend<PromiseMessages>(runtime);
  const tools = fetchedTools(sendPromise);
  const isRightToLeft = (): boolean =>
    window.getComputedStyle(document.documentElement).direction === 'rtl';

  render(
    <PagePanel
      t={t}
      model={model}
      quickLog={quickLog}
      command={command}
      onCommandDone={() => {
        command.value = null;
      }}
      now={Date.now}
      hasKeys
      onReload={() => location.reload()}
      openDraft={(draft) => {
        window.open(draftAddress(mailbox, null, draft), '_blank', 'noopener');
      }}
      sendSync={createSend<SyncMessages>(runtime)}
      drawPart={tools.drawPart}
      promises={{ send: sendPromise, openSheet: tools.openSheet, canSelect: true }}
      // Time is counted on a client's threads, and here is none.
      time={null}
      askWho={askWhoWith(createSend<ClientCardMessages>(runtime))}
      isFollowed={isFollowed}
      isRightToLeft={isRightToLeft}
      windowSize={() => ({ width: window.innerWidth, height: window.innerHeight })}
      host={host}
      place={place}
      onPlace={(next) => {
        place.value = next;
        void writePlace(storage, host, next);
      }}
    />,
    container,
  );
  // It can be hidden and brought back from elsewhere, too.
  const follow = (): void =>
    void readPlace(storage, host).then((next) => {
      if (!signal.aborted && next.isHidden !== place.value.isHidden) place.value = next;
    });
  storage.onChanged.addListener(follow);
  const stop = effect(() => {
    const isWanted = model.view.value.kind !== 'hidden' || quickLog.toast.value !== null;
    if (isWanted && !place.value.isHidden) attach();
    else element.remove();
  });
  signal.addEventListener('abort', () => {
    stop();
    storage.onChanged?.removeListener(follow);
    render(null, container);
  });

  function attach(): void {
    // Beside the body, which pages make anew, filter and transform.
    if (!element.isConnected) document.documentElement.append(element);
  }
}
